"""A program, a query, a message (代码), kept sign by sign."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.fields.long_text import LONGEST, lines
from mazhi.engines.forms.model import Column, FieldKind, Values
from mazhi.engines.forms.standard import longest
from mazhi.engines.options import Choice, Option


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    text = lines(raw, options["longest"])
    return (text if text.strip() else None,)


KIND = FieldKind(
    name="code",
    zh="代码",
    en="Code",
    zh_hint="等宽显示，空格和缩进原样保存。",
    en_hint="Shown in one width; blanks stay as they are.",
    group="advanced",
    icon="Code",
    example=({"language": "zpl"}, "^XA\n  ^FO20,20^FDSN^FS\n^XZ"),
    options=(
        Option(
            "language", "语言", "Language", "choice", "",
            choices=(
                Choice("", "纯文本", "Plain"), Choice("json", "JSON", "JSON"), Choice("xml", "XML", "XML"),
                Choice("sql", "SQL", "SQL"), Choice("python", "Python", "Python"), Choice("zpl", "ZPL", "ZPL"),
            ),
        ),
        longest(20_000, LONGEST),
    ),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
)  # fmt: skip
