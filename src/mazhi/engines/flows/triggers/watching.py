"""Records that start flows, and records that must not be saved: judged in the transaction that writes them.

What starts is enqueued in the same transaction, so that nothing is lost and nothing happens twice; whoever saved one
record does it at once after the commit, so that the task is there when they look. So does a date of the record whose
moment had passed just before it was saved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from mazhi.engines.facts import Saving
from mazhi.engines.flows.running.causing import cause
from mazhi.engines.flows.service import DEEPEST
from mazhi.engines.flows.state import Instance
from mazhi.engines.flows.triggers import store
from mazhi.engines.flows.triggers.family import trigger_kinds
from mazhi.engines.flows.triggers.kind import Seen
from mazhi.engines.flows.triggers.starting import START
from mazhi.engines.flows.triggers.store import Trigger
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, Problem
from mazhi.kernel.jobs.service import Jobs

Starts = list[tuple[Trigger, list[int]]]
"""Which flows are started, and on which records."""
CHEAP = 3
"""So many flows are started while whoever saved waits; more are left to the jobs."""


class Watching:
    """Looks at what is saved; it is handed to the records as their watcher."""

    def __init__(self, jobs: Jobs) -> None:
        """Enqueue what is to be started."""
        self._jobs = jobs
        self._held: dict[int, tuple[int, list[Trigger]]] = {}

    def watches(self, tx: Tx, form_id: int) -> bool:
        """Tell whether a form has triggers that look at records; one look at one number if nothing changed."""
        return bool(self._of(tx, form_id))

    def _of(self, tx: Tx, form_id: int) -> list[Trigger]:
        version = store.version(tx, form_id)
        if not version:
            return []
        held = self._held.get(form_id)
        if held is None or held[0] != version:
            looking = [kind.name for kind in trigger_kinds if kind.fires or kind.refuses or kind.late]
            held = self._held[form_id] = (version, store.of_form(tx, form_id, looking))
        return held[1]

    def refuses(self, tx: Tx, saving: Saving) -> Sequence[Sequence[Problem]]:
        """Say of each record why it must not be saved."""
        judging = [
            (refuses, one) for one in self._of(tx, saving.form_id) if (refuses := trigger_kinds[one.kind].refuses)
        ]
        if not judging:
            return [()] * len(saving.saved)
        at = _present()
        found = []
        for saved in saving.saved:
            seen = Seen(saving, saved, at)
            problems = (refuses(trigger.options, seen) for refuses, trigger in judging)
            found.append([problem for problem in problems if problem is not None])
        return found

    def saved(self, tx: Tx, actor: Actor, saving: Saving) -> Callable[[], object] | None:
        """Enqueue the flows that the records start.

        Raises:
            ConflictError: Flows start one another for ever (code ``flow_loop``).
        """
        starts, late = self._starts(tx, saving), self._late(tx, saving)
        count = sum(len(records) for _, records in (*starts, *late))
        if not count:
            return None
        by = cause()
        if by is not None and by.depth + 1 > DEEPEST:
            first = (*starts, *late)[0][0].flow
            chain = [*store.chain(tx, by.id), first]
            raise ConflictError("flow_loop", item=first, limit=DEEPEST, chain=" → ".join(chain))
        soon = saving.soon and count <= CHEAP
        jobs = [
            self._enqueue(tx, actor, some, origin, by, reserved=soon)
            for origin, some in (("record", starts), ("date", late))
            if some
        ]
        return (lambda: [self._jobs.run_now(actor, job) for job in jobs]) if soon else None

    def _enqueue(
        self, tx: Tx, actor: Actor, starts: Starts, origin: str, by: Instance | None, *, reserved: bool
    ) -> str:
        body = {
            "starts": [{"app": one.app, "flow": one.flow, "records": records} for one, records in starts],
            "origin": origin, "depth": 0 if by is None else by.depth + 1, "cause": 0 if by is None else by.id,
        }  # fmt: skip
        count = sum(len(records) for _, records in starts)
        return self._jobs.enqueue(tx, START, body, actor=actor, total=count, reserved=reserved)

    def _late(self, tx: Tx, saving: Saving) -> Starts:
        """Find what starts because its date came before the record; each record and date once, as by the clock."""
        looking = [(late, one) for one in self._of(tx, saving.form_id) if (late := trigger_kinds[one.kind].late)]
        at, found = _present(), []
        for late, trigger in looking:
            days: dict[str, list[int]] = {}
            for saved in saving.saved:
                day = late(trigger.options, Seen(saving, saved, at))
                if day is not None:
                    days.setdefault(day, []).append(saved.number)
            fresh = [one for day, some in days.items() for one in store.fire(tx, trigger.id, day, some, clock.now())]
            if fresh:
                found.append((trigger, sorted(fresh)))
        return found

    def _starts(self, tx: Tx, saving: Saving) -> Starts:
        """Find what starts; a flow once on each record, and not where it runs already unless it may."""
        looking = [(fires, one) for one in self._of(tx, saving.form_id) if (fires := trigger_kinds[one.kind].fires)]
        at = _present()
        fired: dict[int, tuple[Trigger, list[int]]] = {}
        for saved in saving.saved if looking else ():
            seen = Seen(saving, saved, at)
            for fires, trigger in looking:
                some = fired.get(trigger.flow_id, (trigger, []))[1]
                if saved.number not in some[-1:] and fires(trigger.options, seen):
                    fired.setdefault(trigger.flow_id, (trigger, some))[1].append(saved.number)
        if not fired:
            return []
        there = store.runs(tx, saving.form_id, {number for _, some in fired.values() for number in some})
        found = []
        for trigger, some in fired.values():
            left = some if trigger.again else [one for one in some if (trigger.flow_id, one) not in there]
            if left:
                found.append((trigger, left))
        return found


def _present() -> datetime:
    return clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).replace(tzinfo=None, microsecond=0)
