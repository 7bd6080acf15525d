"""How numbers and dates are written by a pattern, as in spreadsheets.

Numbers: ``0`` is a digit that is always written, ``#`` one that is not, a comma in the whole part separates
thousands, ``%`` writes hundredths; what stands before and after is written as it is, in quotes also letters.
Dates: ``yyyy yy M MM d dd H HH h hh m mm s ss``, ``aaaa`` 星期一, ``aaa`` 一, ``dddd`` Monday, ``ww`` the ISO week,
``jjj`` the day of the year; ``mm`` beside hours or seconds means minutes unless written with capitals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.values import (
    CONTEXT,
    Value,
    as_moment,
    checked,
    is_empty,
    read_date,
    read_number,
    rounded,
    shown,
    to_number,
    to_text,
)

NUMBER = re.compile(r'((?:"[^"]*"|[^"0#])*?)([#,]*[0#,]*[0#])(?:\.([0#]+))?(%?)((?:"[^"]*"|[^"0#.,%])*)')
_DATE = re.compile(r'"([^"]*)"|(y+|M+|m+|d+|H+|h+|s+|a{3,4}|ww|WW|jjj|D+|Y+|S+)|(.)', re.DOTALL)
_AMOUNT = re.compile(r"([+-]?)([0-9]{1,3}(?:,[0-9]{3})+)(\.[0-9]*)?")
_WEEK = "一二三四五六日"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_FORMAT = 100


def format_value(value: Value, pattern: str) -> str:
    """Write a value by a pattern; empty stays empty, a text that is neither number nor date stays as it is.

    Raises:
        FaultError: The pattern cannot be read, or does not fit a date.
    """
    if len(pattern) > LONGEST_FORMAT:
        raise FaultError("formula_bad_format", format=shown(pattern))
    if is_empty(value):
        return ""
    if isinstance(value, date):
        return format_date(value, pattern)
    if isinstance(value, str):
        number = read_number(value)
        if number is not None and NUMBER.fullmatch(pattern):
            return format_number(number, pattern)
        moment = read_date(value)
        return value if moment is None else format_date(moment, pattern)
    return format_number(value, pattern) if isinstance(value, Decimal) else to_text(value)


def format_number(number: Decimal, pattern: str) -> str:
    """Write a number by a pattern such as ``#,##0.00`` or ``000000``.

    Raises:
        FaultError: It is no pattern for numbers.
    """
    found = NUMBER.fullmatch(pattern)
    if found is None:
        raise FaultError("formula_bad_format", format=shown(pattern))
    before, whole, decimals, percent, after = found.groups()
    decimals = decimals or ""
    exact = rounded(checked(CONTEXT.scaleb(number, 2)) if percent else number, len(decimals))
    sign = "-" if exact < 0 else ""
    digits, _, rest = f"{exact.copy_abs():f}".partition(".")
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        digits = re.sub(r"(?<=[0-9])(?=(?:[0-9]{3})+$)", ",", digits)
    needed = len(decimals.rstrip("#")) if decimals.rstrip("#") else 0
    rest = rest.ljust(len(decimals), "0")
    while len(rest) > needed and rest.endswith("0"):
        rest = rest[:-1]
    point = "." if rest else ""
    return f"{sign}{before}{digits}{point}{rest}{percent}{after}".replace('"', "")


def format_date(moment: date, pattern: str) -> str:
    """Write a date by a pattern such as ``yyyy-MM-dd`` or ``yyyy年M月d日 HH:mm``.

    Raises:
        FaultError: The pattern has no part of a date in it.
    """
    return "".join(part if isinstance(part, str) else part(moment) for part in _date_parts(pattern))


@lru_cache(maxsize=512)
def _date_parts(pattern: str) -> tuple[str | Callable[[date], str], ...]:
    return tuple(_WRITERS[letter] if letter else plain for letter, plain in date_letters(pattern))


def date_letters(pattern: str) -> list[tuple[str, str]]:
    """Take a pattern for dates apart: names of what is written, or what stands there as it is.

    Raises:
        FaultError: The pattern has no part of a date in it, or one that is none.
    """
    words = _DATE.findall(pattern)
    letters = [letters for _, letters, _ in words if letters]
    if not letters or len(pattern) > LONGEST_FORMAT:
        raise FaultError("formula_bad_format", format=shown(pattern))
    found: list[tuple[str, str]] = []
    place = 0
    for quoted, letter, plain in words:
        if not letter:
            found.append(("", quoted or plain))
            continue
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        place += 1
        minutes = letter in {"m", "mm"} and (before[:1] in {"h", "H"} or after[:1] in {"s", "S"})
        name = next(
            (one for one in ("minute" + letter if minutes else letter, letter.lower()) if one in _WRITERS), None
        )
        if name is None:
            raise FaultError("formula_bad_format", format=shown(pattern))
        found.append((name, ""))
    return found


_WRITERS: dict[str, Callable[[date], str]] = {
    "yyyy": lambda moment: f"{moment.year:04}",
    "yy": lambda moment: f"{moment.year % 100:02}",
    "M": lambda moment: str(moment.month),
    "MM": lambda moment: f"{moment.month:02}",
    "m": lambda moment: str(moment.month),
    "mm": lambda moment: f"{moment.month:02}",
    "minutem": lambda moment: str(as_moment(moment).minute),
    "minutemm": lambda moment: f"{as_moment(moment).minute:02}",
    "d": lambda moment: str(moment.day),
    "dd": lambda moment: f"{moment.day:02}",
    "dddd": lambda moment: _DAYS[moment.weekday()],
    "ddd": lambda moment: _DAYS[moment.weekday()][:3],
    "H": lambda moment: str(as_moment(moment).hour),
    "HH": lambda moment: f"{as_moment(moment).hour:02}",
    "h": lambda moment: str(as_moment(moment).hour),
    "hh": lambda moment: f"{as_moment(moment).hour:02}",
    "s": lambda moment: str(as_moment(moment).second),
    "ss": lambda moment: f"{as_moment(moment).second:02}",
    "aaa": lambda moment: _WEEK[moment.weekday()],
    "aaaa": lambda moment: "星期" + _WEEK[moment.weekday()],
    "ww": lambda moment: f"{moment.isocalendar().week:02}",
    "jjj": lambda moment: f"{moment.timetuple().tm_yday:03}",
}


def read_amount(value: Value) -> Decimal:
    """Read a value as a number, as people write it: 1,234.50 and 5% too.

    Raises:
        FaultError: It is no number.
    """
    if not isinstance(value, str) or not value:
        return to_number(value)
    plain = value.strip()
    hundredth = plain.endswith(("%", "％"))
    plain = plain[:-1].rstrip() if hundredth else plain
    grouped = _AMOUNT.fullmatch(plain)
    if grouped:
        plain = grouped.group(1) + grouped.group(2).replace(",", "") + (grouped.group(3) or "")
    number = read_number(plain)
    if number is None:
        raise FaultError("formula_not_a_number", value=shown(value))
    return checked(CONTEXT.scaleb(number, -2)) if hundredth else number
