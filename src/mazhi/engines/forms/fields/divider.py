"""A line across the form (分隔线)."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="divider",
    zh="分隔线",
    en="Divider",
    zh_hint="一条横线。",
    en_hint="A line.",
    group="layout",
    icon="Minus",
    holds="layout",
    example=({}, None),
    options=(Option("text", "线上文字", "Text on it", "text", ""),),
)
