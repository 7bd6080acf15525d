"""What holds for any form with formulas and rules, over real databases."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mazhi.engines.forms.designing import Forms
from mazhi.engines.forms.records.service import Records
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.values import Fault, Value, is_empty, rounded, to_number
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.counters.service import Counters, Ids
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError
from tests.engines.forms.test_publishing import field

PLAIN = {"a": "number", "b": "number", "t": "text", "s": "switch", "d": "date"}
COLUMNS = {"q": "number", "w": "text"}
NUMBERS = st.sampled_from([0, 1, 2.5, -3, 1000, 0.333333])
RAW: dict[str, st.SearchStrategy[Any]] = {
    "number": NUMBERS,
    "text": st.sampled_from(["x", "12", "2026-01-31", "甲"]),
    "switch": st.booleans(),
    "date": st.sampled_from(["2026-01-31", "2024-02-29"]),
}
OVER = ["{}+{}", "{}*{}", "{}/{}", "IF(s,{},{})", "ROUND({}/3,2)-{}", "MAX({},{})", "LEN(t)+{}*{}", "d-d+{}-{}"]
LISTS = ["SUM(lines.q)", "COUNTA(lines.w)", "MAX(lines.q)+COUNTIF(lines.w,t)", "SUM(lines.p)/COUNT(lines.q)"]
WHEN = ["a>b", "s", "t=12", "1/a>0", "SUM(lines.q)>2", "f0>1", 'd="2026-01-31"', "ISEMPTY(t)"]


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a form with formulas that read one another, and rules."""
    known = ["a", "b", "q"]
    column = field("p", "formula", options={"formula": _over(draw, [*known, "a"]), "result": "number"})
    fields = [field(code, kind) for code, kind in PLAIN.items()]
    columns = [*(field(code, kind) for code, kind in COLUMNS.items()), column]
    fields.append(field("lines", "subform", fields=columns))
    known = ["a", "b"]
    for number in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(LISTS)) if draw(st.booleans()) else _over(draw, known)
        fields.append(field(f"f{number}", "formula", options={"formula": text, "result": "number"}))
        known.append(f"f{number}")
    fields.append(field("r", "rollup", options={"table": "lines", "field": "p", "method": "sum", "when": "q<>1"}))
    rules = [_rule(draw, number) for number in range(draw(st.integers(0, 4)))]
    return {"fields": draw(st.permutations(fields)), "rules": rules}


def _over(draw: st.DrawFn, known: list[str]) -> str:
    text = draw(st.sampled_from(OVER))
    return text.format(*(draw(st.sampled_from(known)) for _ in range(text.count("{}"))))


def _rule(draw: st.DrawFn, number: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(["show", "require", "lock", "check", "set"]))
    when = draw(st.sampled_from(["s", "t=12", 'd="2026-01-31"'] if kind == "set" else WHEN))
    target = draw(st.sampled_from(["b"] if kind == "set" else ["b", "t", "d", "lines"]))
    found = {
        "id": str(uuid.UUID(int=number + 1)), "name": f"r{number}", "kind": kind, "when": when,
        "fields": [field(target)["id"]],
    }  # fmt: skip
    if kind == "check":
        found["message"] = "no"
    if kind == "set":
        found["value"] = draw(st.sampled_from(["a*2", "7", "1/a", '""']))
    return found


def values(draw: st.DrawFn) -> dict[str, Any]:
    found = {code: draw(st.none() | RAW[kind]) for code, kind in PLAIN.items() if draw(st.integers(0, 4))}
    line = st.fixed_dictionaries({code: st.none() | RAW[kind] for code, kind in COLUMNS.items()})
    return {**found, "lines": draw(st.lists(line, max_size=3))}


RECORDS = st.composite(values)()


class Desk:
    """One database with a form."""

    def __init__(self, url: str) -> None:
        self.db = Database(url)
        self.forms = Forms(self.db)
        self.records = Records(self.db, Ids(Counters(self.db), "record"))
        self.app = f"a{uuid.uuid4().hex}"
        self.forms.create_app(SYSTEM, self.app, self.app)

    def draw(self, code: str, body: dict[str, Any]) -> None:
        self.forms.create(SYSTEM, self.app, code, code, body)
        self.forms.publish(SYSTEM, self.app, code, base=0)

    def try_(self, code: str, record: dict[str, Any]) -> tuple[int | None, list[tuple[str | None, str]]]:
        try:
            return self.records.create(SYSTEM, self.app, code, [record])[0], []
        except (InvalidInputError, ConflictError) as error:
            return None, [(problem.pointer, problem.code) for problem in error.problems]

    def read(self, code: str, *numbers: int) -> list[Any]:
        return [record.values for record in self.records.get(SYSTEM, self.app, code, numbers)]


def expected(form: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    """Work formulas out anew, by the evaluator alone, from what is stored."""
    texts = {one["code"]: one["options"]["formula"] for one in form["fields"] if one["kind"] == "formula"}
    lines = next(one for one in form["fields"] if one["code"] == "lines")
    column = next(one["options"]["formula"] for one in lines["fields"] if one["kind"] == "formula")
    known: dict[str, Value] = {}

    def value(code: str) -> Value:
        if "." in code:
            return tuple(cell(line, code.split(".")[1]) for line in record["lines"])
        if code in texts and code not in known:
            known[code] = finished(evaluate(parse(texts[code]), value))
        return known[code] if code in texts else plain(record[code], PLAIN[code])

    def cell(line: dict[str, Any], code: str) -> Value:
        if code == "p":
            return finished(evaluate(parse(column), lambda name: cell(line, name)))
        return plain(line[code], COLUMNS[code]) if code in COLUMNS else value(code)

    amounts = [cell(line, "p") for line in record["lines"] if line["q"] != 1]
    total = sum((one for one in amounts if isinstance(one, Decimal)), Decimal(0))
    return {
        **{code: shown(value(code)) for code in texts},
        "lines": [shown(cell(line, "p")) for line in record["lines"]],
        "r": shown(total),
    }


def plain(raw: Any, kind: str) -> Value:
    if raw is not None and kind == "number":
        return Decimal(str(raw))
    if raw is not None and kind == "date":
        return date.fromisoformat(raw)
    found: Value = raw
    return found


def finished(found: Value) -> Value:
    if isinstance(found, Fault) or is_empty(found):
        return None
    try:
        return rounded(to_number(found), 6)
    except FaultError:
        return None


def shown(found: Value) -> float | None:
    return float(found) if isinstance(found, Decimal) else None


@settings(
    max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(form=forms(), records=st.lists(RECORDS, min_size=3, max_size=6), order=st.randoms())
def test_any_form_with_formulas_and_rules(
    db_url: str, form: dict[str, Any], records: list[dict[str, Any]], order: Any
) -> None:
    desk = Desk(db_url)
    try:
        turned = list(form["fields"])
        order.shuffle(turned)
        desk.draw("card", form)
        desk.draw("turned", {**form, "fields": turned})
        told = desk.records.check(SYSTEM, desk.app, "card", records)
        made = []
        for record, faults in zip(records, told, strict=True):
            number, refused = desk.try_("card", record)
            assert [(one.pointer, one.code) for one in faults] == refused, "what is checked is what is refused"
            other, also = desk.try_("turned", record)
            assert sorted(also, key=str) == sorted(refused, key=str)
            if number is None or other is None:
                continue
            made.append(number)
            (found,), (same,) = desk.read("card", number), desk.read("turned", other)
            assert found == same, "the order of the fields does not matter"
            wanted = expected(form, found)
            stored = {**{code: found[code] for code in wanted}, "lines": [line["p"] for line in found["lines"]]}
            assert stored == wanted
        many_as_one(desk, form, made, records)
    finally:
        desk.db.close()


def many_as_one(desk: Desk, form: dict[str, Any], made: list[int], records: list[dict[str, Any]]) -> None:
    """Change copies of the same records one by one and at once; the outcome is the same."""
    copies = [[], []]  # type: list[list[int]]
    for number in made:
        (found,) = desk.read("card", number)
        taken = {code: found[code] for code in PLAIN} | {
            "lines": [{code: line[code] for code in COLUMNS} for line in found["lines"]]
        }
        for some in copies:
            copy, _ = desk.try_("card", taken)
            if copy is None:
                # A value that a rule has set cannot always be given: the field may be locked.
                return
            some.append(copy)
    changes = [{"a": record.get("a"), "t": record.get("t"), "lines": record["lines"]} for record in records]
    changes = changes[: len(made)]
    told = desk.records.check(SYSTEM, desk.app, "card", changes, numbers=copies[0])
    one_by_one: list[list[tuple[str | None, str]]] = []
    for number, change in zip(copies[0], changes, strict=True):
        try:
            desk.records.change(SYSTEM, desk.app, "card", number, 1, change)
            one_by_one.append([])
        except InvalidInputError as error:
            one_by_one.append([(problem.pointer, problem.code) for problem in error.problems])
    assert [[(one.pointer, one.code) for one in faults] for faults in told] == one_by_one
    at_once = desk.records.change_many(
        SYSTEM, desk.app, "card", [(number, 1, change) for number, change in zip(copies[1], changes, strict=True)],
        good_only=True,
    )  # fmt: skip
    assert {one.place: [(fault.pointer, fault.code) for fault in one.problems] for one in at_once.refused} == {
        place: faults for place, faults in enumerate(one_by_one) if faults
    }
    assert desk.read("card", *copies[0]) == desk.read("card", *copies[1])
    for found in desk.read("card", *copies[1]):
        wanted = expected(form, found)
        assert {code: found[code] for code in wanted if code != "lines"} == {
            code: value for code, value in wanted.items() if code != "lines"
        }
