"""到日期: so many days before or after a date of the record, at a time of day; each record and date once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import TYPE_CHECKING

from mazhi.engines.flows.triggers import timing
from mazhi.engines.flows.triggers.kind import WHEN, Options, TriggerKind, formula_faults
from mazhi.engines.options import Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn

KINDS = ("date", "datetime")


def next_(options: Options, after: int) -> int:
    """Return the next moment at which dates are looked at."""
    return timing.every_day(after, timing.read_time(str(options.get("at", ""))) or time(8, 0))


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
    faults=faults,
    example={"field": "due", "days": -3, "at": "08:00"},
)  # fmt: skip
