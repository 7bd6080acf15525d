"""前加签: others sign first, and then it is one's own turn again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.running import handing

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Ask those whom ``to`` names to sign before; all of them must."""
    if step is None or task is None:
        return
    node = run.node(step)
    users = handing.named(run, asked.to, step)
    run.note("add_before", node, step, task=task.id, to=handing.usernames(run, users), comment=asked.comment)
    task.state = "waiting"
    store.keep_task(run.tx, task)
    handing.ask(run, node, step, task, users, "before")


KIND = ActionKind(
    name="add_before", zh="前加签", en="Ask to sign before", run=run_, nodes=("approve",), usual=True, to="people",
)  # fmt: skip
