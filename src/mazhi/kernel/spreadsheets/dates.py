"""Dates in spreadsheets: real ones, serial numbers, and all the ways to write one as text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

from mazhi.kernel.clock import DEFAULT_ZONE
from mazhi.kernel.spreadsheets.model import Fault, Odd, Value, narrow, shown

EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's dates have no zone
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL = 73_050  # 2099-12-31; a larger number is hardly a date
_FIRST_SERIAL = 61  # below, the calendar of 1900 has a day that never was
_TIME = r"(?:[ T]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.]\d+)?)?)?(?P<zone>Z|[+-]\d{2}:?\d{2})?"
_FORMS = tuple(
    re.compile(form + _TIME)
    for form in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>\d{4}) *年 *(?P<month>\d{1,2}) *月 *(?P<day>\d{1,2}) *[日号]",
        r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})",
    )
)
_WITHOUT_YEAR = re.compile(r"\d{1,2} *月 *\d{1,2} *[日号]|\d{1,2}[-/.]\d{1,2}")
_DAY_FIRST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?: .*)?")


def moment_of(value: Value, *, base_1904: bool = False) -> datetime | Fault:
    """Take a cell as a moment; a mere date is its midnight in the house's zone, and so is a time without one."""
    if isinstance(value, Odd) and value.kind != "shown":
        code = "cell_error" if value.kind == "error" else "formula_without_value"
        return Fault(code, {"value": value.text})
    if isinstance(value, datetime):
        return value.replace(tzinfo=DEFAULT_ZONE)
    if isinstance(value, date):
        return datetime.combine(value, time(), DEFAULT_ZONE)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_number(float(value), base_1904=base_1904)
    return _from_text(narrow(shown(value)))


def date_of(value: Value, *, base_1904: bool = False) -> date | Fault:
    """Take a cell as a date."""
    found = moment_of(value, base_1904=base_1904)
    return found if isinstance(found, Fault) else found.astimezone(DEFAULT_ZONE).date()


def _from_number(value: float, *, base_1904: bool) -> datetime | Fault:
    if value.is_integer() and 19_000_101 <= value <= 21_001_231:
        return _from_text(str(int(value)))  # 20260908, typed as a number
    if not _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return Fault("not_a_date", {"value": shown(value)})
    base = EPOCH_1904 if base_1904 else EPOCH_1900
    return (base + timedelta(seconds=round(value * 86_400))).replace(tzinfo=DEFAULT_ZONE)


def _from_text(text: str) -> datetime | Fault:
    for form in _FORMS:
        found = form.fullmatch(text)
        if found:
            return _build(text, found)
    if _WITHOUT_YEAR.fullmatch(text):
        return Fault("date_without_year", {"value": text})
    if _DAY_FIRST.fullmatch(text):
        return Fault("date_ambiguous", {"value": text})
    return Fault("not_a_date", {"value": text})


def _build(text: str, found: re.Match[str]) -> datetime | Fault:
    part = {name: int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")}
    try:
        moment = datetime(**part, tzinfo=DEFAULT_ZONE)
    except ValueError:
        return Fault("no_such_date", {"value": text})
    zone = found["zone"]
    if not zone:
        return moment
    if zone == "Z":
        return moment.replace(tzinfo=UTC)
    return datetime.fromisoformat(f"{moment.replace(tzinfo=None).isoformat()}{zone[:3]}:{zone[-2:]}")
