"""A video on the form (视频), by its address."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="video",
    zh="视频",
    en="Video",
    zh_hint="一段固定的视频，如操作示范。",
    en_hint="A video, such as a demonstration.",
    group="layout",
    icon="PlayCircle",
    holds="layout",
    example=({"address": "https://example.com/how.mp4"}, None),
    options=(
        Option("address", "视频网址", "Address", "url", "", required=True),
        Option("height", "高度", "Height", "whole", 240, 40, 2_000, unit="px"),
    ),
)
