"""A button (按钮) that opens an address."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="button",
    zh="按钮",
    en="Button",
    zh_hint="打开一个网页、电话或系统里的页面。",
    en_hint="Opens an address, a telephone or a page of the system.",
    group="layout",
    icon="Thunderbolt",
    holds="layout",
    example=({"text": "呼叫班长", "address": "tel:13800138000"}, None),
    options=(
        Option("text", "文字", "Text", "text", "", required=True),
        Option("address", "打开", "Opens", "url", "", required=True),
        Option("main", "醒目", "Prominent", "flag", False),
    ),
)
