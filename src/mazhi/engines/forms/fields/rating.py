"""A rating in stars (评分)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.fields.number import ONE, millionths, plain
from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Option


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    found = millionths(raw, {"decimals": 1, "least": 0, "most": options["stars"]})
    if found % (ONE // 2 if options["halves"] else ONE):
        raise FieldError("entry_not_a_rating")
    return (found,)


KIND = FieldKind(
    name="rating",
    zh="评分",
    en="Rating",
    zh_hint="用星星打分。",
    en_hint="So many stars.",
    group="advanced",
    icon="Star",
    example=({"stars": 5, "halves": True}, 4.5),
    options=(
        Option("stars", "几颗星", "Stars", "whole", 5, 2, 10),
        Option("halves", "可打半颗", "Half stars", "flag", False),
    ),
    columns=(Column("number"),),
    clean=_clean,
    show=lambda values: plain(values[0]),
)
