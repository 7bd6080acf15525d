"""Work of people who are shut out (停用): it goes on to somebody else, so that nothing lies with who cannot sign in.

It goes to who stands in for them at that moment, else to whom the step names for when nobody is found, else to who
manages flows; one who has work in the step already comes last. It is told in the trail, and whoever gets it is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from mazhi.engines.flows import store
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.people.service import stand_ins
from mazhi.engines.flows.running import handing
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.service import Running
from mazhi.engines.flows.state import Step, Task
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.jobs.service import JobRun, Jobs

LEFT = "flow_left"
"""The kind of job that hands on the work of somebody who was shut out."""
PAGE = 100
_UNDONE = frozenset({"open", "waiting"})
_ALIVE = frozenset({"running", "failed"})


class Leaving:
    """Hands on the work of people who are shut out."""

    def __init__(self, db: Database, running: Running, jobs: Jobs) -> None:
        """Work on that database; it is done as jobs, each task in a transaction of its own."""
        self._db = db
        self._running = running
        self._jobs = jobs
        jobs.handler(LEFT, self._job)

    def left(self, tx: Tx, actor: Actor, user_id: int) -> None:
        """Have the work of somebody handed on who is shut out in this transaction."""
        if store.undone_of(tx, user_id, 0, 1):
            self._jobs.enqueue(tx, LEFT, {"user": user_id}, actor=actor)

    def _job(self, job: JobRun) -> Mapping[str, object]:
        user, after = int(job.body["user"]), 0
        while True:
            with self._db.read() as tx:
                found = [] if people.active(tx, [user]) else store.undone_of(tx, user, after, PAGE)
            if not found:
                return {}
            for number in found:
                self._hand_on(number, user)
            after = found[-1]

    def _hand_on(self, number: int, user: int) -> None:
        def once(purse: Purse) -> None:
            with self._db.write() as tx:
                found = store.task(tx, number)
                if found is None:
                    return
                run = self._running.open(tx, purse, SYSTEM, found.instance_id)
                # What was read before the lock may be old.
                step, task = store.step(tx, found.step_id), store.task(tx, number)
                over = step is None or step.state != "open" or run.instance.state not in _ALIVE
                if over or step is None or task is None or task.state not in _UNDONE or people.active(tx, [user]):
                    return
                _hand_on(run, run.node(step), step, task)
                run.close()

        with_purse(once)


def _hand_on(run: Run, node: Node, step: Step, task: Task) -> None:
    stand = stand_ins(run, [task.user_id]).get(task.user_id, 0)
    named = (node.options.get("who") or {}).get("nobody") or {}
    usual = people.users(run.tx, [str(named.get("member", ""))]) if named.get("then") == "member" else []
    able = [one for one in (stand, *usual, *people.managers(run.tx)) if one]
    busy = {one.user_id for one in store.tasks(run.tx, [step.id]) if one.state in _UNDONE}
    if not able:
        return  # nobody is left who could do it; it stays where it is, and is seen there
    taker = next((one for one in able if one not in busy), able[0])
    owner, other = handing.usernames(run, [task.user_id]), handing.usernames(run, [taker])
    run.note("left", node, step, task=task.id, users=owner, to=other)
    handing.hand_on(run, node, step, task, taker, "reassign", "", via="manager")
