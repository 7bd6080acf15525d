"""A button that prints a label (打印按钮)."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="print_button",
    zh="打印按钮",
    en="Print button",
    zh_hint="用标签模板打印这条记录。",
    en_hint="Prints this record with a label template.",
    group="layout",
    icon="Printer",
    holds="layout",
    example=({"label": "product-60x40"}, None),
    options=(
        Option("text", "文字", "Text", "text", "打印标签", required=True),
        Option("label", "标签模板", "Label template", "label", "", required=True),
    ),
)
