"""Forms with formulas, roll-ups and rules as chance has them, and records for them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import read
from mazhi.kernel.errors import InvalidInputError
from tests.engines.forms.test_publishing import field, ident

FACTS = {"who": {"C-1": {"name": "京东", "region": "110000"}, "C-2": {"name": "永辉", "region": "350000"}}}
_TEXTS = ["a", "A", "不合格", "12", "2026-01-31", "急", "x y"]
_CHOICES = ["甲", "乙"]
_KINDS = {
    "n": ["qty", "price", "more"], "t": ["note", "grade", "who", "reason"], "d": ["made", "at"], "b": ["good"],
}  # fmt: skip
_COLUMNS = {"n": ["value", "least"], "t": ["what", "sort"], "d": ["day"], "b": ["ok"]}
_METHODS = ["sum", "average", "min", "max", "count", "count_distinct", "first", "last", "join"]
_RESULTS = {"n": "number", "t": "text", "d": "date", "b": "boolean"}
_RULES = ["show", "show", "require", "lock", "check", "check", "set", "set", "set"]
Body = dict[str, Any]


def forms(count: int, records: int, seed: int) -> list[tuple[Body, list[dict[str, Any]]]]:
    """Give so many forms that can be published, each with records as the vectors of rules write them."""
    found: list[tuple[Body, list[dict[str, Any]]]] = []
    chance = random.Random(seed)
    while len(found) < count:
        drawn = _Drawing(chance)
        body = drawn.body()
        try:
            read(body, field_kinds)
        except InvalidInputError as error:
            if not {one.code for one in error.problems} <= {"form_formula_circle"}:
                raise
            continue
        found.append((body, [drawn.case() for _ in range(records)]))
    return found


class _Drawing:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names = {kind: list(names) for kind, names in _KINDS.items()}
        self.columns = {kind: list(names) for kind, names in _COLUMNS.items()}

    def body(self) -> Body:
        chance = self.chance
        lines = [
            field("value", "number"), field("least", "number", options={"decimals": 1}), field("day", "date"),
            field("ok", "switch"), field("what", required=chance.random() < 0.2),
            field("sort", "select", options={"choices": _CHOICES}),
        ]  # fmt: skip
        lines += [self._formula(f"in{place}", self.columns) for place in range(chance.randint(0, 2))]
        fields = [
            field("qty", "number", required=chance.random() < 0.2), field("price", "money"), field("made", "date"),
            field("at", "datetime"), field("span", "date_range"), field("good", "switch"), field("who", "customer"),
            field("tags", "tags"), field("note"), field("grade", "select", options={"choices": _CHOICES}),
            field("box", "section", fields=[field("more", "number"), field("reason")]),
            field("lines", "subform", fields=lines),
        ]  # fmt: skip
        fields += [self._rollup(f"roll{place}") for place in range(chance.randint(0, 2))]
        fields += [self._formula(f"out{place}", self.names) for place in range(chance.randint(1, 3))]
        return {"fields": fields, "rules": [self._rule(place) for place in range(chance.randint(0, 6))]}

    def _formula(self, code: str, into: dict[str, list[str]]) -> Body:
        kind = self.chance.choice("nnntdb")
        rows = into is self.columns
        options: Body = {"formula": self._expression(kind, 2, rows=rows), "result": _RESULTS[kind]}
        if kind == "n":
            options["decimals"] = self.chance.choice([0, 2, 6])
        if kind == "d" and self.chance.random() < 0.3:
            options["result"] = "datetime"
        into[kind].append(code)
        return field(code, "formula", options=options)

    def _rollup(self, code: str) -> Body:
        method = self.chance.choice(_METHODS)
        every = [name for names in self.columns.values() for name in names]
        when = self._expression("b", 1, rows=True) if self.chance.random() < 0.4 else ""
        if method in {"sum", "average", "count", "count_distinct"}:
            self.names["n"].append(code)
        options = {"table": "lines", "field": self.chance.choice(every), "method": method, "when": when}
        return field(code, "rollup", options=options)

    def _rule(self, place: int) -> Body:
        chance = self.chance
        kind, rows = chance.choice(_RULES), chance.random() < 0.35
        found: Body = {"id": ident(f"rule {place}"), "name": f"规则{place}", "kind": kind}
        found["when"] = self._expression("b", 2, rows=rows)
        if kind == "set":
            names = _COLUMNS if rows else _KINDS
            of = chance.choice("ntdb")
            target = chance.choice(names[of])
            value = self._expression(of, 1, rows=rows)
            found["value"] = chance.choice(['"C-1"', 'IF(good, "C-2", "")']) if target == "who" else value
            return found | {"fields": [ident(target)]}
        every = [*_COLUMNS["n"], *_COLUMNS["t"], "day", "ok"] if rows else [
            "qty", "price", "note", "made", "good", "who", "lines", "reason", "tags",
            *(["box"] if kind == "show" else []),
        ]  # fmt: skip
        found["fields"] = [ident(one) for one in chance.sample(every, chance.randint(1, 2))]
        return found | ({"message": "不行"} if kind == "check" else {})

    def _expression(self, kind: str, depth: int, *, rows: bool) -> str:
        if kind == "b" and depth == 0:
            return self.chance.choice(["good", "qty>1", *(["ok", "value>least"] if rows else ["lines.ok"])])
        if depth == 0 or self.chance.random() < 0.25:
            return self._name(kind, rows=rows)
        made = self.chance.choice(_MAKING[kind])
        while "{" in made:
            at = made.index("{")
            made = made[:at] + self._expression(made[at + 1], depth - 1, rows=rows) + made[at + 3 :]
        return made

    def _name(self, kind: str, *, rows: bool) -> str:
        if self.chance.random() < 0.2:
            return self.chance.choice(_LITERALS[kind])
        names = [*self.names[kind], *(self.columns[kind] * 2 if rows else [])]
        if kind == "t":
            names += ["who.name", "who.region"]
        return self.chance.choice(names)

    def case(self) -> dict[str, Any]:
        found = {"facts": FACTS, "values": self._values()}
        return {**found, "stored": self._values()} if self.chance.random() < 0.3 else found

    def _values(self) -> Body:
        chance = self.chance
        some: Body = {
            "qty": self._number(), "price": chance.choice([None, 0, 9.99, 100, -5]), "made": self._date(),
            "at": chance.choice([None, "2026-11-22T01:30:00Z", "1988-07-01T00:00:00Z", "2024-02-28T16:00:00Z"]),
            "span": chance.choice([None, {"from": "2026-01-01", "to": "2026-12-31"}]), "more": self._number(),
            "good": chance.choice([None, True, False]), "who": chance.choice([None, "C-1", "C-2"]),
            "tags": chance.choice([None, ["急"], ["a", "B"]]), "note": chance.choice([None, *_TEXTS]),
            "grade": chance.choice([None, *_CHOICES]), "reason": chance.choice([None, *_TEXTS]),
        }  # fmt: skip
        given = {code: value for code, value in some.items() if chance.random() < 0.8}
        if chance.random() < 0.8:
            given["lines"] = [self._line() for _ in range(chance.randint(0, 3))]
        return given

    def _line(self) -> Body:
        chance = self.chance
        some: Body = {
            "value": self._number(), "least": chance.choice([None, 0, 1, 2.5]), "day": self._date(),
            "ok": chance.choice([None, True, False]), "what": chance.choice([None, *_TEXTS]),
            "sort": chance.choice([None, *_CHOICES]),
        }  # fmt: skip
        return {code: value for code, value in some.items() if chance.random() < 0.85}

    def _number(self) -> Any:
        numbers: Sequence[Any] = [None, 0, 1, 2, 3, 0.335, 1.005, 7.5, -2, 1000000, 0.000001, 123456.789]
        return self.chance.choice(numbers)

    def _date(self) -> Any:
        return self.chance.choice([None, "2026-11-22", "2026-01-31", "2024-02-29", "1899-12-31", "9999-12-31"])


_LITERALS = {
    "n": ["0", "1", "2.5", "1/3", "100"], "t": ['"a"', '"A"', '"不合格"', '"12"', '""', '"甲"', '"2026-01-31"'],
    "d": ["TODAY()", "NOW()", "DATE(2026,1,31)", '"2026-02-01"'], "b": ["TRUE", "FALSE", "1/0", '"x"', "0"],
}  # fmt: skip
_MAKING = {
    "n": [
        "({n}+{n})", "({n}-{n})", "{n}*{n}", "{n}/{n}", "ROUND({n},2)", "SUM(lines.value)", "MAX(lines.value,{n})",
        "IF({b},{n},{n})", "LEN({t})", "({d}-{d})", "COUNTIF(lines.ok,TRUE)", "SUMIF(lines.what,{t},lines.value)",
        "IFERROR({n},0)", "INDEX(lines.value,1)", "YEAR({d})", "COUNTUNIQUE(lines.what)", "DATEDIF({d},{d},\"D\")",
    ],
    "t": [
        "{t}&{t}", "{t}&{n}", 'TEXT({n},"#,##0.00")', 'TEXTJOIN("、",TRUE,lines.what)', "IF({b},{t},{t})", "UPPER({t})",
        'TEXT({d},"yyyy年M月d日")', "FIRST(lines.what,{t})", "LEFT({t},2)", 'tags&""',
        'LOOKUP({t},lines.what,lines.sort,"无")', "RMBUPPER({n})", "{d}&{t}",
    ],
    "d": ["({d}+{n})", "EDATE({d},1)", "INDEX(span,1)", "IF({b},{d},{d})", "LAST(lines.day)", "EOMONTH({d})"],
    "b": [
        "{n}>{n}", "{n}<={n}", "{t}={t}", "{d}<{d}", "AND({b},{b})", "OR({b},{b})", "NOT({b})", "ISEMPTY({t})",
        "ISEMPTY({n})", 'CONTAINS(tags,"急")', "AND(lines.ok)", '{t}="不合格"', "{n}=0", "IN({t},lines.what)",
        'COUNTIF(lines.value,">1")>0', "span=span", "ISEMPTY(span)",
    ],
}  # fmt: skip
