"""What a spreadsheet's cell may hold, and what it says when a code is expected of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that is not simply its value.

    ``error``: an error such as #N/A. ``no_value``: a formula whose result was never stored. ``shown``: a number
    that its format shows as another text, such as 42 shown as 000042.
    """

    kind: Literal["error", "no_value", "shown"]
    text: str = ""


Value = str | int | float | bool | date | datetime | time | timedelta | Odd | None
"""A cell as read. ``datetime`` is a ``date`` and ``bool`` an ``int``: ask for the narrower one first."""


class Row(NamedTuple):
    """One row, with the number that the spreadsheet program shows."""

    number: int
    values: list[Value]


class Fault(NamedTuple):
    """Why a cell cannot be taken as what is expected of it: a code with a text, and the text's fillings."""

    code: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken at once."""

    inflated: int = 768 << 20
    cells: int = 20_000_000
    rows: int = 1_048_576
    columns: int = 500


LIMITS = Limits()

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
) | {code: 0x20 for code in (0xA0, 0x2007, 0x202F, *range(0x2000, 0x2007), *range(0x2008, 0x200B))}
_SCIENTIFIC = re.compile(r"[+-]?[0-9](?:[.][0-9]+)?[eE][+][0-9]{1,3}")
_ERROR = re.compile(r"#(?:N/A|NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_EXACT_BELOW = 10**15
"""Excel keeps 15 digits of a number; of a longer one the rest are zeros, whatever was typed."""
LONGEST_CELL = 32_767
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet program begins to reckon."""


def clean(text: str) -> str:
    """Take away what nobody sees: zero-width signs, odd blanks, blanks at both ends."""
    if text.isascii():
        return text.strip()
    return text.translate(_INVISIBLE).strip()


def narrow(text: str) -> str:
    """Clean a text and turn full-width letters, digits and signs (全角) into ordinary ones, as codes need it."""
    if text.isascii():
        return text.strip()
    return text.translate(_INVISIBLE).translate(_FULL_WIDTH).strip()


def is_blank(value: Value) -> bool:
    """Tell whether a cell holds nothing that can be seen."""
    return value is None or (isinstance(value, str) and not clean(value))


def shown(value: Value) -> str:
    """Write a cell as a person sees it, for answers and reports."""
    if value is None:
        return ""
    if isinstance(value, Odd):
        return value.text
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _EXACT_BELOW:
            return str(int(value))
        return f"{value:.15G}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return str(value)


def code_of(value: Value) -> str | Fault:
    """Take a cell as a code, or say how the spreadsheet program spoiled it."""
    if isinstance(value, str):
        return _code_of_text(narrow(value))
    fault = _no_content(value)
    if fault:
        return fault
    if isinstance(value, bool):
        return Fault("code_is_boolean", {"value": shown(value)})
    if isinstance(value, (date, time, timedelta)):
        return Fault("code_is_date", {"value": shown(value)})
    if isinstance(value, (int, float)):
        return _code_of_number(float(value))
    return _code_of_text(narrow(shown(value)))


def _code_of_text(text: str) -> str | Fault:
    if "+" in text and _SCIENTIFIC.fullmatch(text):
        return Fault("excel_scientific", {"value": text})
    if text.startswith("#") and _ERROR.fullmatch(text):
        return Fault("cell_error", {"value": text})
    if not text.isprintable() and _UNSTORABLE.search(text):
        return Fault("text_damaged", {"value": _UNSTORABLE.sub("\ufffd", text)})
    if "\ufffd" in text:
        return Fault("text_damaged", {"value": text})
    return text


def _code_of_number(value: float) -> str | Fault:
    if abs(value) >= _EXACT_BELOW:
        return Fault("excel_scientific", {"value": shown(value)})
    if not value.is_integer() or value < 0:
        return Fault("code_not_whole", {"value": shown(value)})
    return str(int(value))


def _no_content(value: Value) -> Fault | None:
    if isinstance(value, Odd):
        if value.kind == "error":
            return Fault("cell_error", {"value": value.text})
        if value.kind == "no_value":
            return Fault("formula_without_value", {})
    return None


def digits_of(value: Value) -> str | None:
    """Return a cell's digits if it is nothing but digits; None otherwise."""
    if isinstance(value, bool) or not isinstance(value, (int, float, str, Odd)):
        return None
    text = narrow(shown(value))
    return text if text.isascii() and text.isdigit() else None
