"""What stands in a formula, and what columns hold, as values in SQL."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from mazhi.engines.formula.compiling.model import Column, ListColumn, ListValues, Source
from mazhi.engines.formula.compiling.writing import Given, ListVal, Val, Writer, digits_of
from mazhi.engines.formula.values import Value
from mazhi.kernel import clock

_DAY = 86_400_000_000
_LARGEST = 13
"""Digits before the point of a number in millionths."""


def constant(w: Writer, value: Value) -> Val:
    """Return a single value that is known."""
    match value:
        case bool():
            return Val("boolean", "TRUE" if value else "FALSE", known=value, fixed=True)
        case str() if value:
            return Val("text", w.param(value), known=value, fixed=True)
        case Decimal():
            whole, places = digits_of(value)
            return Val("number", w.param(f"{value:f}", "numeric"), whole=whole, places=places, known=value, fixed=True)
        case datetime():
            return Val("moment", w.param(value.isoformat(" "), "timestamp"), known=value, fixed=True)
        case date():
            return Val("date", w.param(value.isoformat(), "date"), known=value, fixed=True)
        case _:
            return Val("empty", "CAST(NULL AS text)", known=None, fixed=True)


def column(w: Writer, one: Column) -> Val:
    """Return what a column holds."""
    sql = one.sql
    match one.kind:
        case "text":
            return Val("text", f"COALESCE({sql}, '')")
        case "boolean":
            return Val("boolean", sql, nullable=True)
        case "date":
            return Val("date", f"CAST(NULLIF({sql}, '') AS date)", nullable=True)
        case "moment":
            since = f"({sql} / {_DAY}) * interval '1 day' + ({sql} % {_DAY}) * interval '1 microsecond'"
            utc = f"(timestamp '1970-01-01' + {since}) AT TIME ZONE 'UTC'"
            return Val("moment", f"({utc} AT TIME ZONE {zone(w)})", nullable=True)
        case "number":
            if one.exact:
                return Val("number", sql, nullable=True)
            return Val("number", f"({sql} * 0.000001)", nullable=True, whole=_LARGEST, places=one.decimals)


def zone(w: Writer) -> str:
    """Return the company's time zone."""
    return w.param(clock.DEFAULT_ZONE.key)


def source(w: Writer, one: Source) -> Given:
    """Return the value or list that a field is."""
    match one:
        case Column():
            return column(w, one)
        case ListColumn():
            element = column(w, one.column)
            rows = one.rows
            query = (
                f"SELECT row_number() OVER (ORDER BY {rows.order}) AS p, {element.sql} AS v "
                f"FROM {rows.source} WHERE {rows.where}"
            )
            return ListVal(query, _element(element), same=rows)
        case ListValues():
            if not one.values:
                nothing = column(w, Column(one.kind, "NULL", exact=True))
                return ListVal(f"SELECT 1 AS p, {_typed_null(nothing)} AS v WHERE FALSE", _element(nothing), same=0)
            return w.listed([column(w, each) for each in one.values])


def _element(value: Val) -> Val:
    return Val(value.sort, "v", nullable=value.nullable, whole=value.whole, places=value.places)


def _typed_null(value: Val) -> str:
    types = {"number": "numeric", "text": "text", "date": "date", "moment": "timestamp", "boolean": "boolean"}
    return f"CAST(NULL AS {types[value.sort]})"
