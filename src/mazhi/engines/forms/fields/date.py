"""A day (日期)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mazhi.engines.forms.model import Column, FieldError, FieldKind, Values
from mazhi.engines.options import Option


def day(raw: Any) -> str:
    """Return a day as ``YYYY-MM-DD``, or raise ``FieldError``."""
    if not isinstance(raw, str) or len(raw) != 10:
        raise FieldError("entry_not_a_date")
    try:
        return date.fromisoformat(raw.replace("/", "-").replace(".", "-")).isoformat()
    except ValueError:
        raise FieldError("entry_not_a_date") from None


def _clean(raw: Any, _options: Mapping[str, Any]) -> Values:
    return (day(raw),)


KIND = FieldKind(
    name="date",
    zh="日期",
    en="Date",
    zh_hint="年月日。",
    en_hint="A day.",
    group="common",
    icon="Calendar",
    example=({}, "2026-11-22"),
    options=(
        Option(
            "today", "新增时填今天", "Today when new", "flag", False,
            zh_hint="新增时页面先填上当天，可以改。", en_hint="Screens begin a new record with the present day.",
        ),
    ),
    columns=(Column("date"),),
    clean=_clean,
    show=lambda values: values[0],
    can_be_unique=True,
)  # fmt: skip
