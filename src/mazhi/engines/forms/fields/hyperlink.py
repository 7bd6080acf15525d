"""A link on the form (超链接)."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="hyperlink",
    zh="超链接",
    en="Hyperlink",
    zh_hint="点开一个固定的网页或文件。",
    en_hint="Opens a page or a file.",
    group="layout",
    icon="Link",
    holds="layout",
    example=({"text": "作业指导书", "address": "https://example.com/sop"}, None),
    options=(
        Option("text", "文字", "Text", "text", "", required=True),
        Option("address", "网址", "Address", "url", "", required=True),
        Option("new_page", "在新页打开", "In a new page", "flag", True),
    ),
)
