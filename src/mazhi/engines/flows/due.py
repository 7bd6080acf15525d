"""Work whose time is over (超时): reminded of, decided, sent back or handed on, as its node says.

One job looks at a step at its due moment, and another at each repetition of a reminder. A job does nothing where the
step is over, is not due any more, or has been looked at already: so it may run twice, late, or after the clock was
put back. A clock that was put forward by days leads to one reminder, not to one for each that was missed.

Time never completes what nobody passes (a scan step), never signs for anybody, and never hands in what is incomplete:
then people are reminded instead, and who manages flows is told where what should have happened was refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.flows import acting, store
from mazhi.engines.flows.actions import refuse, send_back
from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.running import advancing, failing, handing, returning, work
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.service import Running
from mazhi.engines.flows.state import Step
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, PlatformError, Problem
from mazhi.kernel.jobs.model import problems_of
from mazhi.kernel.jobs.service import JobRun, Jobs

SEEN = "due_seen"
"""In the data of a step: how many times it was looked at because its time was over."""


class Due:
    """Looks at work whose time is over."""

    def __init__(self, db: Database, running: Running, jobs: Jobs) -> None:
        """Work on that database; the moments come as jobs."""
        self._db = db
        self._running = running
        self._jobs = jobs
        jobs.handler(work.DUE, self._job)

    def _job(self, job: JobRun) -> Mapping[str, object] | None:
        self.look(int(job.body["step"]), int(job.body["at"]), int(job.body.get("turn", 0)))
        return None

    def look(self, step_id: int, at: int, turn: int = 0) -> None:
        """Do what a node says, for the so-manieth time; ``at`` is the due moment for which it was arranged."""
        try:
            self._locked(step_id, at, turn, _do)
        except PlatformError as error:
            problems = problems_of(error)
            self._locked(step_id, at, turn, lambda run, step, _turn: _report(run, step, problems))

    def _locked(self, step_id: int, at: int, turn: int, do: Any) -> None:
        def once(purse: Purse) -> None:
            with self._db.write() as tx:
                found = store.step(tx, step_id)
                if found is None:
                    return
                run = self._running.open(tx, purse, SYSTEM, found.instance_id)
                step = store.step(tx, step_id)
                if step is None or step.state != "open" or run.instance.state != "running" or step.due_at != at:
                    return
                if int(step.data.get(SEEN, 0)) > turn:
                    return
                if run.at < at:  # the clock was put back
                    self._again(run, step, at, turn)
                    return
                step.data = {**step.data, SEEN: turn + 1}
                store.keep_step(tx, step)
                do(run, step, turn)
                if step.state == "open" and run.instance.state == "running":
                    self._repeat(run, step, turn)
                run.close()

        with_purse(once)

    def _repeat(self, run: Run, step: Step, turn: int) -> None:
        due = _said(run, step)
        every = due.get("every")
        if step.due_at is None or not isinstance(every, int | float) or every <= 0 or due.get("then") != "remind":
            return
        gap = max(int(every * work.HOUR), work.HOUR // 12)
        missed = max(0, run.at - step.due_at) // gap
        self._again(run, step, step.due_at + (missed + 1) * gap, turn + 1)

    def _again(self, run: Run, step: Step, at: int, turn: int) -> None:
        body = {"step": step.id, "at": step.due_at, "turn": turn}
        self._jobs.enqueue(run.tx, work.DUE, body, actor=SYSTEM, run_at=at)


def _said(run: Run, step: Step) -> Mapping[str, Any]:
    return run.node(step).options.get("due") or {}


def _do(run: Run, step: Step, turn: int) -> None:
    node, kind = run.node(step), run.kind(run.node(step))
    then = str(_said(run, step).get("then", "remind"))
    signs = (node.options.get("sign") or {}).get("needed")
    may = {"approve": node.kind in {"approve", "fill"} and not kind.unskippable and not signs,
           "refuse": node.kind == "approve"}  # fmt: skip
    if turn or then not in _WHAT or not may.get(then, True):
        _remind(run, step, then)
    else:
        _WHAT[then](run, step)


def _remind(run: Run, step: Step, then: str = "remind") -> None:
    node = run.node(step)
    waiting = [one for one in store.tasks(run.tx, [step.id]) if one.state == "open"]
    instead = {} if then == "remind" else {"instead": then}
    run.note("due", node, step, then="remind", to=handing.usernames(run, [one.user_id for one in waiting]), **instead)
    for one in waiting:
        run.tell([one.user_id], "notice_due", f"/tasks/{one.id}", node=node.title or run.kind(node).zh)


def _approve(run: Run, step: Step) -> None:
    node = run.node(step)
    acting.put_values(run, node, Asked(), whole=True)
    run.note("due", node, step, then="approve")
    advancing.leave(run, step, work.complete(run, step, "submitted" if node.kind == "fill" else "approved"))


def _refuse(run: Run, step: Step) -> None:
    run.note("due", run.node(step), step, then="refuse")
    refuse.end_refused(run, step)


def _send_back(run: Run, step: Step) -> None:
    targets = send_back.targets(run, step)
    if not targets:
        _remind(run, step, "send_back")
        return
    run.note("due", run.node(step), step, then="send_back")
    returning.send_back(run, step, targets[0], how=send_back.hows(run.node(step))[0])


def _transfer(run: Run, step: Step) -> None:
    node, to = run.node(step), str(_said(run, step).get("to", ""))
    users = people.users(run.tx, [to])
    if not users:
        raise ConflictError("unknown_user", user=to, item=to)
    run.note("due", node, step, then="transfer", to=[to])
    for one in store.tasks(run.tx, [step.id]):
        if one.state in {"open", "waiting"}:
            work.act(run, one, "reassign", "")
    work.give(run, node, step, users, via="manager")


_WHAT = {"remind": _remind, "approve": _approve, "refuse": _refuse, "send_back": _send_back, "transfer": _transfer}


def _report(run: Run, step: Step, problems: list[Problem]) -> None:
    """Note that what should have happened was refused; the work stays with those who have it."""
    node = run.node(step)
    run.note("due", node, step, then="refused", problems=failing.told(problems))
    waiting = [one.user_id for one in store.tasks(run.tx, [step.id]) if one.state == "open"]
    told = {*waiting, *people.managers(run.tx)}
    run.tell(told, "notice_due_failed", node=node.title or run.kind(node).zh)
