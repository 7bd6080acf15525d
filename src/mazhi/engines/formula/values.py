"""What a formula works with, and how one kind of value stands in for another.

Values are text, number (Decimal), date, date with time (wall-clock time of the company's zone), boolean, empty, and
lists of them. Empty (空) and a text without characters are the same thing. Numbers have 34 significant digits, half
is rounded away from zero. What cannot be worked out is a ``Fault``: a value that passes through every operation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, DecimalException, DivisionByZero, InvalidOperation, Overflow
from typing import TypeAlias

from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.tokens import fold
from mazhi.kernel import clock

DIGITS = 34
LARGEST_EXPONENT = 100
"""Numbers of 10^100 and more are a fault; so small ones that their first digit is beyond the 100th place are 0."""
PLACES_IN_TEXT = 15
LONGEST_TEXT = 32_767

CONTEXT = Context(
    prec=DIGITS, rounding=ROUND_HALF_UP, Emin=-999, Emax=999, traps=[InvalidOperation, DivisionByZero, Overflow]
)
ZERO = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Fault:
    """What a formula comes to where it cannot be worked out: a code, and the place in its source."""

    code: str
    start: int
    end: int
    params: dict[str, object] = field(default_factory=dict, compare=False)


Value: TypeAlias = "str | Decimal | date | datetime | bool | tuple[Value, ...] | Fault | None"


def adopt(value: object) -> Value:
    """Take a value from outside: whole numbers, floats, aware times, lists and blanks become what formulas know."""
    if value is None or isinstance(value, str | bool | Fault):
        return value
    if isinstance(value, Decimal):
        return checked(value)
    if isinstance(value, int):
        return checked(Decimal(value))
    if isinstance(value, float):
        return checked(Decimal(repr(value)))
    if isinstance(value, datetime):
        return value if value.tzinfo is None else value.astimezone(clock.DEFAULT_ZONE).replace(tzinfo=None)
    if isinstance(value, date):
        return value
    if isinstance(value, list | tuple):
        return tuple(adopt(one) for one in value)
    raise FaultError("formula_bad_value", value=type(value).__name__)


def checked(number: Decimal) -> Decimal:
    """Keep a number within what there is."""
    if not number.is_finite():
        raise FaultError("formula_number_too_large")
    if number and number.adjusted() >= LARGEST_EXPONENT:
        raise FaultError("formula_number_too_large")
    if number and number.adjusted() < -LARGEST_EXPONENT:
        return ZERO
    return CONTEXT.plus(number)


def is_empty(value: Value) -> bool:
    """Tell whether a value is empty: none, a text without characters, a list of nothing but empty values."""
    if isinstance(value, tuple):
        return all(is_empty(one) for one in value)
    return value is None or value == ""


def to_text(value: Value) -> str:
    """Write a value as text: numbers plainly with up to 15 decimal places, dates as 2026-11-21.

    Raises:
        FaultError: The value is a fault.
    """
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(to_text(one) for one in value)
    if isinstance(value, Fault):
        raise FaultError(value.code, **value.params)
    return value


def number_text(number: Decimal) -> str:
    """Write a number without exponent and without zeros that say nothing."""
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -PLACES_IN_TEXT:
        number = rounded(number, PLACES_IN_TEXT)
    written = f"{number:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    return "0" if written in {"-0", ""} else written


def rounded(number: Decimal, places: int, rounding: str = ROUND_HALF_UP) -> Decimal:
    """Round to so many decimal places; a negative number of them rounds before the point."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -places:
        return number
    if number.adjusted() + places < -1:
        # So small beside the place that only the direction counts; quantizing would want too many digits.
        number = Decimal((number.as_tuple().sign, (1,), -places - 2)) if number else ZERO
    try:
        done = number.quantize(Decimal((0, (1,), -places)), rounding=rounding, context=_WIDE)
    except DecimalException as error:
        raise FaultError("formula_number_too_large") from error
    return checked(done) if done else ZERO


_WIDE = Context(prec=2 * LARGEST_EXPONENT + DIGITS, Emin=-9999, Emax=9999, traps=[InvalidOperation, Overflow])

_NUMBER = re.compile(r"[+-]?([0-9]{1,50}(\.[0-9]{0,50})?|\.[0-9]{1,50})")
_DATE = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})|/([0-9]{1,2})/([0-9]{1,2})|年([0-9]{1,2})月([0-9]{1,2})日"
    r"|([0-9]{2})([0-9]{2}))(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?)?"
)


def _plain(text: str) -> str:
    return "".join(fold(character) for character in text).strip().replace("−", "-")


def read_number(text: str) -> Decimal | None:
    """Read a text that looks like a number: an optional sign, digits, an optional decimal part; None if it doesn't."""
    plain = _plain(text)
    return checked(Decimal(plain)) if _NUMBER.fullmatch(plain) else None


def read_date(text: str) -> date | datetime | None:
    """Read 2026-11-21, 2026/11/21, 2026年11月21日 or 20261121, with an optional time; None if it is none of them."""
    found = _DATE.fullmatch(_plain(text))
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in _date_parts(found))
    try:
        if found.group(10) is None:
            return date(year, month, day)
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - wall-clock time
    except ValueError:
        return None


def _date_parts(found: re.Match[str]) -> tuple[str, ...]:
    month = next(found.group(place) for place in (2, 4, 6, 8) if found.group(place))
    day = next(found.group(place) for place in (3, 5, 7, 9) if found.group(place))
    return found.group(1), month, day, found.group(10) or "0", found.group(11) or "0", found.group(12) or "0"


def to_number(value: Value) -> Decimal:
    """Read a value as a number: empty is 0, TRUE is 1, FALSE is 0, a text must look like a number.

    Raises:
        FaultError: It is none.
    """
    if type(value) is Decimal:
        return value
    if value is None or value == "":
        return ZERO
    if isinstance(value, bool):
        return ONE if value else ZERO
    if isinstance(value, str):
        number = read_number(value)
        if number is not None:
            return number
    _refuse(value, "formula_not_a_number")
    raise FaultError("formula_not_a_number", value=shown(value))


def to_integer(value: Value) -> int:
    """Read a value as a whole number; decimals are cut off.

    Raises:
        FaultError: It is no number.
    """
    return int(to_number(value))


_BOOLEANS = {"TRUE": True, "FALSE": False, "真": True, "假": False, "是": True, "否": False}


def to_boolean(value: Value) -> bool:
    """Read a value as true or false: empty is FALSE, a number is TRUE unless it is 0, a text must say it.

    Raises:
        FaultError: It is neither.
    """
    if isinstance(value, bool):
        return value
    if value is None or value == "":
        return False
    if isinstance(value, Decimal):
        return bool(value)
    if isinstance(value, str):
        said = _BOOLEANS.get(_plain(value).upper())
        if said is not None:
            return said
    _refuse(value, "formula_not_a_boolean")
    raise FaultError("formula_not_a_boolean", value=shown(value))


def to_date(value: Value) -> date:
    """Read a value as a date, with its time if it has one; a text must be written like one. Empty is none.

    Raises:
        FaultError: It is none.
    """
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        found = read_date(value)
        if found is not None:
            return found
    _refuse(value, "formula_not_a_date")
    raise FaultError("formula_not_a_date", value=shown(value))


def _refuse(value: Value, code: str) -> None:
    """Say the more precise thing about what is no single value at all."""
    if isinstance(value, Fault):
        raise FaultError(value.code, **value.params)
    if isinstance(value, tuple):
        raise FaultError("formula_list", wanted=code)


def shown(value: Value) -> str:
    """Write the beginning of a value, for messages."""
    written = "" if isinstance(value, Fault) else to_text(value)
    return written if len(written) <= 40 else written[:39] + "…"


def as_moment(value: date) -> datetime:
    """Return a date as the moment at which it begins."""
    return value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001 - wall


MICROS_A_DAY = Decimal(86_400_000_000)


def days_between(later: date, earlier: date) -> Decimal:
    """Return the days from one date to another; where one has a time, with its part of a day."""
    if not isinstance(later, datetime) and not isinstance(earlier, datetime):
        return Decimal((later - earlier).days)
    micros = (as_moment(later) - as_moment(earlier)) // timedelta(microseconds=1)
    return CONTEXT.divide(Decimal(micros), MICROS_A_DAY)


def add_days(start: date, days: Decimal) -> date:
    """Return the date so many days later; a date without a time takes whole days only, decimals are cut off."""
    try:
        if not isinstance(start, datetime):
            return start + timedelta(days=int(days))
        micros = int(CONTEXT.multiply(days, MICROS_A_DAY).to_integral_value(ROUND_HALF_UP))
        return start + timedelta(microseconds=micros)
    except OverflowError as error:
        raise FaultError("formula_date_range") from error
