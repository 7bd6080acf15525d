"""退回: the work goes back to an earlier step; from there all over again, or straight back here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mazhi.engines.flows.kind import ActionKind, Asked
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running import returning, work
from mazhi.kernel.errors import invalid

if TYPE_CHECKING:
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task

HOW = ("again", returning.STRAIGHT)


def run_(run: Run, step: Step | None, task: Task | None, asked: Asked) -> None:
    """Send back to the node that ``to`` names; without one, to the step before."""
    if step is None or task is None:
        return
    found = targets(run, step)
    wanted = asked.to[0] if asked.to else (found[0].id if found else "")
    target = next((one for one in found if one.id == wanted), None)
    if target is None:
        raise invalid("/to", "flow_cannot_return", item=wanted)
    ways = hows(run.node(step))
    how = asked.how or ways[0]
    if how not in ways:
        raise invalid("/how", "not_one_of", value=how, allowed=", ".join(ways))
    work.act(run, task, "send_back", asked.comment)
    returning.send_back(run, step, target, how=how, comment=asked.comment)


def targets(run: Run, step: Step) -> list[Node]:
    """Return the nodes that people may send back to from a step: what can be, of those that its button names."""
    wanted = (run.node(step).options.get("buttons") or {}).get("send_back", {}).get("to") or ()
    return [node for node in returning.targets(run, step) if not wanted or node.id in wanted]


def hows(node: Node) -> list[str]:
    """Return how it may go on from there: all the way again, or straight back; the first is usual."""
    wanted = (node.options.get("buttons") or {}).get("send_back", {}).get("how") or ()
    return [how for how in wanted if how in HOW] or list(HOW)


KIND = ActionKind(name="send_back", zh="退回", en="Send back", run=run_, usual=True, comment="must", to="node")
