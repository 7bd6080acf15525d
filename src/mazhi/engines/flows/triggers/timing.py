"""When something comes again: the first moment after another, by the clock of the house. Pure rules."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Collection
from datetime import date, datetime, time, timedelta

from mazhi.kernel import clock

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
MINUTE = 60 * clock.MICROS_PER_SECOND


def read_time(text: str) -> time | None:
    """Read a time of day such as ``08:30``; None where it is none."""
    found = _TIME.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def every_minutes(after: int, minutes: int) -> int:
    """Return the next moment of those that come every so many minutes, counted from the hour of 1970."""
    step = max(1, minutes) * MINUTE
    return (after // step + 1) * step


def every_day(after: int, at: time) -> int:
    """Return the next moment at which it is that time of day."""
    return _first(after, at, lambda _day: True)


def every_week(after: int, at: time, days: Collection[int]) -> int:
    """Return the next moment at that time of one of some days of the week, Monday is 1."""
    wanted = set(days) & set(range(1, 8)) or {1}
    return _first(after, at, lambda day: day.isoweekday() in wanted)


def every_month(after: int, at: time, days: Collection[int]) -> int:
    """Return the next moment at that time of one of some days of the month; what a month has not is its last day."""
    wanted = set(days) & set(range(1, 32)) or {1}

    def fits(day: date) -> bool:
        last = calendar.monthrange(day.year, day.month)[1]
        return day.day in wanted or (day.day == last and max(wanted) > last)

    return _first(after, at, fits)


def day_of(moment: int) -> date:
    """Return the day on which a moment falls."""
    return clock.to_datetime(moment, clock.DEFAULT_ZONE).date()


def moment_of(day: date, at: time) -> int:
    """Return the moment at which it is that time on that day."""
    return clock.to_micros(datetime.combine(day, at, tzinfo=clock.DEFAULT_ZONE))


def _first(after: int, at: time, fits: Callable[[date], bool]) -> int:
    day = day_of(after)
    for _ in range(64):  # no two days that fit lie further apart
        moment = moment_of(day, at)
        if moment > after and fits(day):
            return moment
        day += timedelta(days=1)
    return moment_of(day, at)
