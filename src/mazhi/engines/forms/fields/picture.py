"""A picture on the form (图片展示), by its address."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="picture",
    zh="图片展示",
    en="Picture",
    zh_hint="一张固定的图片，如作业指导图。",
    en_hint="A picture such as a work instruction.",
    group="layout",
    icon="Picture",
    holds="layout",
    example=({"address": "https://example.com/guide.png"}, None),
    options=(
        Option("address", "图片网址", "Address", "url", "", required=True),
        Option("height", "高度", "Height", "whole", 160, 20, 2_000, unit="px"),
    ),
)
