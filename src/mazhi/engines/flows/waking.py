"""What happens to running flows without a person: a moment comes, an answer arrives, something outside fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Done
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.running import advancing, failing
from mazhi.engines.flows.running.failing import ATTEMPTS, PROBLEMS
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.service import Running
from mazhi.engines.flows.state import Step
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database
from mazhi.kernel.errors import PlatformError, Problem
from mazhi.kernel.jobs.model import Job, problems_of
from mazhi.kernel.jobs.service import JobRun, Jobs

ELSEWHERE = Problem("flow_stopped_elsewhere")
"""Why a step does not go on whose moment or answer comes while the flow stands still: it is taken up later."""
_ALIVE = frozenset({"running", "failed"})
Answer = Callable[[Run, Step], Done]
"""Says what came of a step, in the transaction that ends it; it refuses by raising."""


class Waking:
    """Goes on with steps that wait for no person."""

    def __init__(self, db: Database, running: Running, jobs: Jobs) -> None:
        """Work on that database; the moments come as jobs."""
        self._db = db
        self._running = running
        jobs.handler(advancing.WAKE, self._wake, given_up=self._given_up)

    def _wake(self, job: JobRun) -> Mapping[str, object] | None:
        """Look at a step whose moment has come."""

        def work(run: Run, step: Step) -> None:
            node = run.node(step)
            wake = run.kind(node).wake
            if run.instance.state == "failed":
                failing.fail(run, step, [ELSEWHERE])
            elif wake is not None:
                advancing.go(run, *advancing.settle(run, step, wake(run, node, step)))

        self._try(int(job.body["step"]), work, None)
        return None

    def _given_up(self, job: Job, problems: Sequence[Problem]) -> None:
        self.fail(int(job.body["step"]), problems)

    def is_open(self, step_id: int) -> bool:
        """Tell whether anybody still waits for a step."""
        with self._db.read() as tx:
            step = store.step(tx, step_id)
            held = None if step is None else store.instance(tx, step.instance_id)
        return step is not None and held is not None and step.state == "open" and held.state in _ALIVE

    def end(self, step_id: int, answer: Answer) -> None:
        """End a step with an answer from outside, and go on; a step that is over already stays as it is.

        Where the answer cannot be taken, or what follows is refused, the step has failed and nothing else has changed.
        """
        came: list[Done] = []

        def work(run: Run, step: Step) -> None:
            for name in (PROBLEMS, ATTEMPTS):
                step.data.pop(name, None)
            came[:] = [answer(run, step)]
            if run.instance.state == "failed":
                failing.fail(run, step, [ELSEWHERE], came[0])
                return
            advancing.go(run, *advancing.settle(run, step, came[0]))

        self._try(step_id, work, came)

    def fail(self, step_id: int, problems: Sequence[Problem]) -> None:
        """Mark a step that waits as failed."""
        self._locked(step_id, lambda run, step: failing.fail(run, step, problems))

    def tried(self, step_id: int, attempts: int, problems: Sequence[Problem]) -> None:
        """Note with a step that waits for an answer that there was none yet, and why: whoever looks sees it."""

        def work(run: Run, step: Step) -> None:
            step.data = {**step.data, PROBLEMS: failing.told(problems), ATTEMPTS: attempts}
            store.keep_step(run.tx, step)

        self._locked(step_id, work)

    def report(self, step_id: int, problems: Sequence[Problem]) -> None:
        """Note in the trail that something which nobody waited for has failed, and tell who manages flows."""

        def work(purse: Purse) -> None:
            with self._db.write() as tx:
                step = store.step(tx, step_id)
                if step is None:
                    return
                run = self._running.open(tx, purse, SYSTEM, step.instance_id)
                node = run.node(step)
                run.note("not_sent", node, step, problems=failing.told(problems))
                run.tell(people.managers(tx), "notice_flow_not_sent", node=node.title or run.kind(node).zh)
                run.close()

        with_purse(work)

    def _try(self, step_id: int, work: Callable[[Run, Step], None], came: list[Done] | None) -> None:
        try:
            self._locked(step_id, work)
        except PlatformError as error:
            problems = problems_of(error)
            held = came[0] if came else None
            self._locked(step_id, lambda run, step: failing.fail(run, step, problems, held))

    def _locked(self, step_id: int, work: Callable[[Run, Step], None]) -> None:
        """Do something with an open step of an instance that is locked; nothing where it is over."""

        def once(purse: Purse) -> None:
            with self._db.write() as tx:
                found = store.step(tx, step_id)
                if found is None:
                    return
                run = self._running.open(tx, purse, SYSTEM, found.instance_id)
                step = store.step(tx, step_id)
                if step is None or step.state != "open" or run.instance.state not in _ALIVE:
                    return
                work(run, step)
                run.close()

        with_purse(once)


def plain_answer(outcome: str, **data: Any) -> Answer:
    """Make an answer that only says how it ended."""
    return lambda _run, _step: Done(outcome, data)
