"""One line of text (单行文本)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.forms.options import Option

LONGEST = 1_000


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if not isinstance(raw, str):
        raise FieldError("entry_not_text")
    text = " ".join(raw.split()) if not raw.isprintable() else raw.strip()
    if len(text) > options["longest"]:
        raise FieldError("entry_too_long", limit=options["longest"], length=len(text))
    if not text.isprintable():
        raise FieldError("entry_not_printable")
    return (text or None,)


KIND = FieldKind(
    name="text",
    zh="单行文本",
    en="Text",
    zh_hint="一行文字，如名称、型号。",
    en_hint="One line, such as a name or a model.",
    group="common",
    icon="FontSize",
    example=({"longest": 50}, "智能水表"),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
    options=(Option("longest", "最多字数", "Longest", "whole", 200, 1, LONGEST),),
    can_be_unique=True,
)
