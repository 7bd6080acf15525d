"""Lists in SQLite's own words: columns of rows, counted and added up, all of them or those that fit a condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from mazhi.engines.formula.compiling import integers
from mazhi.engines.formula.compiling.integers import Whole
from mazhi.engines.formula.compiling.model import Kind, ListColumn, Source
from mazhi.engines.formula.compiling.writing import no_field
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.functions.aggregates import read_condition
from mazhi.engines.formula.nodes import Call, Field, Node, names
from mazhi.engines.formula.values import Fault, Value, is_empty

Hold = Callable[[Value, Kind], str | None]
"""Writes a known value as a column of a kind holds it; None where it cannot be held exactly, or is of another kind."""


def said(node: Call, fields: Mapping[str, Source], now: datetime, hold: Hold) -> Whole | None:
    """Say a function of one list, or of two that are columns of the same rows."""
    lists = [_list(one, fields) for one in node.arguments]
    first = lists[0]
    if first is None:
        return None
    match node.name, len(lists):
        case "SUM", 1:
            return integers.total(first)
        case "COUNTA", 1:
            return _count(first, _there(first))
        case "COUNTBLANK", 1:
            return _count(first, f"NOT ({_there(first)})")
        case "COUNTIF", 2:
            fits = _fits(first, node.arguments[1], now, hold)
            return None if fits is None else _count(first, fits)
        case "SUMIF", 2 | 3:
            fits, numbers = _fits(first, node.arguments[1], now, hold), lists[-1] if len(lists) > 2 else first
            if fits is None or numbers is None or numbers.rows != first.rows:
                return None
            rows = replace(first.rows, where=f"({first.rows.where}) AND {fits}")
            return integers.total(replace(numbers, rows=rows))
    return None


def _list(node: Node, fields: Mapping[str, Source]) -> ListColumn | None:
    found = fields.get(node.name) if isinstance(node, Field) else None
    return found if isinstance(found, ListColumn) and not found.column.exact else None


def _count(one: ListColumn, where: str) -> Whole:
    return Whole(f"(SELECT COUNT(*) FROM {one.rows.source} WHERE ({one.rows.where}) AND {where})", 0)


def _there(one: ListColumn) -> str:
    """Tell whether a value is not empty."""
    if one.column.kind in {"text", "date"}:
        return f"COALESCE({one.column.sql}, '') <> ''"
    return f"{one.column.sql} IS NOT NULL"


def _fits(one: ListColumn, condition: Node, now: datetime, hold: Hold) -> str | None:
    if names(condition):
        return None
    value = evaluate(condition, no_field, now)
    if isinstance(value, Fault | tuple):
        return None
    operator, wanted = read_condition(value)
    if is_empty(wanted):
        there = _there(one)
        return {"=": f"NOT ({there})", "<>": f"({there})"}.get(operator, "FALSE")
    known = hold(wanted, one.column.kind)
    if known is None:
        return None
    sides = [f"lower({side})" if one.column.kind == "text" else side for side in (one.column.sql, known)]
    compared = f"COALESCE({sides[0]} {'=' if operator == '<>' else operator} {sides[1]}, FALSE)"
    if operator == "<>":
        return f"NOT {compared}"
    return compared if operator == "=" else f"({_there(one)} AND {compared})"
