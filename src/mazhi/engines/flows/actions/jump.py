"""跳转: who manages flows lets an instance go on at another node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import managing
from mazhi.kernel.errors import invalid

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Go on at the node that ``to`` names."""
    del task
    wanted = asked.to[0] if asked.to else ""
    if wanted not in run.flow:
        raise invalid("/to", "flow_node_gone", item=wanted)
    managing.jump(run, managing.one_step(run, step, {"open", "failed"}), run.flow[wanted], asked.comment)


KIND = ActionKind(
    name="jump", zh="跳转", en="Jump", run=run_, on="flow", who="manager", comment="must", to="node", danger=True,
)  # fmt: skip
