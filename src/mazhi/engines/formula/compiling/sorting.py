"""What sort of value comes out where one of several does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mazhi.engines.formula.compiling.model import NotInSqlError
from mazhi.engines.formula.compiling.writing import NO, SQL_TYPES, Given, ListVal, Sort, Val
from mazhi.engines.formula.nodes import Node


def alike(node: Node, values: Sequence[Given]) -> list[Val]:
    """Return the values as one sort, empty ones included.

    Raises:
        NotInSqlError: There are lists among them, or values of different sorts: what comes out would not have one.
    """
    singles = [one for one in values if isinstance(one, Val)]
    sorts = {one.sort for one in singles} - {"empty"}
    if len(singles) != len(values) or len(sorts) > 1:
        raise NotInSqlError(node, "mixed")
    sort: Sort = min(sorts, default="empty")
    return [_as(one, sort) for one in singles]


def _as(value: Val, sort: Sort) -> Val:
    if value.sort == sort:
        return value
    if sort == "text":
        return Val("text", "CAST('' AS text)", value.fault)
    return Val(sort, f"CAST(NULL AS {SQL_TYPES[sort]})", value.fault, nullable=True, whole=1, places=0)


def one_of(values: Sequence[Val], sql: str, fault: str, other: str = NO) -> Val:
    """Describe an expression that comes to one of some values of one sort."""
    return replace(
        values[0],
        sql=sql,
        fault=fault,
        other=other,
        nullable=any(one.nullable for one in values),
        whole=max(one.whole for one in values),
        places=max(one.places for one in values),
        known=None,
        fixed=False,
    )


def flat(values: Sequence[Given]) -> bool:
    """Tell whether there is no list among some values."""
    return not any(isinstance(one, ListVal) for one in values)
