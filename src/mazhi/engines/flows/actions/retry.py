"""重试: who manages flows lets a step that has failed be done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import failing, managing

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Do it again; where it fails again, the reasons are told and nothing has changed."""
    del task, asked
    failing.retry(run, managing.one_step(run, step, {"failed"}))


KIND = ActionKind(name="retry", zh="重试", en="Try again", run=run_, on="flow", who="manager", comment="never")
