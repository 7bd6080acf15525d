"""Formulas and data as chance has them, where implementations may differ: edges of numbers, dates and texts."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from mazhi.engines.formula.function import Function, ParameterKind
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Binary, Boolean, Call, Empty, Field, Node, Number, String, Unary
from mazhi.engines.formula.values import DIGITS, Fault

_NUMBERS = [
    "0", "1", "2", "3", "7", "10", "100", "0.5", "1.5", "2.5", "0.05", "2.345", "2.355", "1.005", "1234.5", "1409.5",
    "0.1", "0.01", "19", "20", "21", "365", "1000000", "99999999.995", "0.0000001", "1E-15", "5E-16", "1E-16", "1E-50",
    "1E-100", "1E+15", "1E+50", "9.99E+99", "1234567890123456789012345678901234", "1E+16", "10000000000000000.004",
    "0.3333333333333333333333333333333333", "9999999999999999999999999999999999", "12345678901234567.5", "1.10", "2E+3",
    "1000000000000000000000000000000000.5", "0.12345678901234567890123456789012345", "100020003000.40", "60000000.07",
]  # fmt: skip
_TEXTS = [
    "", " ", "a", "A", "b", "SN-1a", "sn-2A", "智能水表", "𠮷野家", "😀", "a😀b", "é", "é", "ß", "İ", "ı", "ﬀ",
    "Ω", "中", "\ue000", "\uffff", "１２．５", "－３", "−4", "+5", "1e5", "1,234.50", "-1,234", "12,34", "5%",
    "5 ％", "　7　", ".5", "5.", "1" * 51, "0" * 60, "0.12345678901234567890123456789012345", "TRUE",
    "ｔｒｕｅ", "真", "否", "是", "faLse", "\x1f8", "\ufeff8", "\xa08\u2028", "-", "/", "\t x\u3000 y ",
    "x" * 45, '"', "a\nb", "NaN", "Infinity", "1_000", "٣", "constructor", ">=2", "<>a", "=A", "≠",
    "<2026-01-01", "＞1", "!=1", "==", ">", "= 1.50 ", "__proto__", "i̇", "ſ", "Y", "y ", "ﬅ",
]  # fmt: skip
_ALIKE = ["a", "A", "ab", "Ab", "1", "10", "=A", "<>1", ">=1", "＜b", "==a", "", "\uffff", "𠮷"]
"""Texts of which some are equal, beside one another, or conditions of the others."""
_DATE_TEXTS = [
    "2026-11-21", "2026/2/29", "2024年2月29日", "20261121", "２０２６－１１－２１", "2026-11-21 08:30",
    "2026-11-21T23:59:59", "1899-12-31", "1900-02-29", "0001-01-01", "9999-12-31", "0000-01-01", "2026-13-01",
    "2026-1-1 24:00", " 2000-02-29 ", "2026-11-21 8:5", "20240229 00:00:01",
]  # fmt: skip
_FORMATS = [
    "0", "0.00", "#,##0.00", "000000", "0%", "0.0#%", "#", "#.##", "¥#,##0", '"共"0"件"', "0.0#0", "00,000",
    "-0.0", "0 0", "yyyy-MM-dd", "yyyy年M月d日 HH:mm", "mm:ss", "hh:mm", "yy.m.d", "MM", "aaaa", "aaa", "dddd",
    "ddd", "ww", "jjj", "YYYY/DD", "MMM", "x", "", '"', '"y"yyyy', "H", "s", "mm", "HHmmss", "M" * 101,
    "a😀yyyy", "WW", "0.", "#,", "YYYYMMDD",
]  # fmt: skip
_UNITS = [
    "Y", "Q", "M", "W", "D", "H", "N", "S", "年", "季", "月", "周", "日", "天", "时", "小时", "分",
    "分钟", "秒", "MD", "YM", "YD", "y", "\u3000d", "X",
]  # fmt: skip
_MOMENTS: list[date] = [
    *map(date.fromisoformat, (
        "0001-01-01", "0001-01-02", "9999-12-31", "1899-12-30", "1900-02-28", "1900-03-01", "2000-02-29", "2024-02-29",
        "2025-12-29", "2026-11-21", "2027-01-01", "1970-01-01",
    )),
    *map(datetime.fromisoformat, (
        "0001-01-01T00:00:01", "9999-12-31T23:59:59.999999", "2024-02-29T12:30:15.000005", "2026-11-21T08:30:00",
        "2026-01-31T23:59:59.999999", "1899-12-31T00:00:00",
    )),
]  # fmt: skip
_SMALL = range(-3, 30)
_OPERATORS = ["+", "-", "*", "/", "^", "&", "=", "<>", "<", ">", "<=", ">="]
_BESIDE: dict[str, list[ParameterKind]] = {"&": ["text"], "^": ["number"], "*": ["number"], "+": ["number", "date"]}
"""What makes sense beside an operator; everything beside the others."""
_SURE = 0.8
"""How often an argument is of the kind that is wanted, for most formulas should come to something."""
_EVERY = list(functions)
_KINDS: list[ParameterKind] = ["any", "text", "number", "integer", "boolean", "date"]
_GIVING = {kind: [one for one in _EVERY if one.result == kind] or _EVERY for kind in _KINDS}
"""The functions that give what is wanted."""
Case = tuple[Node, dict[str, Any]]


def cases(count: int, seed: int) -> list[Case]:
    """Give so many formulas, each with the data of its fields; every function comes up."""
    chance = random.Random(seed)
    return [_Maker(chance).case(_EVERY[place % len(_EVERY)], place % 4) for place in range(count)]


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.data: dict[str, Any] = {}
        self._place = 0

    def case(self, function: Function, depth: int) -> Case:
        """Call a function, of plain values or of further calls; at depth 3 anything at all."""
        return (self._node("any", depth) if depth == 3 else self._call(function, depth)), self.data

    def _at(self) -> dict[str, int]:
        self._place += 1
        return {"start": self._place, "end": self._place + 1000}

    def _node(self, wanted: ParameterKind, depth: int) -> Node:
        if self.chance.random() > _SURE:
            wanted = self.chance.choice(_KINDS)
        chosen = self.chance.random()
        if depth == 0 or chosen < 0.35:
            return self._leaf(wanted)
        if chosen < 0.6:
            return self._operation(wanted, depth - 1)
        return self._call(self.chance.choice(_GIVING[wanted]), depth - 1)

    def _operation(self, wanted: ParameterKind, depth: int) -> Node:
        if self.chance.random() < 0.2:
            return Unary(self.chance.choice("+-%"), self._node("number", depth), **self._at())
        operator = self.chance.choice({"text": ["&"], "boolean": _OPERATORS[6:]}.get(wanted, _OPERATORS))
        kind = self.chance.choice(_BESIDE.get(operator, _KINDS))
        right: ParameterKind = "number" if kind == "date" else kind
        return Binary(operator, self._node(kind, depth), self._node(right, depth), **self._at())

    def _call(self, function: Function, depth: int) -> Node:
        if function.name == "TEXT" and self.chance.random() < _SURE:
            value = self._node(self.chance.choice(["number", "date"]), depth)
            return Call("TEXT", (value, self._held(self.chance.choice(_FORMATS))), **self._at())
        least, most = function.arity
        count = self.chance.randint(least, min(most, least + 4))
        while not function.complete(count):
            count += 1
        arguments = [self._argument(function, place, depth) for place in range(count)]
        return Call(function.name, tuple(arguments), **self._at())

    def _argument(self, function: Function, place: int, depth: int) -> Node:
        if self.chance.random() < 0.03:
            return Empty(**self._at())
        parameter = function.parameter(place)
        if parameter.en == "unit" and self.chance.random() < _SURE:
            return self._held(self.chance.choice(_UNITS))
        if function.family == "lists" and self.chance.random() < 0.5 and parameter.kind == "any":
            return self._held(self._list() if place == 0 or self.chance.random() < 0.4 else self._text())
        return self._node(parameter.kind, depth)

    def _leaf(self, wanted: ParameterKind) -> Node:
        value = self._value(wanted)
        if self.chance.random() < 0.5:
            return self._held(value)
        match value:
            case bool():
                return Boolean(value, **self._at())
            case Decimal() if value >= 0 and len(value.as_tuple().digits) <= DIGITS:
                return Number(value, **self._at())
            case str():
                return String(value, **self._at())
            case _:
                return self._held(value)

    def _held(self, value: Any) -> Node:
        """A field that has the value; seldom one that there is not."""
        name = self.chance.choice(["数量", "item.code", "a", "record.规格 型号"]) + str(len(self.data))
        if self.chance.random() > 0.01:
            self.data[name] = value
        return Field(name, **self._at())

    def _value(self, wanted: ParameterKind) -> Any:
        match wanted:
            case "text":
                return self.chance.choice([self._text(), self._text(), *_FORMATS[::12], *_UNITS[::8]])
            case "number":
                return self._number()
            case "integer":
                return Decimal(self.chance.choice(_SMALL)) if self.chance.random() < 0.9 else self._number()
            case "boolean":
                return self.chance.choice([True, False, True, False, None, "真", Decimal(1)])
            case "date":
                return self._moment()
        return self.chance.choice([self._number, self._moment, self._list, self._text, lambda: None, self._fault])()

    def _text(self) -> str:
        if self.chance.random() < 0.4:
            return self.chance.choice(_ALIKE)
        return self.chance.choice([*_TEXTS, *_DATE_TEXTS])

    def _fault(self) -> Any:
        rare = self.chance.random() < 0.1
        return Fault("formula_no_match", 3, 4, {"name": "x"}) if rare else self.chance.choice(["", True, False])

    def _number(self) -> Decimal:
        kind = self.chance.random()
        if kind < 0.5:
            found = Decimal(self.chance.choice(_NUMBERS))
        elif kind < 0.8:
            found = Decimal(self.chance.randint(-(10**6), 10**6)).scaleb(-self.chance.choice([0, 0, 1, 2, 3, 5]))
        else:
            digits = self.chance.randint(1, 34)
            found = Decimal(self.chance.randint(1, 10**digits)).scaleb(self.chance.randint(-digits, 10))
        return found.copy_negate() if self.chance.random() < 0.3 else found

    def _moment(self) -> Any:
        kind = self.chance.random()
        if kind < 0.5:
            return self.chance.choice(_MOMENTS)
        if kind < 0.65:
            return self.chance.choice(_DATE_TEXTS)
        day = date(1, 1, 1) + timedelta(days=self.chance.randint(0, 3_652_058))
        if kind < 0.8:
            return day
        midnight = datetime.combine(day, time.min)
        return midnight + timedelta(microseconds=self.chance.randrange(86_400_000_000))

    def _list(self, most: int = 4) -> tuple[Any, ...]:
        makers: Sequence[Any] = [self._number, self._text, self._text, self._moment, lambda: None, lambda: True]
        maker = self.chance.choice(makers) if self.chance.random() < 0.7 else None
        found = [(maker or self.chance.choice(makers))() for _ in range(self.chance.randint(0, most))]
        if self.chance.random() < 0.05:
            found.append(tuple(found))
        return tuple(found)
