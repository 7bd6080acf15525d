"""Formulas and data at random: any function with arguments that mostly suit it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from mazhi.engines.formula.function import Function
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Binary, Boolean, Call, Empty, Field, Node, Number, String, Unary
from mazhi.engines.formula.values import Value

FIELDS = {
    "number": ("n1", "n2", "n3"), "text": ("t1", "t2"), "date": ("d1", "d2", "m1"), "boolean": ("b1",),
    "list": ("ln", "lm", "lt", "ld"),
}  # fmt: skip
_ARITHMETIC = ("+", "-", "*", "/", "^")
_COMPARE = ("=", "<>", "<", ">", "<=", ">=")
_TEXTS = (
    "", "a", "A", "Ab-1", "完成", "未完成", "12", " 12.5 ", "１２", "-3", "1e5", "1,234.5", "5%", "2026-11-21",
    "2026/2/3 8:05", "20241231", "2026-02-30", "TRUE", "否", "x y  z", "😀水", "0", "9", "10", "abcabc", "%_'\"\\",
)  # fmt: skip
_NUMBERS = (
    "0", "1", "2", "3", "-1", "0.5", "2.345", "-2.5", "10", "99.99", "100", "1000000", "123456789.123456", "0.000001",
    "7", "-0.333333", "9000000000000", "5", "12", "31",
)  # fmt: skip
_CONDITIONS = (">1", "<=5", "<>", "=", "完成", "<>a", ">=2026-01-01", "!=2", "10", "")
_FORMATS = (
    "0.00",
    "#,##0.0#",
    "000",
    "0%",
    "yyyy-MM-dd",
    "yyyy年M月d日 HH:mm",
    "yyww",
    "aaaa",
    "第0批",
    "h:mm:ss",
    "qq",
)
_UNITS = ("Y", "M", "D", "W", "H", "N", "S", "Q", "MD", "YM", "YD", "X", "月")
_DULL = {"REPT", "PADLEFT", "PADRIGHT"}


class Making:
    """Makes formulas and their data from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._all = [one for one in functions if one.in_sql]

    def data(self) -> dict[str, Value]:
        """Give every field a value, often none."""
        pick = self.random.choice
        one = {"number": self._number, "text": lambda: pick(_TEXTS), "date": self._date, "moment": self._moment}
        found: dict[str, Value] = {}
        for name in ("n1", "n2", "n3"):
            found[name] = self._maybe(self._number())
        found |= {"t1": pick(_TEXTS), "t2": pick(_TEXTS), "b1": self._maybe(pick((True, False)))}
        found |= {"d1": self._maybe(self._date()), "d2": self._date(), "m1": self._maybe(self._moment())}
        length = self.random.randrange(5)
        for name, kind in (("ln", "number"), ("lm", "number"), ("lt", "text"), ("ld", "date")):
            size = length if self.random.random() < 0.8 else self.random.randrange(5)
            found[name] = tuple(self._maybe(one[kind]()) for _ in range(size))
        return found

    def _maybe(self, value: Value) -> Value:
        return None if self.random.random() < 0.15 else value

    def _number(self) -> Decimal:
        return Decimal(self.random.choice(_NUMBERS))

    def _date(self) -> date:
        return date(2026, 1, 31) + timedelta(days=self.random.choice((0, 1, 28, 29, -1, 365, -800, 294, 6000)))

    def _moment(self) -> datetime:
        return datetime(2026, 11, 21, 8, 30, 15) + timedelta(seconds=self.random.randrange(-(10**7), 10**7))  # noqa: DTZ001

    def formula(self, depth: int = 3) -> Node:
        """Make a formula."""
        return self.of(self.random.choice(("number", "number", "text", "boolean", "date", "any")), depth)

    def of(self, kind: str, depth: int) -> Node:
        """Make a part that is mostly of a kind."""
        roll = self.random.random()
        if roll < 0.06:
            kind = self.random.choice(("number", "text", "boolean", "date"))
        if depth <= 0 or roll > 0.85:
            return self._leaf(kind)
        if kind in {"number", "integer"} and roll < 0.4:
            return Binary(self.random.choice(_ARITHMETIC), self.of("number", depth - 1), self.of("number", depth - 1))
        if kind == "boolean" and roll < 0.4:
            same = self.random.choice(("number", "text", "date"))
            return Binary(self.random.choice(_COMPARE), self.of(same, depth - 1), self.of(same, depth - 1))
        if kind == "date" and roll < 0.3:
            return Binary(self.random.choice("+-"), self.of("date", depth - 1), self.of("number", depth - 1))
        if kind == "text" and roll < 0.3:
            return Binary("&", self.of("any", depth - 1), self.of("any", depth - 1))
        if roll < 0.42:
            return Unary(self.random.choice("-+%"), self.of("number", depth - 1))
        wanted = "number" if kind == "integer" else kind
        chosen = [one for one in self._all if wanted == "any" or one.result in {wanted, "any"}]
        return self._call(self.random.choice(chosen), depth - 1, kind)

    def _call(self, function: Function, depth: int, kind: str) -> Node:
        least, most = function.arity
        count = self.random.randint(least, min(most, least + 2))
        while not function.complete(count):
            count += 1
        given = [self._argument(function, place, depth, kind) for place in range(count)]
        return Call(function.name, tuple(given))

    def _argument(self, function: Function, place: int, depth: int, kind: str) -> Node:
        one = function.parameter(place)
        if function.name in {"DATEADD", "DATEDIF"} and place == 2:
            return String(self.random.choice(_UNITS))
        if function.name == "TEXT" and place == 1:
            return String(self.random.choice(_FORMATS))
        if one.en == "condition" and function.family == "lists":
            return String(self.random.choice(_CONDITIONS)) if self.random.random() < 0.7 else self._leaf("number")
        if function.name in _DULL and one.kind == "integer":
            return Number(Decimal(self.random.choice((0, 1, 3, 12))))
        if one.kind == "integer" and self.random.random() < 0.7:
            return Number(Decimal(self.random.choice((0, 1, 2, 3, 5, 12))))
        if one.kind == "any":
            if function.family in {"lists", "numbers"} and self.random.random() < 0.7:
                return Field(self.random.choice(FIELDS["list"]))
            if function.family == "logic" and kind != "any" and one.en != "condition":
                return self.of(kind, depth)
            return self.of(self.random.choice(("number", "text", "date")), depth)
        return self.of(one.kind, depth)

    def _leaf(self, kind: str) -> Node:
        pick = self.random.choice
        if self.random.random() < 0.03:
            return Empty()
        if kind in {"any", "list"}:
            kind = pick(("number", "text", "date", "boolean"))
        if self.random.random() < 0.65:
            return Field(pick(FIELDS["number" if kind == "integer" else kind]))
        if kind == "boolean":
            return Boolean(pick((True, False)))
        if kind == "text":
            return String(pick(_TEXTS))
        if kind == "date":
            return pick((Call("TODAY", ()), Call("NOW", ()), String("2026-11-21")))
        return Number(abs(Decimal(pick(_NUMBERS))))
