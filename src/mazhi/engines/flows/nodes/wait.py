"""等待: the flow rests for a while, until a date of the record, or until a time of the day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from mazhi.engines.flows.effects.checking import Looking
from mazhi.engines.flows.effects.values import Around
from mazhi.engines.flows.kind import Done, NodeKind, Outcome, Wait
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.refusing import refused_at
from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.values import to_date
from mazhi.engines.options import Choice, Option
from mazhi.kernel import clock
from mazhi.kernel.errors import ConflictError, Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step

UNITS = {"minutes": 60, "hours": 3_600, "days": 86_400}
LONGEST_DAYS = 3_660


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Rest, unless the moment is past already."""
    with refused_at(run, node):
        until = _until(run, node, step)
    if until is None:
        return Done("no_date")
    return Done("waited", _told(until)) if until <= run.at else Wait(until, _told(until))


def wake(run: Run, node: Node, step: Step) -> Outcome:
    """Go on, unless the date was moved, or the clock was, since it was entered."""
    return enter(run, node, step)


def _told(until: int) -> dict[str, str]:
    return {"until": clock.to_datetime(until, clock.DEFAULT_ZONE).isoformat(timespec="minutes")}


def _until(run: Run, node: Node, step: Step) -> int | None:
    options = node.options
    amount = timedelta(seconds=float(options["amount"]) * UNITS[str(options["unit"])])
    if options["until"] == "duration":
        return step.entered_at + int(amount.total_seconds() * clock.MICROS_PER_SECOND)
    if options["until"] == "time":
        return _next(step.entered_at, str(options["time"]))
    value = Around(run).formula(str(options["date"]))
    if value is None or value == "":
        if options["none"] == "fail":
            raise ConflictError("flow_no_date")
        return None
    try:
        day = to_date(value)
    except FaultError:
        raise ConflictError("flow_no_date") from None
    at = time.fromisoformat(str(options["time"]) or "00:00")
    moment = day if isinstance(day, datetime) else datetime.combine(day, at)
    try:
        return clock.to_micros((moment + amount).replace(tzinfo=clock.DEFAULT_ZONE))
    except OverflowError:
        raise ConflictError("flow_no_date") from None


def _next(entered: int, at: str) -> int:
    """Return the next moment of a day's time after a step was entered."""
    began = clock.to_datetime(entered, clock.DEFAULT_ZONE)
    day: date = began.date()
    moment = datetime.combine(day, time.fromisoformat(at), clock.DEFAULT_ZONE)
    if moment <= began:
        moment = datetime.combine(day + timedelta(days=1), time.fromisoformat(at), clock.DEFAULT_ZONE)
    return clock.to_micros(moment)


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say what is missing, or no time."""
    looking, options = Looking(drawn, node), node.options
    if options["until"] == "duration" and not options["amount"]:
        yield looking.missing("amount", "多久", "How long")
    if options["until"] == "date":
        if not options["date"]:
            yield looking.missing("date", "哪个日期", "Which date")
        else:
            yield from looking.formula(str(options["date"]), "/options/date")
    if options["until"] == "time" and not options["time"]:
        yield looking.missing("time", "几点", "What time")
    if options["time"]:
        try:
            time.fromisoformat(str(options["time"]))
        except ValueError:
            yield Problem("flow_bad_time", {"value": str(options["time"])[:20]}, "/options/time")


KIND = NodeKind(
    name="wait",
    zh="等待",
    en="Wait",
    zh_hint="等一段时间，或等到某个日期",
    en_hint="For a while, or until a date",
    group="logic",
    icon="clock",
    colour="#6B7480",
    options=(
        Option(
            "until", "等到", "Until", "choice", "duration",
            choices=(
                Choice("duration", "过一段时间", "Some time has passed"),
                Choice("date", "日期字段", "A date of the record"), Choice("time", "当天几点", "A time of the day"),
            ),
        ),
        Option("amount", "多久", "How long", "number", 0, least=-LONGEST_DAYS, most=LONGEST_DAYS,
               zh_hint="日期前用负数。", en_hint="Negative: before the date."),
        Option(
            "unit", "单位", "Unit", "choice", "hours",
            choices=(
                Choice("minutes", "分钟", "Minutes"), Choice("hours", "小时", "Hours"), Choice("days", "天", "Days"),
            ),
        ),
        Option("date", "哪个日期", "Which date", "formula", ""),
        Option("time", "几点", "What time", "text", "", zh_hint="如 08:30。", en_hint="Such as 08:30."),
        Option(
            "none", "日期空着时", "Where the date is empty", "choice", "go_on",
            choices=(Choice("go_on", "继续", "Goes on"), Choice("fail", "停下并提示", "Is refused")),
        ),
    ),
    enter=enter,
    wake=wake,
    faults=faults,
    example={"until": "date", "date": "due", "amount": -2, "unit": "days", "time": "08:30"},
)  # fmt: skip
