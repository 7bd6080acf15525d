"""Which element of BPMN a node is, and how large it is drawn."""

from __future__ import annotations

from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.model import Node

TASK = (160, 80)
EVENT = (36, 36)
GATEWAY = (50, 50)

_TAGS = {
    "start": "startEvent", "end": "endEvent", "branch": "exclusiveGateway", "parallel": "parallelGateway",
    "scan": "manualTask", "notify": "sendTask", "copy": "sendTask",
    "wait": "intermediateCatchEvent", "sub_flow": "callActivity",
}  # fmt: skip


def tag_of(node: Node) -> str:
    """Return the name of the element: work is done by users, and everything else by the service."""
    found = _TAGS.get(node.kind)
    return found or ("userTask" if node_kinds[node.kind].work else "serviceTask")


def size_of(tag: str) -> tuple[int, int]:
    """Return the width and height of an element."""
    if tag.endswith("Event"):
        return EVENT
    return GATEWAY if tag.endswith("Gateway") else TASK


def name_of(node: Node) -> str:
    """Return what people read on it; blocks that nobody has named say nothing."""
    blocks = {"branch", "parallel"}
    return node.title or ("" if node.kind in blocks else node_kinds[node.kind].zh)
