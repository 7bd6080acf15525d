"""A month of a year (年月)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values

_MONTH = re.compile(r"([12][0-9]{3})(?:[-/.年])(0?[1-9]|1[0-2])月?(?:-[0-9]{2})?", re.ASCII)


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    found = _MONTH.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        raise FieldError("entry_not_a_month")
    return (f"{found[1]}-{int(found[2]):02d}",)


KIND = FieldKind(
    name="month",
    zh="年月",
    en="Month",
    zh_hint="如 2026-11，用于账期、保质期到月。",
    en_hint="Such as 2026-11.",
    group="advanced",
    icon="Calendar",
    example=({}, "2026-11"),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
)
