"""结束流程: who manages flows ends an instance; what was posted stays, what is open is given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import advancing
from mazhi.engines.flows.running.skipping import refuse_ending

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """End it, with the reason."""
    del step, task
    refuse_ending(run, asked.comment)
    left = [one.user_id for one in store.tasks_of(run.tx, run.instance.id) if one.state == "open"]
    run.note("stop", comment=asked.comment)
    run.tell(left, "notice_flow_ended")
    advancing.end(run, "ended")


KIND = ActionKind(
    name="end", zh="结束流程", en="End", run=run_, on="flow", who="manager", comment="must", danger=True,
)  # fmt: skip
