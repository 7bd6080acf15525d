"""What comes by itself when its moment has come: schedules, and dates of records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.triggers import store, timing
from mazhi.engines.flows.triggers.family import trigger_kinds
from mazhi.engines.flows.triggers.filling import fill
from mazhi.engines.flows.triggers.kind import holds
from mazhi.engines.flows.triggers.kinds.date import day_in, moment_for
from mazhi.engines.flows.triggers.publishing import CLOCK, set_clock
from mazhi.engines.flows.triggers.starting import PAGE, Starting, Wanted, Why
from mazhi.engines.flows.triggers.store import Trigger
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.jobs.service import JobRun

ROUND = "flow_round"
"""The kind of job that goes over the records for which a moment has come."""
SLACK = clock.MICROS_PER_DAY
"""By so much the system's clock can be put back without a moment's counting twice."""
LONGEST_SLEEP = 60
"""So many days are made up for after a long sleep."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A moment of a record that starts nothing any more.

    Attributes:
        flow: The code of the flow.
        name: What people call it.
        day: The date that the record holds.
        moment: When it would have started, µs.
    """

    flow: str
    name: str
    day: date
    moment: int


class Clockwork:
    """Does what triggers do when their moment has come."""

    def __init__(self, db: Database, ports: Ports, starting: Starting, now: Callable[[], int] = clock.now) -> None:
        """Work on that database, and take the jobs of moments."""
        self._db = db
        self._ports = ports
        self._starting = starting
        self._now = now
        ports.jobs.handler(CLOCK, self.tick)
        ports.jobs.handler(ROUND, self.round)
        ports.jobs.hourly(self.wind)

    def tick(self, job: JobRun) -> Mapping[str, object]:
        """Take one moment of a trigger, once, and set the clock for the next.

        Moments that went by while nobody looked are taken together. A trigger that was published anew has its own
        clock, and the old one does nothing.
        """
        with self._db.write() as tx:
            trigger = store.held(tx, int(job.body["trigger"]))
            if trigger is None or trigger.due_at != job.body["at"]:
                return {"taken": False}
            now = self._now()
            self._wind(tx, trigger, max(now, trigger.due_at or 0))
            body = {"trigger": trigger.id, "at": trigger.due_at, "until": max(now, trigger.due_at or 0)}
            self._ports.jobs.enqueue(tx, ROUND, body, actor=SYSTEM)
            job.finish(tx, {"taken": True})
        return {"taken": True}

    def wind(self) -> int:
        """Set clocks right that stand further ahead than can be: the system's clock was wrong; return how many.

        Put back by a day or less, the system's clock makes a trigger rest until it comes to where it was: no moment
        counts twice. Put back further it was wrong, and the trigger goes by the new time.
        """
        with self._db.write() as tx:
            late = [
                one
                for kind in trigger_kinds
                for one in (store.of_kind(tx, kind.name) if kind.next else ())
                if kind.next and one.due_at is not None and one.due_at > kind.next(one.options, self._now() + SLACK)
            ]
            for one in late:
                self._wind(tx, one, self._now())
            return len(late)

    def _wind(self, tx: Tx, trigger: Trigger, after: int) -> None:
        next_ = trigger_kinds[trigger.kind].next
        if next_ is not None:
            due_at = next_(trigger.options, after)
            store.set_due(tx, trigger.id, due_at)
            set_clock(tx, self._ports.jobs, trigger.id, due_at)

    def round(self, job: JobRun) -> Mapping[str, object]:
        """Start the flow on every record for which the moment has come."""
        with self._db.read() as tx:
            trigger = store.some(tx, [int(job.body["trigger"])]).get(int(job.body["trigger"]))
        if trigger is None:
            return {"records": 0}
        if trigger.kind == "date":
            self._dates(job, trigger)
        elif trigger.options.get("on") == "new":
            self._new(job, trigger)
        else:
            cursor = job.cursor or {}
            self._all(job, trigger, trigger.options.get("filter"), cursor.get("record"), {}, Why("schedule"))
        return {"records": job.done}

    def _new(self, job: JobRun, trigger: Trigger) -> None:
        """Add one record and start the flow on it."""
        if job.cursor is None:

            def work(purse: Purse) -> int:
                with self._db.write() as tx:
                    values = fill(trigger.options.get("values") or ())
                    number = self._ports.records.create(tx, SYSTEM, purse, trigger.app, trigger.form, [values])[0]
                    job.checkpoint(tx, cursor={"made": number})
                    return number

            with_purse(work)
        if "made" in job.cursor:
            wanted = Wanted(trigger.app, trigger.flow, int(job.cursor["made"]), {"done": True})
            self._starting.page(job, [wanted], Why("schedule"))

    def _dates(self, job: JobRun, trigger: Trigger) -> None:
        """Start the flow on the records whose date has come, day by day, each record and date once."""
        cursor = job.cursor or {}
        for day in _days(trigger, int(job.body["at"]), int(job.body["until"])):
            if cursor.get("day", "") > day.isoformat():
                continue
            target = day - timedelta(days=int(trigger.options.get("days", 0)))
            after = cursor.get("record") if cursor.get("day") == day.isoformat() else None
            why = Why("date", keep=self._keep(trigger, target.isoformat()))
            filter_ = self._filter(trigger, target)
            if filter_ is not None:
                self._all(job, trigger, filter_, after, {"day": day.isoformat()}, why)

    def skipped(self, tx: Tx, app: str, form: str, record: int) -> list[Skipped]:
        """Return the moments of a record that were over, for good, before the record or the trigger was there."""
        records = self._ports.records
        triggers = store.of_form(tx, records.form(tx, app, form).id, ["date"])
        values = records.values(tx, app, form, record) if triggers else None
        found = []
        for one in triggers if values is not None else ():
            day = day_in((values or {}).get(str(one.options.get("field"))))
            moment = None if day is None else moment_for(one.options, day)
            if day is None or moment is None or moment >= (one.due_at or 0):
                continue
            if not store.fired(tx, one.id, record, day.isoformat()) and self._fits(tx, one, record):
                found.append(Skipped(one.flow, one.name, day, moment))
        return found

    def _fits(self, tx: Tx, trigger: Trigger, record: int) -> bool:
        when = str(trigger.options.get("when") or "")
        return not when or holds(when, self._ports.records.scope(tx, trigger.app, trigger.form, record))

    def _filter(self, trigger: Trigger, target: date) -> Mapping[str, Any] | None:
        """Return what lets through the records that have a date; None where the field is no more."""
        code = str(trigger.options.get("field"))
        with self._db.read() as tx:
            one = self._ports.records.form(tx, trigger.app, trigger.form).by_code(code)
        if one is None:
            return None
        if one.kind == "date":
            return {"field": code, "is": "equal", "value": target.isoformat()}
        return {
            "and": [
                {"field": code, "is": "at_least", "value": target.isoformat()},
                {"field": code, "is": "less", "value": (target + timedelta(days=1)).isoformat()},
            ]
        }

    def _keep(self, trigger: Trigger, day: str) -> Callable[[Tx, Sequence[Wanted]], Sequence[Wanted]]:
        def keep(tx: Tx, wanted: Sequence[Wanted]) -> Sequence[Wanted]:
            wanted = [one for one in wanted if self._fits(tx, trigger, one.record)]
            fresh = store.fire(tx, trigger.id, day, [one.record for one in wanted], self._now())
            return [one for one in wanted if one.record in fresh]

        return keep

    def _all(
        self, job: JobRun, trigger: Trigger, filter_: object, after: int | None, cursor: Mapping[str, Any], why: Why
    ) -> None:
        """Start the flow on every record that a filter lets through, the newest first."""
        for numbers in self._pages(trigger, filter_, after):
            wanted = [Wanted(trigger.app, trigger.flow, one, {**cursor, "record": one}) for one in numbers]
            self._starting.page(job, wanted, why)

    def _pages(self, trigger: Trigger, filter_: object, after: int | None) -> Iterator[list[int]]:
        while True:
            with self._db.read() as tx:
                numbers = self._ports.records.numbers(tx, trigger.app, trigger.form, filter_ or None, after, PAGE)
            if not numbers:
                return
            yield numbers
            after = numbers[-1]


def _days(trigger: Trigger, at: int, until: int) -> list[date]:
    """Return the days whose moment has come since the clock was set, at the most those of a long sleep."""
    first, found = timing.day_of(at), []
    time = timing.read_time(str(trigger.options.get("at", "")))
    last = timing.day_of(until)
    first = max(first, last - timedelta(days=LONGEST_SLEEP))
    while first <= last:
        if time is None or timing.moment_of(first, time) <= until:
            found.append(first)
        first += timedelta(days=1)
    return found
