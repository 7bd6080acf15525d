"""转交: somebody else does it instead; it comes back to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import handing

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Let the one whom ``to`` names have the task; what was kept of it (暂存) is gone with its owner."""
    if step is None or task is None:
        return
    node = run.node(step)
    (user,) = handing.named(run, asked.to, step, most=1)
    run.note("transfer", node, step, task=task.id, to=handing.usernames(run, [user]), comment=asked.comment)
    handing.hand_on(run, node, step, task, user, "transfer", asked.comment, via="transfer")


KIND = ActionKind(
    name="transfer", zh="转交", en="Hand on", run=run_, usual=True, to="people",
)  # fmt: skip
