"""提交: somebody hands in what they have filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.acting import hand_in
from mazhi.engines.flows.kind import ActionKind, Asked

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Hand in."""
    hand_in(run, step, task, asked, "submit", "submitted")


KIND = ActionKind(
    name="submit",
    zh="提交",
    en="Submit",
    run=run_,
    nodes=("fill", "start", "count"),
    usual=True,
    signs=True,
    batch=True,
)
