"""How a field of many records is added up: as columns of a statement, and from these to what clients get."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_args

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.fields.number import ONE, plain
from mazhi.engines.forms.layout import Slot
from mazhi.kernel import clock

Method = Literal["sum", "average", "min", "max", "filled"]
METHODS: tuple[Method, ...] = get_args(Method)


@dataclass(frozen=True, slots=True)
class Total:
    """One thing to be added up: what it is called in the answer, its column, and how."""

    name: str
    slot: Slot
    method: Method


def methods_of(slot: Slot) -> tuple[Method, ...]:
    """Return the ways to add a column up."""
    if slot.type == "number":
        return METHODS
    return ("min", "max", "filled") if slot.type in {"date", "moment"} else ("filled",)


def columns_of(total: Total) -> list[tuple[str, str, str]]:
    """Return the columns that a total needs: name, expression, and what adds such columns up further.

    Sums are kept in whole and broken parts: millionths of many great numbers would not fit 64 bits.
    """
    column = total.slot.name
    filled = (f"f_{column}", f"count({column})", "sum")
    match total.method:
        case "sum" | "average":
            whole = (f"w_{column}", f"sum({column} / {ONE})", "sum")
            broken = (f"b_{column}", f"sum({column} % {ONE})", "sum")
            return [filled, whole, broken]
        case "min" | "max":
            return [(f"{total.method}_{column}", f"{total.method}({column})", total.method)]
        case "filled":
            return [filled]


def worked_out(total: Total, row: Mapping[str, Any]) -> Any:
    """Return a total as clients get it; None where no record has a value."""
    column = total.slot.name
    if total.method == "filled":
        return int(row[f"f_{column}"] or 0)
    if total.method in {"min", "max"}:
        held = row[f"{total.method}_{column}"]
        return None if held is None else _shown(total.slot, held)
    count = int(row[f"f_{column}"] or 0)
    if not count:
        return None
    millionths = int(row[f"w_{column}"]) * ONE + int(row[f"b_{column}"])
    return plain(millionths if total.method == "sum" else round(Decimal(millionths) / count))


def _shown(slot: Slot, held: Any) -> Any:
    if slot.type == "number":
        return plain(held)
    if slot.type == "moment":
        return clock.to_text(held)
    kind = field_kinds[slot.kind]
    return kind.show((held,)) if len(kind.columns) == 1 else held
