"""Several lines of text (多行文本)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.forms.standard import PLACEHOLDER, longest
from mazhi.engines.options import Option

LONGEST = 100_000


def lines(raw: Any, longest: int) -> str:
    """Return lines of text, or raise ``FieldError``."""
    if not isinstance(raw, str):
        raise FieldError("entry_not_text")
    text = raw.replace("\r\n", "\n")
    if len(text.strip()) > longest:
        raise FieldError("entry_too_long", limit=longest, length=len(text.strip()))
    if not all(sign.isprintable() or sign in "\n\t" for sign in text):
        raise FieldError("entry_not_printable")
    return text


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    return (lines(raw, options["longest"]).strip() or None,)


KIND = FieldKind(
    name="long_text",
    zh="多行文本",
    en="Long text",
    zh_hint="几行文字，如说明、备注。",
    en_hint="Several lines, such as notes.",
    group="common",
    icon="AlignLeft",
    example=({"longest": 2_000}, "外观完好。\n配件齐全。"),
    options=(longest(10_000, LONGEST), Option("rows", "显示几行", "Rows shown", "whole", 3, 1, 30), PLACEHOLDER),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
)
