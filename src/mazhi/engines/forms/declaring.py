"""All kinds of field as JSON: what the designer's palette and panel, the docs and other programs go by."""

from __future__ import annotations

from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.model import FieldKind
from mazhi.engines.forms.properties import COMMON
from mazhi.engines.options import Choice

GROUPS = (
    Choice("common", "常用", "Common"),
    Choice("serial", "序列号", "Serials and goods"),
    Choice("link", "关联", "Links and people"),
    Choice("advanced", "高级", "Advanced"),
    Choice("layout", "布局", "Layout"),
)
"""The groups of the palette, in their order."""


def declaration() -> dict[str, Any]:
    """Write every kind with everything that can be set for it."""
    return {
        "groups": [group.declaration() for group in GROUPS],
        "common": [option.declaration() for option in COMMON.values()],
        "kinds": [_kind(kind) for kind in field_kinds],
    }


def _kind(kind: FieldKind) -> dict[str, Any]:
    options, value = kind.example
    reference = kind.reference
    return {
        "name": kind.name,
        "title": {"zh": kind.zh, "en": kind.en},
        "hint": {"zh": kind.zh_hint, "en": kind.en_hint},
        "group": kind.group,
        "icon": kind.icon,
        "holds": kind.holds,
        "contains": kind.contains,
        "stores": [column.type for column in kind.columns],
        "names": bool(reference),
        "many": reference.many if reference else False,
        "details": [
            {"name": one.name, "title": {"zh": one.zh, "en": one.en}, "shape": one.shape} for one in reference.details
        ]
        if reference
        else [],
        "derived": kind.derive is not None,
        "issued": kind.issue is not None,
        "computed": kind.compute is not None,
        "shareable": kind.derive is None and kind.issue is None and kind.compute is None and kind.saved is None,
        "common": list(kind.common),
        "options": [option.declaration() for option in kind.options],
        "example": {"options": dict(options), "value": value},
    }
