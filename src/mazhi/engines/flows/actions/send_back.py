"""退回: the work goes back to an earlier step; from there all over again, or straight back here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import returning, work
from mazhi.kernel.errors import invalid

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Send back to the node that ``to`` names; without one, to the step before."""
    if step is None or task is None:
        return
    targets = returning.targets(run, step)
    wanted = asked.to[0] if asked.to else (targets[0].id if targets else "")
    target = next((one for one in targets if one.id == wanted), None)
    if target is None:
        raise invalid("/to", "flow_cannot_return", item=wanted)
    work.act(run, task, "send_back", asked.comment)
    returning.send_back(run, step, target, how=asked.how, comment=asked.comment)


KIND = ActionKind(name="send_back", zh="退回", en="Send back", run=run_, usual=True, comment="must", to="node")
