"""One of several (单选), all of them in sight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind
from mazhi.engines.forms.standard import CHOICES, OTHER

LONGEST = 200


def chosen(raw: Any, options: Mapping[str, Any]) -> str:
    """Return what was chosen, or raise ``FieldError``."""
    if isinstance(raw, str):
        text = raw.strip()
        if text in options["choices"] or (options["other"] and text.isprintable() and 0 < len(text) <= LONGEST):
            return text
        # Choices themselves may begin or end with a blank.
        if raw in options["choices"]:
            return raw
    raise FieldError("entry_not_a_choice", value=str(raw)[:100])


KIND = FieldKind(
    name="choice",
    zh="单选",
    en="Choice",
    zh_hint="从几个选项里选一个，全部摆出来。",
    en_hint="One of a few, all of them in sight.",
    group="common",
    icon="CheckCircle",
    example=({"choices": ["合格", "不合格"]}, "合格"),
    options=(CHOICES, OTHER),
    columns=(Column("text"),),
    clean=lambda raw, options: (chosen(raw, options),),
    show=lambda values: values[0],
)
