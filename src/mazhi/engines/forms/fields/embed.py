"""A page within the form (嵌入网页), in a box of its own."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="embed",
    zh="嵌入网页",
    en="Embedded page",
    zh_hint="把别的网页放进来看。",
    en_hint="Shows another page.",
    group="layout",
    icon="Global",
    holds="layout",
    example=({"address": "https://example.com/board"}, None),
    options=(
        Option("address", "网址", "Address", "url", "", required=True),
        Option("height", "高度", "Height", "whole", 320, 40, 2_000, unit="px"),
    ),
)
