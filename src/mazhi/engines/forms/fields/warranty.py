"""Whether an item is under warranty (质保状态), as the ledger says now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mazhi.engines.forms.deriving import Reading
from mazhi.engines.forms.looking_up import look_up
from mazhi.engines.forms.model import Field, FieldKind
from mazhi.engines.forms.standard import source
from mazhi.kernel import clock


def _derive(reading: Reading, field: Field, rows: Sequence[Mapping[str, Any]]) -> Sequence[Any]:
    today = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).date().isoformat()
    ends = look_up(reading, field.options["source"], "warranty_end", rows)
    return [None if end is None else {"until": end, "valid": end >= today} for end in ends]


KIND = FieldKind(
    name="warranty",
    zh="质保状态",
    en="Warranty",
    zh_hint="按序列号显示在保、过保和截止日期。",
    en_hint="Whether an item is under warranty, and until when.",
    group="serial",
    icon="Insurance",
    example=({"source": "serial"}, None),
    options=(source("序列号字段", "Item", "item"),),
    derive=_derive,
)
