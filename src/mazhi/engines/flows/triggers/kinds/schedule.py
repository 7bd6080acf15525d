"""定时: at certain moments, on every record that a filter lets through, or on one new record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import TYPE_CHECKING

from mazhi.engines.flows.triggers import timing
from mazhi.engines.flows.triggers.filling import value_faults
from mazhi.engines.flows.triggers.kind import Options, TriggerKind, filter_faults, right_faults
from mazhi.engines.options import Choice, Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn

LEAST_MINUTES = 5
_LAST = {"week": 7, "month": 31}
DAYS = tuple(Choice(str(day), str(day), str(day)) for day in range(1, 32))


def next_(options: Options, after: int) -> int:
    """Return the next moment."""
    at = timing.read_time(str(options.get("at", ""))) or time(8, 0)
    days = [int(day) for day in options.get("days") or ()]
    match options.get("every", "day"):
        case "minutes":
            return timing.every_minutes(after, max(LEAST_MINUTES, int(options.get("minutes", 60))))
        case "week":
            return timing.every_week(after, at, days)
        case "month":
            return timing.every_month(after, at, days)
        case _:
            return timing.every_day(after, at)


def faults(options: Options, drawn: Drawn) -> Iterable[Problem]:
    """Say what of it is no moment, and which field is gone."""
    every = options.get("every", "day")
    if every != "minutes" and timing.read_time(str(options.get("at", ""))) is None:
        yield Problem("flow_trigger_no_time", {"value": str(options.get("at", ""))}, "/at")
    if any(int(day) > _LAST.get(str(every), 31) for day in options.get("days") or ()):
        yield Problem("flow_trigger_bad_days", {"last": _LAST.get(str(every), 31)}, "/days")
    if options.get("on", "records") == "new":
        yield from right_faults(drawn, "create", "/on")
        yield from value_faults(options.get("values") or (), drawn, "/values")
    else:
        yield from filter_faults(options.get("filter"), drawn, "/filter")


KIND = TriggerKind(
    name="schedule",
    zh="定时",
    en="On a schedule",
    zh_hint="每天、每周、每月或每隔几分钟",
    en_hint="Every day, week, month, or so many minutes",
    options=(
        Option("every", "多久一次", "Every", "choice", "day",
               choices=(Choice("day", "每天", "Day"), Choice("week", "每周", "Week"), Choice("month", "每月", "Month"),
                        Choice("minutes", "每隔几分钟", "So many minutes"))),
        Option("at", "几点", "At", "text", "08:00"),
        Option("days", "哪几天", "On which days", "texts", [], choices=DAYS,
               zh_hint="每周：1 是星期一；每月：几号，没有那天就是月末。",
               en_hint="Of a week: 1 is Monday. Of a month: its last day where it has no such day."),
        Option("minutes", "隔几分钟", "Minutes", "whole", 60, least=LEAST_MINUTES, most=1440),
        Option("on", "对谁发起", "On", "choice", "records",
               choices=(Choice("records", "符合条件的每条记录", "Every record that fits"),
                        Choice("new", "新建一条记录", "One new record"))),
        Option("filter", "哪些记录", "Which records", "filter", {}),
        Option("values", "新记录填什么", "What the new record holds", "assignments", []),
    ),
    next=next_,
    faults=faults,
    example={"every": "week", "at": "09:30", "days": ["1", "5"]},
)  # fmt: skip
