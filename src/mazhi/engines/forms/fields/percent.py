"""A percentage (百分比): 12.5 means 12.5 %."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.fields.number import millionths, plain
from mazhi.engines.forms.model import Column, FieldKind, Values
from mazhi.engines.forms.standard import LEAST, MOST, check_range, decimals


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    return (millionths(raw.strip().rstrip("%％ ") if isinstance(raw, str) else raw, options),)


KIND = FieldKind(
    name="percent",
    zh="百分比",
    en="Percentage",
    zh_hint="填 12.5 就是 12.5%。",
    en_hint="12.5 means 12.5 %.",
    group="common",
    icon="Percentage",
    example=({"decimals": 1}, 98.5),
    options=(decimals(6, 2), LEAST, MOST),
    check=check_range,
    columns=(Column("number"),),
    clean=_clean,
    show=lambda values: plain(values[0]),
)
