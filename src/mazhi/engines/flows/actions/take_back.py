"""撤回同意: one takes one's own last agreement back, while nobody has acted after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import withdrawing

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Take it back; what came of it is taken back with it."""
    if step is None or task is None:
        return
    withdrawing.take_back_agreement(run, step, task, asked.comment)


KIND = ActionKind(
    name="take_back", zh="撤回", en="Take back", run=run_, nodes=("approve", "fill"), usual=True, when="done",
)  # fmt: skip
