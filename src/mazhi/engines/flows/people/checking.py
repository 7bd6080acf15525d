"""What is wrong with the people, buttons and due times of a node when its flow is published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.family import way_kinds
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.kind import NodeKind
    from mazhi.engines.flows.model import Node

DUE = ("remind", "approve", "refuse", "send_back", "transfer")


def faults(node: Node, kind: NodeKind, drawn: Drawn) -> Iterator[Problem]:
    """Say what is wrong with who works on a node, its buttons and its due time."""
    who = node.options.get("who")
    if isinstance(who, Mapping):
        yield from of_ways(who, drawn, "/options/who")
        yield from _nobody(who.get("nobody") or {}, kind, drawn)
    if kind.work:
        yield from _due(node.options.get("due") or {}, node, kind, drawn)
        yield from _buttons(node.options.get("buttons") or {}, drawn)


def of_ways(who: Mapping[str, Any], drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say what is wrong with each way."""
    for place, said in enumerate(who.get("ways") or ()):
        at = f"{pointer}/ways/{place}"
        if not isinstance(said, Mapping) or said.get("kind") not in way_kinds:
            yield Problem("flow_unknown_way", {"item": str(said)[:60]}, at)
        else:
            yield from way_kinds[str(said["kind"])].faults(said, drawn, at)


def _nobody(nobody: Mapping[str, Any], kind: NodeKind, drawn: Drawn) -> Iterator[Problem]:
    then, member = nobody.get("then", "admin"), str(nobody.get("member", ""))
    if then == "member" and not store.known(drawn.tx, "user_account", [member]):
        yield Problem("unknown_user", {"user": member}, "/options/who/nobody/member")
    if then == "pass" and kind.unskippable:
        yield Problem("flow_never_passed", {"kind": kind.zh, "kind_en": kind.en}, "/options/who/nobody")


def _due(due: Mapping[str, Any], node: Node, kind: NodeKind, drawn: Drawn) -> Iterator[Problem]:
    hours, then, pointer = due.get("hours"), due.get("then", "remind"), "/options/due"
    if not hours:
        return
    if isinstance(hours, bool) or not isinstance(hours, int | float) or not 0 < hours <= 8_760:
        yield Problem("flow_bad_hours", {"most": 8_760}, f"{pointer}/hours")
    if then not in DUE:
        yield Problem("not_one_of", {"value": str(then), "allowed": ", ".join(DUE)}, f"{pointer}/then")
    elif then == "approve" and kind.unskippable:
        yield Problem("flow_never_passed", {"kind": kind.zh, "kind_en": kind.en}, f"{pointer}/then")
    elif then == "approve" and (node.options.get("sign") or {}).get("needed"):
        yield Problem("flow_due_cannot_sign", {}, f"{pointer}/then")
    elif then == "refuse" and node.kind != "approve":
        yield Problem("flow_due_cannot_refuse", {"kind": kind.zh, "kind_en": kind.en}, f"{pointer}/then")
    elif then == "transfer" and not store.known(drawn.tx, "user_account", [str(due.get("to", ""))]):
        yield Problem("unknown_user", {"user": str(due.get("to", ""))}, f"{pointer}/to")


def _buttons(buttons: Mapping[str, Any], drawn: Drawn) -> Iterator[Problem]:
    for name, button in buttons.items():
        for place, target in enumerate((button or {}).get("to") or () if isinstance(button, Mapping) else ()):
            if target not in drawn.flow:
                yield Problem("flow_node_gone", {"item": str(target)}, f"/options/buttons/{name}/to/{place}")
