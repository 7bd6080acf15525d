"""Dates gathered by day, week, month or year, in the zone of the house."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, get_args

from mazhi.engines.forms.layout import Slot
from mazhi.kernel import clock
from mazhi.kernel.statements import Dialect

Unit = Literal["day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = get_args(Unit)
_SHOWN: Mapping[Unit, int] = {"day": 10, "week": 10, "month": 7, "year": 4}


def is_moment(slot: Slot) -> bool:
    """Tell whether a column holds moments rather than days."""
    return slot.type == "moment"


def bucket(dialect: Dialect, slot: Slot, unit: Unit | None) -> str:
    """Return the expression by which rows are gathered: a column as it is, or the first day of its unit as text."""
    if unit is None:
        return slot.name
    day = _day(dialect, slot.name) if is_moment(slot) else slot.name
    match unit:
        case "day":
            return day
        case "week":
            if dialect == "sqlite":
                return f"date({day}, '-6 days', 'weekday 1')"
            return f"to_char(date_trunc('week', CAST({day} AS date)), 'YYYY-MM-DD')"
        case "month":
            return f"substr({day}, 1, 7) || '-01'"
        case "year":
            return f"substr({day}, 1, 4) || '-01-01'"


def _day(dialect: Dialect, column: str) -> str:
    # The house's distance from UTC as it is now, the same sum on both databases.
    offset = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).utcoffset() or timedelta()
    micros = offset // timedelta(microseconds=1)
    seconds = f"({column} + {micros}) / 1000000.0"
    if dialect == "sqlite":
        return f"date({seconds}, 'unixepoch')"
    return f"to_char(to_timestamp({seconds}) AT TIME ZONE 'UTC', 'YYYY-MM-DD')"


def bucket_value(first: str, unit: Unit) -> str:
    """Write a unit as clients get it: a day, the Monday of a week, ``2026-11``, ``2026``."""
    return first[: _SHOWN[unit]]


def bucket_filter(code: str, first: str, unit: Unit, *, moment: bool) -> dict[str, Any]:
    """Return the filter that finds what was gathered."""
    begin = date.fromisoformat(first)
    end = _end(begin, unit)
    if not moment:
        if begin == end:
            return {"field": code, "is": "equal", "value": first}
        return {"field": code, "is": "between", "value": [first, end.isoformat()]}
    return {
        "and": [
            {"field": code, "is": "at_least", "value": _midnight(begin)},
            {"field": code, "is": "less", "value": _midnight(end + timedelta(days=1))},
        ]
    }


def _end(begin: date, unit: Unit) -> date:
    match unit:
        case "day":
            return begin
        case "week":
            return begin + timedelta(days=6)
        case "month":
            return begin.replace(day=calendar.monthrange(begin.year, begin.month)[1])
        case "year":
            return begin.replace(month=12, day=31)


def _midnight(day: date) -> str:
    return datetime.combine(day, datetime.min.time(), clock.DEFAULT_ZONE).isoformat()
