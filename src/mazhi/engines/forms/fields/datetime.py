"""A moment (日期时间)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Option
from mazhi.kernel import clock


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    if not isinstance(raw, str):
        raise FieldError("entry_not_a_moment")
    try:
        found = datetime.fromisoformat(raw)
    except ValueError:
        raise FieldError("entry_not_a_moment") from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=clock.DEFAULT_ZONE)
    micros = clock.to_micros(found)
    try:
        clock.to_datetime(micros, clock.DEFAULT_ZONE)
    except OverflowError:
        # At the ends of the calendar, where another zone has no such day.
        raise FieldError("entry_not_a_moment") from None
    return (micros,)


KIND = FieldKind(
    name="datetime",
    zh="日期时间",
    en="Date and time",
    zh_hint="年月日和时间，带时区保存。",
    en_hint="A day and a time, kept with its zone.",
    group="common",
    icon="FieldTime",
    example=({}, "2026-11-22T05:40:00Z"),
    options=(
        Option(
            "now", "新增时填现在", "Now when new", "flag", False,
            zh_hint="新增时页面先填上当时，可以改。", en_hint="Screens begin a new record with the present moment.",
        ),
    ),
    columns=(Column("moment"),),
    clean=_clean,
    show=lambda values: clock.to_text(values[0]),
    can_be_unique=True,
)  # fmt: skip
