"""Some of several (多选)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.forms.standard import CHOICES
from mazhi.engines.options import Option


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    if not isinstance(raw, list):
        raise FieldError("entry_not_a_list")
    unknown = [str(one)[:100] for one in raw if one not in options["choices"]]
    if unknown:
        raise FieldError("entry_not_a_choice", value="、".join(unknown[:10]))
    # In the order of the choices and each once, so that equal answers are stored equally.
    chosen = [one for one in options["choices"] if one in raw]
    if len(chosen) > options["most"]:
        raise FieldError("entry_too_many", limit=options["most"])
    return (json.dumps(chosen, ensure_ascii=False) if chosen else None,)


KIND = FieldKind(
    name="choices",
    zh="多选",
    en="Choices",
    zh_hint="从几个选项里选若干个。",
    en_hint="Some of a few.",
    group="common",
    icon="CheckSquare",
    example=({"choices": ["划痕", "缺件", "受潮"]}, ["划痕", "受潮"]),
    options=(CHOICES, Option("most", "最多选几个", "At most", "whole", 1_000, 1, 1_000)),
    columns=(Column("json"),),
    clean=_clean,
    show=lambda values: json.loads(values[0]),
)
