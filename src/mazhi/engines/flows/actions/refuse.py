"""拒绝: somebody says no; it ends the flow, or gives it back to who started it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import advancing, returning, work

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Refuse."""
    if step is None or task is None:
        return
    node = run.node(step)
    run.note("refuse", node, step, task=task.id, comment=asked.comment)
    work.act(run, task, "refuse", asked.comment)
    if node.options.get("many") == "ratio" and _may_still(run, step, int(node.options.get("ratio", 50))):
        return
    if node.options.get("refused") == "start":
        returning.send_back(run, step, run.flow.root, comment=asked.comment)
        return
    step.state, step.outcome, step.left_at = "done", "refused", run.at
    store.keep_step(run.tx, step)
    store.close_tasks(run.tx, [step.id], run.at)
    advancing.end(run, "refused")


def _may_still(run: Run, step: Step, ratio: int) -> bool:
    tasks = [one for one in store.tasks(run.tx, [step.id]) if one.state != "closed"]
    refused = sum(one.action == "refuse" for one in tasks)
    return (len(tasks) - refused) * 100 >= ratio * len(tasks)


KIND = ActionKind(
    name="refuse", zh="拒绝", en="Refuse", run=run_, nodes=("approve",), usual=True, comment="must", danger=True
)
