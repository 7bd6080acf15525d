"""What people do with running flows as a whole, and with many tasks at once; one transaction each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mazhi.engines.flows import store
from mazhi.engines.flows.family import action_kinds
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.reading import may_read
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.service import MANAGE, Running
from mazhi.engines.flows.state import Instance
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, NotFoundError, PlatformError, invalid
from mazhi.kernel.posting.repeating import Request

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Told:
    """What came of one of many tasks.

    Attributes:
        task: Its number.
        instance: The instance, where it was done.
        error: Why it was not; None where it was.
    """

    task: int
    instance: Instance | None = None
    error: PlatformError | None = None


class Managing:
    """What is done with instances of one database."""

    def __init__(self, db: Database, running: Running) -> None:
        """Work on that database."""
        self._db = db
        self._running = running

    def act(
        self, actor: Actor, number: int, kind: str, asked: Asked, *, step: int = 0, task: int = 0,
        client_key: str | None = None,
    ) -> Instance:  # fmt: skip
        """Do something with an instance; the same client key again does nothing and answers the same.

        Raises:
            NotFoundError: There is no such instance or action, or the actor may not see the instance.
            ForbiddenError: It is not the actor's to do.
            ConflictError: The flow is over (``flow_over``), or it cannot be done; nothing has changed then.
        """

        def work(purse: Purse) -> Instance:
            with self._db.write() as tx:
                request = Request(tx, "flow_action", actor, client_key, [number, kind, asked.said(), step, task])
                run = self._running.open(tx, purse, actor, number)
                if request.answer is not None:
                    return run.instance
                self._do(run, kind, asked, step, task)
                run.close()
                request.store({"id": number})
                return run.instance

        return with_purse(work)

    def _do(self, run: Run, kind: str, asked: Asked, step: int, task: int) -> None:
        if not may_read(run.tx, run.actor, run.instance):
            raise NotFoundError("unknown_instance", item=str(run.instance.id))
        if kind not in action_kinds or action_kinds[kind].on != "flow":
            raise NotFoundError("unknown_action", item=kind)
        action = action_kinds[kind]
        require(action, run.actor, run.instance)
        if run.instance.state not in states_of(action):
            raise ConflictError("flow_over", state=run.instance.state)
        if action.comment == "must" and not asked.comment.strip():
            raise invalid("/comment", "text_missing")
        found_task = store.task(run.tx, task) if task else None
        if task and (found_task is None or found_task.instance_id != run.instance.id):
            raise NotFoundError("unknown_task", item=str(task))
        wanted = step or (found_task.step_id if found_task else 0)
        found = store.step(run.tx, wanted) if wanted else None
        if wanted and (found is None or found.instance_id != run.instance.id):
            raise invalid("/step", "flow_which_step")
        action.run(run, found, found_task, asked)

    def batch(
        self, actor: Actor, tasks: Sequence[int], kind: str, asked: Asked, *, client_key: str | None = None
    ) -> list[Told]:
        """Do the same with many of one's tasks: each in a transaction of its own, and what came of each is told.

        Only what decides by itself can be done so; what must be scanned, filled in or signed is refused, each with
        its own reason.

        Raises:
            InvalidInputError: It cannot be done with many at once, or they are too many.
        """
        if kind not in action_kinds or not action_kinds[kind].batch:
            raise invalid("/kind", "task_not_in_batch", item=kind)
        if not 1 <= len(tasks) <= MOST_AT_ONCE:
            raise invalid("/tasks", "task_too_many", most=MOST_AT_ONCE)
        told = []
        for task in dict.fromkeys(tasks):
            key = None if client_key is None else f"{client_key}:{task}"
            try:
                told.append(Told(task, self._running.act(actor, task, kind, asked, client_key=key)))
            except PlatformError as error:
                told.append(Told(task, error=error))
        return told


def require(action: ActionKind, actor: Actor, instance: Instance) -> None:
    """Refuse who may not do something with an instance.

    Raises:
        ForbiddenError: It is for who started it, or for who manages flows.
    """
    if action.who == "manager":
        actor.require(MANAGE)
    elif action.who == "starter" and actor.user_id != instance.starter_id:
        raise ForbiddenError("flow_only_starter")


def states_of(action: ActionKind) -> frozenset[str]:
    """Return the states of an instance in which something can be done with it."""
    if action.name == "copy":
        return frozenset({"running", "failed", "done", "refused", "withdrawn", "ended"})
    return frozenset({"failed"}) if action.name in {"retry", "skip"} else frozenset({"running", "failed"})
