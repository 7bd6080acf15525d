"""某一步的办理人: who did another step, the last time that it was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.way import Said, Way
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.model import Node
    from mazhi.engines.flows.running.run import Run


def find(run: Run, _node: Node, said: Said) -> Sequence[int]:
    """Return them in the order in which they acted; of the start node it is the starter."""
    wanted = str(said.get("node", ""))
    if wanted == run.flow.root.id:
        return store.active(run.tx, [run.instance.starter_id])
    return store.who_did(run.tx, run.instance.id, wanted)


def faults(said: Said, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say that the step is gone, or that people do not work on it."""
    from mazhi.engines.flows.family import node_kinds

    wanted = str(said.get("node", ""))
    if wanted not in drawn.flow:
        yield Problem("flow_node_gone", {"item": wanted}, f"{pointer}/node")
    elif not node_kinds[(node := drawn.flow[wanted]).kind].work and node.kind != "start":
        yield Problem("flow_node_not_work", {"item": node.title or wanted}, f"{pointer}/node")


KIND = Way(name="step", zh="某一步的办理人", en="Who did another step", find=find, faults=faults)
