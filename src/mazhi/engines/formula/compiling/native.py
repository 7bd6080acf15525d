"""Conditions in SQLite's own words, where those mean the same: comparisons of what columns hold as it is stored.

Numbers are whole numbers of small units, texts are compared without the case of A–Z, dates as text; nothing here can
be a fault. Where that would not be exact for a row, and for what needs more, Python is asked, for the rows that are
left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import accumulate
from typing import Any

from mazhi.engines.formula.compiling import integers, native_lists
from mazhi.engines.formula.compiling.integers import Whole
from mazhi.engines.formula.compiling.model import Column, Kind, Source
from mazhi.engines.formula.compiling.writing import no_field
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.nodes import Binary, Boolean, Call, Field, Node, Unary, names
from mazhi.engines.formula.values import CONTEXT, Fault, Value, read_date
from mazhi.kernel import clock

_COMPARE = {"=", "<>", "<", ">", "<=", ">="}
_LONGEST = 8_000
"""Characters of an expression and its guards: what is used twice stands there twice."""
_DEEPEST = 40
"""Parentheses inside one another; SQLite reads about 90."""
_MOST_PLACES = 100
_LEVELS = 4
"""ANDs and ORs inside one another of which parts are said by themselves."""
_STEPS = {"(": 1, ")": -1}
_LEAST = {"number": "0", "text": "''", "date": "''", "boolean": "0", "moment": "-9223372036854775808"}


@dataclass(frozen=True, slots=True)
class _Operand:
    """One side of a comparison: how it is stored; what is empty is the least there is, or 0, or FALSE."""

    kind: str
    sql: str


class Native:
    """Writes conditions on the fields of one row."""

    def __init__(
        self,
        fields: Mapping[str, Source],
        now: datetime,
        params: dict[str, Any],
        ask: Callable[[Node], str],
    ) -> None:
        """Take what is needed; ``ask`` writes the question whether a part of the formula is TRUE."""
        self._fields = fields
        self._now = now
        self._params = params
        self._ask = ask
        self._guards: list[str] = []

    def condition(self, node: Node, levels: int = _LEVELS) -> str | None:
        """Tell when a formula is TRUE, never NULL; None where nothing of it can be said."""
        found = self._whole(node)
        if found is not None:
            return found
        if levels and isinstance(node, Call) and node.name in {"AND", "OR"}:
            parts = [self._whole(one) for one in node.arguments]
            # AND is not TRUE when one of its parts is a fault; of OR's only the last may be one, nothing follows it.
            known = sum(one is not None for one in parts)
            if known and (node.name == "AND" or (known == len(parts) - 1 and parts[-1] is None)):
                # What costs nothing stands first: the rest is worked out for the rows that are left.
                own = [one for one in parts if one is not None]
                asked = [
                    self.condition(one, levels - 1) or self._ask(replace(node, arguments=(one,)))
                    for one, part in zip(node.arguments, parts, strict=True)
                    if part is None
                ]
                return f"({f' {node.name} '.join([*own, *asked])})"
        return None

    def stored(self, node: Node) -> tuple[str, str] | None:
        """Return a number in millionths, and when that is exact."""
        self._guards = []
        number = None if _may_be_empty(node) else self._number(node)
        if number is None:
            return None
        found = integers.millionths(number)
        guards = [] if found is None else [*self._guards, *found.guards]
        if found is None or not _is_small(found.sql, guards):
            return None
        return found.sql, " AND ".join(dict.fromkeys(guards)) or "TRUE"

    def _whole(self, node: Node) -> str | None:
        """Say a part, and ask Python for the rows for which it would not be exact."""
        self._guards = []
        found = self._truth(node)
        if found is None or not _is_small(found, self._guards):
            return None
        guards = " AND ".join(dict.fromkeys(self._guards))
        return f"CASE WHEN {guards} THEN {found} ELSE {self._ask(node)} END" if guards else found

    def _truth(self, node: Node) -> str | None:
        """Say a part that is never a fault."""
        match node:
            case Binary() if node.operator in _COMPARE:
                return self._comparison(node)
            case Boolean():
                return "TRUE" if node.value else "FALSE"
            case Field():
                one = self._fields.get(node.name)
                return f"COALESCE({one.sql}, 0)" if isinstance(one, Column) and one.kind == "boolean" else None
            case Call():
                return self._call(node)
        return None

    def _call(self, node: Call) -> str | None:
        if node.name in {"AND", "OR", "NOT"}:
            parts = [self._truth(one) for one in node.arguments]
            if any(one is None for one in parts):
                return None
            joined = f" {node.name} ".join(one for one in parts if one is not None)
            return f"(NOT {joined})" if node.name == "NOT" else f"({joined})"
        if node.name == "IF" and len(node.arguments) == 3:
            parts = [self._truth(one) for one in node.arguments]
            return None if None in parts else f"CASE WHEN {parts[0]} THEN {parts[1]} ELSE {parts[2]} END"
        if node.name == "ISEMPTY":
            (one,) = (self._operand(one) if isinstance(one, Field) else None for one in node.arguments)
            field = self._fields.get(node.arguments[0].name) if isinstance(node.arguments[0], Field) else None
            if one is None or not isinstance(field, Column):
                return None
            empty = f"COALESCE({field.sql}, '') = ''" if one.kind in {"text", "date"} else f"{field.sql} IS NULL"
            return f"({empty})"
        if node.name == "IN":
            return self._among(node)
        if node.name in {"STARTSWITH", "CONTAINS"}:
            return self._part(node)
        return None

    def _among(self, node: Call) -> str | None:
        """Say IN, where an empty value is among others only if one of them is empty."""
        field = self._fields.get(node.arguments[0].name) if isinstance(node.arguments[0], Field) else None
        column = self._column(node.arguments[0])
        others = [self._constant(one, column) for one in node.arguments[1:]]
        if column is None or not isinstance(field, Column):
            return None
        if any(one is None or one.kind != column.kind for one in others):
            return None
        listed = ", ".join(f"lower({one.sql})" if one.kind == "text" else one.sql for one in others if one is not None)
        if column.kind == "text":
            return f"(lower({column.sql}) IN ({listed}))"
        return f"COALESCE({field.sql} IN ({listed}), FALSE)"

    def _part(self, node: Call) -> str | None:
        whole, part = (self._operand(one) for one in node.arguments)
        if whole is None or part is None or whole.kind != "text" or part.kind != "text":
            return None
        if node.name == "CONTAINS":
            return f"(instr({whole.sql}, {part.sql}) > 0 OR {part.sql} = '')"
        return f"(substr({whole.sql}, 1, length({part.sql})) = {part.sql})"

    def _comparison(self, node: Binary) -> str | None:
        columns = [self._column(one) for one in (node.left, node.right)]
        left = columns[0] or self._constant(node.left, columns[1])
        right = columns[1] or self._constant(node.right, columns[0])
        if left is not None and right is not None and left.kind == right.kind:
            sides = [f"lower({one.sql})" if one.kind == "text" else one.sql for one in (left, right)]
            return f"({sides[0]} {node.operator} {sides[1]})"
        numbers = [self._number(one) for one in (node.left, node.right)]
        if numbers[0] is None or numbers[1] is None:
            return None
        pair = integers.aligned(numbers[0], numbers[1])
        if pair is None:
            return None
        self._guards += [*pair[0].guards, *pair[1].guards]
        return f"({pair[0].sql} {node.operator} {pair[1].sql})"

    def _number(self, node: Node) -> Whole | None:
        """Say a number; None where it may be something else, or a fault."""
        if not names(node):
            value = evaluate(node, no_field, self._now)
            return integers.known(value, self._bind) if isinstance(value, Decimal) else None
        match node:
            case Field():
                return integers.from_source(self._fields.get(node.name))
            case Unary(operator="-"):
                number = self._number(node.operand)
                return None if number is None else integers.negative(number)
            case Binary(operator="+" | "-" | "*"):
                left, right = self._number(node.left), self._number(node.right)
                if left is None or right is None:
                    return self._days(node) if node.operator == "-" else None
                if node.operator == "*":
                    return integers.multiply(left, right)
                return integers.add(left, right, node.operator)
            case Call(name="ROUND"):
                return self._rounded(node)
            case Call(name="IF", arguments=(condition, then, otherwise)):
                return self._either(condition, then, otherwise)
            case Call() if node.arguments:
                return native_lists.said(node, self._fields, self._now, self._held)
        return None

    def _rounded(self, node: Call) -> Whole | None:
        places = evaluate(node.arguments[1], no_field, self._now) if len(node.arguments) == 2 else Decimal(0)
        if (
            not isinstance(places, Decimal)
            or abs(places) > _MOST_PLACES
            or (node.arguments[1:] and names(node.arguments[1]))
        ):
            return None
        inner = node.arguments[0]
        if isinstance(inner, Binary) and inner.operator == "/":
            left, right = self._number(inner.left), self._number(inner.right)
            return None if left is None or right is None else integers.quotient(left, right, int(places))
        number = self._number(inner)
        return None if number is None else integers.rounded(number, int(places))

    def _either(self, condition: Node, then: Node, otherwise: Node) -> Whole | None:
        truth, left, right = self._truth(condition), self._number(then), self._number(otherwise)
        pair = None if left is None or right is None else integers.aligned(left, right)
        if truth is None or pair is None:
            return None
        sql = f"CASE WHEN {truth} THEN {pair[0].sql} ELSE {pair[1].sql} END"
        return Whole(f"({sql})", pair[0].scale, pair[0].guards + pair[1].guards)

    def _days(self, node: Binary) -> Whole | None:
        """Say the days between two dates; where one is empty it is something else."""
        left, right = self._operand(node.left), self._operand(node.right)
        if left is None or right is None or left.kind != "date" or right.kind != "date":
            return None
        guards = tuple(f"{one.sql} <> ''" for one in (left, right))
        return Whole(f"CAST(julianday({left.sql}) - julianday({right.sql}) AS INTEGER)", 0, guards)

    def _held(self, value: Value, kind: Kind) -> str | None:
        """Write a known value as a column of a kind holds it."""
        if isinstance(value, str) and kind in {"date", "moment"}:
            value = read_date(value)
        found = _stored(value)
        return None if found is None or found[0] != kind else self._bind(found[1])

    def _bind(self, value: Any) -> str:
        name = f"n{len(self._params)}"
        self._params[name] = value
        return f":{name}"

    def _operand(self, node: Node) -> _Operand | None:
        return self._column(node) or self._constant(node, None)

    def _column(self, node: Node) -> _Operand | None:
        if not isinstance(node, Field):
            return None
        one = self._fields.get(node.name)
        if not isinstance(one, Column) or one.exact:
            return None
        return _Operand(one.kind, f"COALESCE({one.sql}, {_LEAST[one.kind]})")

    def _constant(self, node: Node, beside: _Operand | None) -> _Operand | None:
        """Say what does not depend on the row, as what stands beside it is stored."""
        if names(node):
            return None
        value = evaluate(node, no_field, self._now)
        if isinstance(value, str) and beside is not None and beside.kind in {"date", "moment"}:
            read = read_date(value)
            value = value if read is None else read
        found = ("text", "") if value == "" and beside is not None and beside.kind == "text" else _stored(value)
        if found is None:
            return None
        kind, stored = found
        return _Operand(kind, self._bind(stored))


def _is_small(sql: str, guards: list[str]) -> bool:
    if len(sql) + sum(map(len, guards)) > _LONGEST:
        return False
    return all(max(accumulate(_STEPS.get(one, 0) for one in part), default=0) <= _DEEPEST for part in (sql, *guards))


def _may_be_empty(node: Node) -> bool:
    """Tell whether a number may be empty, which in arithmetic and comparisons is 0, but not where it is stored."""
    if isinstance(node, Call) and node.name == "IF":
        return any(_may_be_empty(one) for one in node.arguments[1:])
    return isinstance(node, Field)


def _stored(value: Value) -> tuple[str, Any] | None:
    """Say how a value is stored, where it can be exactly."""
    match value:
        case Fault() | None | tuple() | "":
            return None
        case bool():
            return "boolean", int(value)
        case str():
            return "text", value
        case Decimal():
            millionths = value.scaleb(6, CONTEXT)
            exact = abs(value) < 9 * 10**12 and millionths == millionths.to_integral_value()
            return ("number", int(millionths)) if exact else None
        case datetime():
            return "moment", clock.to_micros(value.replace(tzinfo=clock.DEFAULT_ZONE))
        case date():
            return "date", value.isoformat()
