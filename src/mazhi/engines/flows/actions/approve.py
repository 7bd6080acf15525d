"""同意: somebody agrees; when enough have agreed, the flow goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.acting import hand_in
from mazhi.engines.flows.kind import ActionKind, Asked

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Agree."""
    hand_in(run, step, task, asked, "approve", "approved")


KIND = ActionKind(
    name="approve", zh="同意", en="Agree", run=run_, nodes=("approve",), usual=True, signs=True, batch=True
)
