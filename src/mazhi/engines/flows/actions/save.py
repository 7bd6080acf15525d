"""暂存: what somebody has filled in so far is kept for them, and nothing else happens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import ActionKind, Asked

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Keep it."""
    del step
    if task is not None:
        task.draft = {"values": dict(asked.values), "comment": asked.comment}
        store.keep_task(run.tx, task)


KIND = ActionKind(name="save", zh="暂存", en="Keep", run=run_, usual=True)
