"""到日期: so many days before or after a date of the record, at a time of day; each record and date once.

Where the moment had passed already when the record was written (it is new, or has another date), it counts at once:

* within a day after the moment, or
* of what comes before the date, also until the day of the date is over.

Else it is skipped, and whoever looks at the flows of the record sees that (``skipped``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from mazhi.engines.flows.triggers import timing
from mazhi.engines.flows.triggers.kind import WHEN, Options, Seen, TriggerKind, formula_faults
from mazhi.engines.options import Option
from mazhi.kernel import clock
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn

KINDS = ("date", "datetime")
GRACE = clock.MICROS_PER_DAY
"""So long after a moment a record still starts the flow that was written only then."""


def next_(options: Options, after: int) -> int:
    """Return the next moment at which dates are looked at."""
    return timing.every_day(after, _time(options))


def _time(options: Options) -> time:
    return timing.read_time(str(options.get("at", ""))) or time(8, 0)


def day_in(value: object) -> date | None:
    """Return the day that a field holds, a moment by the clock of the house; None where it holds none."""
    text = str(value or "")
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        return datetime.fromisoformat(text).astimezone(clock.DEFAULT_ZONE).date()
    except (ValueError, OverflowError):
        return None


def moment_for(options: Options, day: date) -> int | None:
    """Return the moment that belongs to a day of a record; None where the calendar has no such day."""
    try:
        return timing.moment_of(day + timedelta(days=int(options.get("days", 0))), _time(options))
    except OverflowError:
        return None


def late(options: Options, seen: Seen) -> str | None:
    """Return the day of a record that was written after its moment and starts the flow at once for it."""
    field = str(options.get("field"))
    day = day_in(seen.saved.after.get(field))
    fresh = seen.saved.before is None or seen.changed([field])
    moment = None if day is None or not fresh else moment_for(options, day)
    if day is None or moment is None:
        return None
    now = clock.to_micros(seen.at.replace(tzinfo=clock.DEFAULT_ZONE))
    ahead = int(options.get("days", 0)) < 0 and timing.day_of(now) <= day
    if not (moment <= now and (now <= moment + GRACE or ahead)):
        return None
    return day.isoformat() if seen.holds(str(options.get("when", ""))) else None


def faults(options: Options, drawn: Drawn) -> Iterable[Problem]:
    """Say what is no date of the form, and what no time."""
    code = str(options.get("field") or "")
    one = drawn.form.by_code(code)
    if not code:
        yield Problem("flow_trigger_no_field", {}, "/field")
    elif one is None:
        yield from drawn.field(code, "/field")
    elif one.kind not in KINDS:
        yield Problem("flow_trigger_not_a_date", {"field": one.title}, "/field")
    if timing.read_time(str(options.get("at", ""))) is None:
        yield Problem("flow_trigger_no_time", {"value": str(options.get("at", ""))}, "/at")
    yield from formula_faults(options, drawn, "when")


KIND = TriggerKind(
    name="date",
    zh="到了日期",
    en="On a date of the record",
    zh_hint="例如保质期前 3 天",
    en_hint="Such as 3 days before it expires",
    options=(
        Option("field", "哪个日期", "Which date", "field", "", kinds=KINDS),
        Option("days", "前后几天", "Days after", "whole", 0, least=-3650, most=3650, zh_hint="负数是提前。",
               en_hint="Negative: before."),
        Option("at", "几点", "At", "text", "08:00"),
        WHEN,
    ),
    next=next_,
    late=late,
    faults=faults,
    example={"field": "due", "days": -3, "at": "08:00"},
)  # fmt: skip
