"""抄送: whoever sees a flow shows it to others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.reading import own_node
from mazhi.engines.flows.running import handing

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Show it to those whom ``to`` names, by the field states of the actor's own node; without one, by their rights."""
    del task
    users = handing.named(run, asked.to)
    node = own_node(run, store.tasks_of(run.tx, run.instance.id))
    store.copy_to(run.tx, users, run.instance.id, node.id if node else "", run.at)
    run.note("copy", None, step, to=handing.usernames(run, users), comment=asked.comment)
    run.tell(users, "notice_copy", node=(node or run.flow.root).title)


KIND = ActionKind(
    name="copy", zh="抄送", en="Copy", run=run_, on="flow", who="reader", to="people",
)  # fmt: skip
