"""拒绝: somebody says no; it ends the flow, or gives it back to who started it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mazhi.engines.flows import store
from mazhi.engines.flows.acting import signed
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import advancing, returning, seats, work
from mazhi.engines.flows.running.seats import Seat

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Refuse."""
    if step is None or task is None:
        return
    node = run.node(step)
    run.note("refuse", node, step, task=task.id, comment=asked.comment, **signed(run, node))
    work.act(run, task, "refuse", asked.comment)
    own = seats.seats_of(store.tasks(run.tx, [step.id]))
    if seats.may_still(own, str(node.options.get("many", "any")), int(node.options.get("ratio", 50))):
        close_refused(run, own)
        return
    end_refused(run, step, comment=asked.comment)


def close_refused(run: Run, own: Sequence[Seat]) -> None:
    """Close what nobody need do any more: of a seat where one has refused, the tasks of the others."""
    for one in (task for seat in own if seat.refused for task in seat.tasks()):
        if one.state in {"open", "waiting"}:
            one.state, one.acted_at = "closed", run.at
            store.keep_task(run.tx, one)


def end_refused(run: Run, step: Step, *, comment: str = "") -> None:
    """Do what the node says comes of refusing."""
    node = run.node(step)
    if node.options.get("refused") == "start":
        returning.send_back(run, step, run.flow.root, comment=comment)
        return
    step.state, step.outcome, step.left_at = "done", "refused", run.at
    store.keep_step(run.tx, step)
    store.close_tasks(run.tx, [step.id], run.at)
    advancing.end(run, "refused")


KIND = ActionKind(
    name="refuse",
    zh="拒绝",
    en="Refuse",
    run=run_,
    nodes=("approve",),
    usual=True,
    signs=True,
    batch=True,
    comment="must",
    danger=True,
)
