"""All kinds of node and of action as JSON: what the designer, the work list, the docs and other programs go by."""

from __future__ import annotations

from typing import Any

from mazhi.engines.flows.family import action_kinds, node_kinds
from mazhi.engines.flows.kind import ActionKind, NodeKind
from mazhi.engines.flows.triggers.family import trigger_kinds
from mazhi.engines.flows.triggers.kind import TriggerKind
from mazhi.engines.options import Choice

GROUPS = (
    Choice("people", "人工", "People"),
    Choice("goods", "实物", "Goods"),
    Choice("data", "数据", "Records"),
    Choice("message", "通知", "Messages"),
    Choice("logic", "流转", "Ways"),
)
"""The groups of the popover, in their order."""


def declaration() -> dict[str, Any]:
    """Write every kind with everything that can be set for it."""
    return {
        "groups": [group.declaration() for group in GROUPS],
        "kinds": [_kind(kind) for kind in node_kinds],
        "actions": [_action(kind) for kind in action_kinds],
        "triggers": [_trigger(kind) for kind in trigger_kinds],
    }


def _kind(kind: NodeKind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "title": {"zh": kind.zh, "en": kind.en},
        "hint": {"zh": kind.zh_hint, "en": kind.en_hint},
        "group": kind.group,
        "icon": kind.icon,
        "colour": kind.colour,
        "contains": kind.contains,
        "work": kind.work,
        "options": [option.declaration() for option in kind.options],
        "example": dict(kind.example),
    }


def _action(kind: ActionKind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "title": {"zh": kind.zh, "en": kind.en},
        "on": kind.on,
        "who": kind.who,
        "nodes": list(kind.nodes),
        "usual": kind.usual,
        "comment": kind.comment,
        "to": kind.to,
        "danger": kind.danger,
    }


def _trigger(kind: TriggerKind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "title": {"zh": kind.zh, "en": kind.en},
        "hint": {"zh": kind.zh_hint, "en": kind.en_hint},
        "options": [option.declaration() for option in kind.options],
        "example": dict(kind.example),
    }
