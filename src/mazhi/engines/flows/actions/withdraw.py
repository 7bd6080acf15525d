"""撤回: who started a flow takes it back as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import withdrawing

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Take it back, as far as the start node lets one."""
    del step, task
    withdrawing.withdraw(run, asked.comment)


KIND = ActionKind(
    name="withdraw", zh="撤回", en="Withdraw", run=run_, on="flow", who="starter", danger=True,
)  # fmt: skip
