"""Text with headings, lists and emphasis (富文本), kept as clean HTML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.forms.sanitising import sanitise
from mazhi.engines.forms.standard import longest

LONGEST = 100_000


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if not isinstance(raw, str):
        raise FieldError("entry_not_text")
    # Before it is read, so that a large paste costs nothing.
    if len(raw) > options["longest"]:
        raise FieldError("entry_too_long", limit=options["longest"], length=len(raw))
    found = sanitise(raw).strip()
    if len(found) > options["longest"]:
        raise FieldError("entry_too_long", limit=options["longest"], length=len(found))
    return (found or None,)


KIND = FieldKind(
    name="rich_text",
    zh="富文本",
    en="Rich text",
    zh_hint="有标题、列表、加粗的文字；脚本和样式会被去掉。",
    en_hint="Headings, lists, emphasis; scripts and styles are taken out.",
    group="advanced",
    icon="Highlight",
    example=({}, "<p>外观<b>完好</b>。</p>"),
    options=(longest(20_000, LONGEST),),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
)
