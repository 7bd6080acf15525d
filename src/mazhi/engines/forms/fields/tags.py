"""Words of one's own (标签)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Option

LONGEST = 50


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    given = raw.replace("，", ",").replace("、", ",").split(",") if isinstance(raw, str) else raw
    if not isinstance(given, list):
        raise FieldError("entry_not_a_list")
    if not all(isinstance(one, str) and one.isprintable() and len(one) <= LONGEST for one in given):
        raise FieldError("entry_not_tags", limit=LONGEST)
    words = list(dict.fromkeys(one.strip() for one in given if one.strip()))
    if len(words) > options["most"]:
        raise FieldError("entry_too_many", limit=options["most"])
    return (json.dumps(words, ensure_ascii=False) if words else None,)


KIND = FieldKind(
    name="tags",
    zh="标签",
    en="Tags",
    zh_hint="自己写的几个词，用来归类。",
    en_hint="A few words of one's own.",
    group="advanced",
    icon="Tags",
    example=({}, ["急单", "样品"]),
    options=(Option("most", "最多几个", "At most", "whole", 20, 1, 200),),
    columns=(Column("json"),),
    clean=_clean,
    show=lambda values: json.loads(values[0]),
)
