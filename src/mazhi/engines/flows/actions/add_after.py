"""后加签: somebody agrees, and others must agree as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.acting import put_values, signed
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import advancing, handing, work

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Agree, and ask those whom ``to`` names to sign after; all of them must."""
    if step is None or task is None:
        return
    node = run.node(step)
    users = handing.named(run, asked.to, step)
    put_values(run, node, asked, whole=True)
    to = handing.usernames(run, users)
    run.note("add_after", node, step, task=task.id, to=to, comment=asked.comment, **signed(run, node))
    work.act(run, task, "add_after", asked.comment)
    advancing.remember_chosen(run, step)
    handing.ask(run, node, step, task, users, "after")
    if work.is_enough(run, node, step):
        advancing.leave(run, step, work.complete(run, step, "approved"))


KIND = ActionKind(
    name="add_after", zh="后加签", en="Agree and ask to sign after", run=run_, nodes=("approve",), usual=True,
    to="people", signs=True,
)  # fmt: skip
