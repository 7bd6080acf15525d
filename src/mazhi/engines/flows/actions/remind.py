"""催办: who started a flow reminds those for whom it waits, each at most once an hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import handing
from mazhi.kernel.clock import MICROS_PER_SECOND
from mazhi.kernel.errors import ConflictError

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task

HOUR = 3_600 * MICROS_PER_SECOND


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Remind them, or the one whose task is named."""
    del step
    waiting = [one for one in store.tasks_of(run.tx, run.instance.id) if one.state == "open"]
    if task is not None:
        waiting = [one for one in waiting if one.id == task.id]
    if not waiting:
        raise ConflictError("flow_nobody_to_remind")
    lines = [line for line in store.trail(run.tx, run.instance.id) if line.action == "remind"]
    # A clock that was put back must not forbid it for longer than the hour.
    lately = {
        number: HOUR - abs(run.at - line.at)
        for line in lines if abs(run.at - line.at) < HOUR
        for number in line.data.get("tasks", ())
    }  # fmt: skip
    asking = [one for one in waiting if one.id not in lately]
    if not asking:
        left = min(lately[one.id] for one in waiting)
        raise ConflictError("flow_reminded_lately", minutes=-(-left // (60 * MICROS_PER_SECOND)))
    to = handing.usernames(run, list(dict.fromkeys(one.user_id for one in asking)))
    run.note("remind", tasks=[one.id for one in asking], to=to, comment=asked.comment)
    for one in asking:
        node = run.flow[one.node]
        run.tell([one.user_id], "notice_remind", f"/tasks/{one.id}", node=node.title, comment=asked.comment)


KIND = ActionKind(
    name="remind", zh="催办", en="Remind", run=run_, on="flow", who="starter",
)  # fmt: skip
