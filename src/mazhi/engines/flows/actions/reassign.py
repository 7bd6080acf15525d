"""改派: who manages flows gives work to other people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import handing, managing, work
from mazhi.kernel.errors import ConflictError

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Give one task to somebody else, or all that is left of a step to some people, each of whom must then do it."""
    step = managing.one_step(run, step, {"open"})
    node = run.node(step)
    if task is not None:
        if task.step_id != step.id or task.state not in {"open", "waiting"}:  # perhaps done since the manager looked
            raise ConflictError("task_closed", item=str(task.id), state=task.state)
        (user,) = handing.named(run, asked.to, step, most=1)
        run.note("reassign", node, step, task=task.id, to=handing.usernames(run, [user]), comment=asked.comment)
        handing.hand_on(run, node, step, task, user, "reassign", asked.comment, via="manager")
        return
    users = handing.named(run, asked.to)
    run.note("reassign", node, step, to=handing.usernames(run, users), comment=asked.comment)
    for one in store.tasks(run.tx, [step.id]):
        if one.state in {"open", "waiting"}:
            work.act(run, one, "reassign", asked.comment)
    work.give(run, node, step, users, via="manager")


KIND = ActionKind(
    name="reassign", zh="改派", en="Reassign", run=run_, on="flow", who="manager", to="people",
)  # fmt: skip
