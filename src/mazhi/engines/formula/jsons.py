"""Values of formulas from JSON and to JSON: by the shape of the field from which they come, and back as text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from mazhi.engines.formula.values import Value, number_text, read_number
from mazhi.kernel import clock

ResultKind = Literal["number", "text", "date", "datetime", "boolean", "list", "empty"]


def from_json(raw: Any, shape: str = "") -> object:
    """Take a value as clients give it; what does not fit its shape stays a text.

    Args:
        raw: A value of JSON.
        shape: ``number``, ``date``, ``moment`` or anything else: as it is.
    """
    if isinstance(raw, list):
        return [from_json(one, shape) for one in raw]
    if isinstance(raw, dict):
        return str(raw.get("code") or raw.get("value") or "")
    if not isinstance(raw, str):
        return raw
    if shape == "number":
        number = read_number(raw)
        return raw if number is None else number
    if shape in {"date", "moment"}:
        try:
            return date.fromisoformat(raw) if shape == "date" else _wall_clock(raw)
        except ValueError:
            return raw
    return raw


def _wall_clock(raw: str) -> datetime:
    found = datetime.fromisoformat(raw)
    return found if found.tzinfo is None else found.astimezone(clock.DEFAULT_ZONE).replace(tzinfo=None)


def to_json(value: Value) -> Any:
    """Write a result: numbers and dates as text, so that nothing is lost; lists value by value."""
    if isinstance(value, tuple):
        return [to_json(one) for one in value]
    if isinstance(value, Decimal):
        return _exactly(value)
    if isinstance(value, date):
        return value.isoformat()
    return None if value == "" else value


def _exactly(number: Decimal) -> str:
    """Unlike as text a formula's number keeps every digit here."""
    written = f"{number:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return written if written.strip("-0") else number_text(Decimal(0))


def kind_of(value: Value) -> ResultKind:
    """Say what a result is."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, Decimal):
        return "number"
    if isinstance(value, tuple):
        return "list"
    if isinstance(value, datetime):
        return "datetime"
    if isinstance(value, date):
        return "date"
    return "text" if value else "empty"
