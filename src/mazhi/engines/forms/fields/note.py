"""Words for whoever fills the form in (说明文字)."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Choice, Option

KIND = FieldKind(
    name="note",
    zh="说明文字",
    en="Note",
    zh_hint="写给填表的人看的话。",
    en_hint="Words for whoever fills it in.",
    group="layout",
    icon="InfoCircle",
    holds="layout",
    example=({"text": "请先扫序列号。"}, None),
    options=(
        Option("text", "内容", "Text", "long_text", "", required=True),
        Option(
            "tone",
            "样子",
            "Tone",
            "choice",
            "plain",
            choices=(
                Choice("plain", "普通", "Plain"),
                Choice("tip", "提示", "Tip"),
                Choice("warning", "警告", "Warning"),
            ),
        ),
    ),
)
