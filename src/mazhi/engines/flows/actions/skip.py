"""跳过: who manages flows passes a step that has failed, with the reason; never one that nobody passes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import failing, managing

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Go on behind it."""
    del task
    failing.skip(run, managing.one_step(run, step, {"failed"}), asked.comment)


KIND = ActionKind(
    name="skip", zh="跳过", en="Skip", run=run_, on="flow", who="manager", comment="must", danger=True
)  # fmt: skip
