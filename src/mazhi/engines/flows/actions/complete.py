"""完成: the scanning of a step is over; nothing is missing, or somebody answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.acting import hand_in
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.scans.finishing import answer_for, held, refuse_missing

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Complete the step; ``how`` may be ``anyway`` where the flow only warns of what is missing."""
    if step is None or task is None:
        return
    answer_for(run, run.node(step), step, asked)
    refuse_missing(run, *held(run, step))
    hand_in(run, step, task, asked, "complete", "completed")


KIND = ActionKind(name="complete", zh="完成", en="Complete", run=run_, nodes=("scan",), usual=True, signs=True)
