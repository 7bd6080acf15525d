"""What state an item is in (物品状态), as the ledger says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.deriving import Reading
from mazhi.engines.forms.looking_up import look_up
from mazhi.engines.forms.model import Field, FieldKind
from mazhi.engines.forms.standard import source
from mazhi.engines.options import Choice, Option


def _derive(reading: Reading, field: Field, rows: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
    return look_up(reading, field.options["source"], field.options["shows"], rows)


_SHOWS = (
    Choice("state", "状态", "State"),
    Choice("quality", "质量", "Quality"),
    Choice("place", "库位", "Place"),
)


KIND = FieldKind(
    name="item_state",
    zh="物品状态",
    en="State of the item",
    zh_hint="按序列号显示现在的状态，不能改。",
    en_hint="The present state of an item, which nobody edits here.",
    group="serial",
    icon="NodeIndex",
    example=({"source": "serial"}, None),
    options=(source("序列号字段", "Item", "item"), Option("shows", "显示", "Shows", "choice", "state", choices=_SHOWS)),
    derive=_derive,
)
