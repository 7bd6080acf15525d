"""From one day to another (日期区间)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.fields.date import day
from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    if not isinstance(raw, Mapping) or raw.keys() != {"from", "to"}:
        raise FieldError("entry_not_a_range")
    first, last = day(raw["from"]), day(raw["to"])
    if last < first:
        raise FieldError("entry_range_backwards", first=first, last=last)
    return (first, last)


KIND = FieldKind(
    name="date_range",
    zh="日期区间",
    en="Date range",
    zh_hint="从哪天到哪天。",
    en_hint="From one day to another.",
    group="advanced",
    icon="Schedule",
    example=({}, {"from": "2026-11-01", "to": "2026-11-30"}),
    columns=(Column("date", "from"), Column("date", "to")),
    clean=_clean,
    show=lambda values: {"from": values[0], "to": values[1]},
)
