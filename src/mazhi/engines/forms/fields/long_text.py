"""Several lines of text (多行文本)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.forms.options import Option

LONGEST = 100_000


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if not isinstance(raw, str):
        raise FieldError("entry_not_text")
    text = raw.replace("\r\n", "\n").strip()
    if len(text) > options["longest"]:
        raise FieldError("entry_too_long", limit=options["longest"], length=len(text))
    if not all(sign.isprintable() or sign in "\n\t" for sign in text):
        raise FieldError("entry_not_printable")
    return (text or None,)


KIND = FieldKind(
    name="long_text",
    zh="多行文本",
    en="Long text",
    zh_hint="几行文字，如说明、备注。",
    en_hint="Several lines, such as notes.",
    group="common",
    icon="AlignLeft",
    example=({"longest": 2_000}, "外观完好。\n配件齐全。"),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
    options=(Option("longest", "最多字数", "Longest", "whole", 10_000, 1, LONGEST),),
)
