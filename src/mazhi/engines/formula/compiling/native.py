"""Conditions in SQLite's own words, where those mean the same: comparisons of what columns hold as it is stored.

Numbers are compared in millionths, texts without the case of A–Z, dates as text; nothing here can be a fault. What
needs arithmetic, or a value read as another kind, is asked of Python, for the rows that are left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from mazhi.engines.formula.compiling.model import Column, Source
from mazhi.engines.formula.compiling.writing import no_field
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.nodes import Binary, Call, Field, Node, names
from mazhi.engines.formula.values import CONTEXT, Fault, Value, read_date, read_number
from mazhi.kernel import clock

_COMPARE = {"=", "<>", "<", ">", "<=", ">="}
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

    def condition(self, node: Node) -> str | None:
        """Tell when a formula is TRUE, never NULL; None where nothing of it can be said."""
        found = self._truth(node)
        if found is not None:
            return found
        if isinstance(node, Call) and node.name in {"AND", "OR"}:
            parts = [self._truth(one) for one in node.arguments]
            # AND is not TRUE when one of its parts is a fault; of OR's only the last may be one, nothing follows it.
            known = sum(one is not None for one in parts)
            if known and (node.name == "AND" or (known == len(parts) - 1 and parts[-1] is None)):
                # What costs nothing stands first: the rest is worked out for the rows that are left.
                own = [one for one in parts if one is not None]
                asked = [
                    self.condition(one) or self._ask(replace(node, arguments=(one,)))
                    for one, part in zip(node.arguments, parts, strict=True)
                    if part is None
                ]
                return f"({f' {node.name} '.join([*own, *asked])})"
        return None

    def _truth(self, node: Node) -> str | None:
        """Say a part that is never a fault."""
        match node:
            case Binary() if node.operator in _COMPARE:
                return self._comparison(node)
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
        if node.name == "ISEMPTY":
            (one,) = (self._operand(one) if isinstance(one, Field) else None for one in node.arguments)
            field = self._fields.get(node.arguments[0].name) if isinstance(node.arguments[0], Field) else None
            if one is None or not isinstance(field, Column):
                return None
            empty = f"COALESCE({field.sql}, '') = ''" if one.kind in {"text", "date"} else f"{field.sql} IS NULL"
            return f"({empty})"
        if node.name in {"STARTSWITH", "CONTAINS"}:
            return self._part(node)
        return None

    def _part(self, node: Call) -> str | None:
        whole, part = (self._operand(one) for one in node.arguments)
        if whole is None or part is None or whole.kind != "text" or part.kind != "text":
            return None
        if node.name == "CONTAINS":
            return f"(instr({whole.sql}, {part.sql}) > 0 OR {part.sql} = '')"
        return f"(substr({whole.sql}, 1, length({part.sql})) = {part.sql})"

    def _comparison(self, node: Binary) -> str | None:
        left, right = self._operand(node.left), self._operand(node.right)
        if left is None and right is None:
            return None
        left = left or self._constant(node.left, right)
        right = right or self._constant(node.right, left)
        if left is None or right is None or left.kind != right.kind:
            return None
        sides = [f"lower({one.sql})" if one.kind == "text" else one.sql for one in (left, right)]
        return f"({sides[0]} {node.operator} {sides[1]})"

    def _operand(self, node: Node) -> _Operand | None:
        if not isinstance(node, Field):
            return self._constant(node, None)
        one = self._fields.get(node.name)
        if not isinstance(one, Column) or one.exact:
            return None
        return _Operand(one.kind, f"COALESCE({one.sql}, {_LEAST[one.kind]})")

    def _constant(self, node: Node, beside: _Operand | None) -> _Operand | None:
        """Say what does not depend on the row, as what stands beside it is stored."""
        if names(node):
            return None
        value = evaluate(node, no_field, self._now)
        if isinstance(value, str) and beside is not None and beside.kind != "text":
            read = read_number(value) if beside.kind == "number" else read_date(value)
            value = value if read is None else read
        found = ("text", "") if value == "" and beside is not None and beside.kind == "text" else _stored(value)
        if found is None:
            return None
        kind, stored = found
        name = f"n{len(self._params)}"
        self._params[name] = stored
        return _Operand(kind, f":{name}")


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
