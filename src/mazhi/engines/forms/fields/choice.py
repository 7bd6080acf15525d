"""One of several (单选)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.forms.options import Option

CHOICES = Option("choices", "选项", "Choices", "texts", ["选项一", "选项二"], 1, 1_000)


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if raw not in options["choices"]:
        raise FieldError("entry_not_a_choice", value=str(raw))
    return (raw,)


KIND = FieldKind(
    name="choice",
    zh="单选",
    en="Choice",
    zh_hint="从几个选项里选一个，全部摆出来。",
    en_hint="One of a few, all of them in sight.",
    group="common",
    icon="CheckCircle",
    example=({"choices": ["合格", "不合格"]}, "合格"),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
    options=(CHOICES,),
)
