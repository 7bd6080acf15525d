"""抄送: people are shown the record and how it stands; nobody waits for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Done, NodeKind, Outcome
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.people.service import resolve
from mazhi.engines.options import Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Show it to the people who are found."""
    del step
    users = resolve(run, node).users
    store.copy_to(run.tx, users, run.instance.id, node.id, run.at)
    run.tell(users, "notice_copy", node=node.title)
    return Done("copied", {"people": len(users)})


def faults(node: Node, drawn: Drawn) -> Iterable[Problem]:
    """Say that nobody is chosen: it would be shown to whoever manages flows."""
    del drawn
    if not (node.options.get("who") or {}).get("ways"):
        yield Problem("flow_nobody_chosen", {}, "/options/who")


KIND = NodeKind(
    name="copy",
    zh="抄送",
    en="Copy",
    zh_hint="给人看，不等他",
    en_hint="Shown to people; nobody waits",
    group="message",
    icon="copy",
    colour="#3296FA",
    options=(
        Option("who", "抄送给谁", "To whom", "people", {}),
        Option("fields", "表单权限", "Fields", "field_states", {}),
    ),
    enter=enter,
    faults=faults,
    example={"who": {"ways": [{"kind": "starter"}]}},
)
