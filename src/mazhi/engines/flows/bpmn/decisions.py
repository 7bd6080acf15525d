"""What people can decide at a step beside going on: refusing it, and sending it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mazhi.engines.flows.family import action_kinds, node_kinds
from mazhi.engines.flows.model import Flow, Node


@dataclass(frozen=True, slots=True)
class Decision:
    """What can be decided at a step.

    Attributes:
        agreed: What people read where it goes on.
        refused: Where it goes when it is refused: ``end``, the id of the start, or empty where nobody can refuse.
        back: The ids of the nodes that it can be sent back to, as far as the drawing names them.
    """

    agreed: str
    refused: str
    back: tuple[str, ...]


def decision(flow: Flow, node: Node) -> Decision | None:
    """Return what can be decided at a node; None where it only goes on.

    A button that sends back to any step before names none: it is told in words, or the picture would be arrows alone.
    """
    if not node_kinds[node.kind].work:
        return None
    refused = ""
    if _on(node, "refuse"):
        refused = flow.root.id if node.options.get("refused") == "start" else "end"
    wanted = _button(node, "send_back").get("to") or () if _on(node, "send_back") else ()
    back = tuple(dict.fromkeys(str(one) for one in wanted if _returns(flow, str(one), node)))
    if not refused and not back:
        return None
    return Decision("同意" if refused else "完成", refused, back)


def _returns(flow: Flow, target: str, node: Node) -> bool:
    """Tell whether a step can be sent back to: people work on it, or began with it."""
    if target not in flow or target == node.id:
        return False
    return target == flow.root.id or node_kinds[flow[target].kind].work


def _on(node: Node, action: str) -> bool:
    kind = action_kinds[action]
    return (not kind.nodes or node.kind in kind.nodes) and bool(_button(node, action).get("on", kind.usual))


def _button(node: Node, action: str) -> Mapping[str, Any]:
    buttons = node.options.get("buttons")
    found = buttons.get(action) if isinstance(buttons, Mapping) else None
    return found if isinstance(found, Mapping) else {}
