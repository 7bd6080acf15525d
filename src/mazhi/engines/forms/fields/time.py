"""A time of day (时间)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Option

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:：]([0-5][0-9])(?:[:：]([0-5][0-9]))?")


def _clean(raw: Any, options: Mapping[str, Any]) -> Values:
    found = _TIME.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if found is None:
        raise FieldError("entry_not_a_time")
    hours, minutes, seconds = found.groups()
    return (f"{int(hours):02d}:{minutes}" + (f":{seconds or '00'}" if options["seconds"] else ""),)


KIND = FieldKind(
    name="time",
    zh="时间",
    en="Time",
    zh_hint="一天里的几点几分。",
    en_hint="A time of day.",
    group="common",
    icon="ClockCircle",
    example=({}, "08:30"),
    options=(Option("seconds", "精确到秒", "With seconds", "flag", False),),
    columns=(Column("text"),),
    clean=_clean,
    show=lambda values: values[0],
)
