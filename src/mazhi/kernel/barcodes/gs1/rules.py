"""The rules that a part of a value must keep, by the name that ``ai.json`` gives them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources

from mazhi.kernel.barcodes import check_digits
from mazhi.kernel.barcodes.gs1 import coupons
from mazhi.kernel.barcodes.gs1.dates import day_exists

Params = dict[str, object]

_CODES = json.loads(resources.files("mazhi.kernel.barcodes.gs1").joinpath("codes.json").read_text("utf-8"))
COUNTRIES: dict[str, str] = {entry[2:]: entry[:2] for entry in _CODES["countries"].split()}
"""ISO 3166-1: letters by number."""
CURRENCIES: dict[str, str] = {entry[3:]: entry[:3] for entry in _CODES["currencies"].split()}
"""ISO 4217, those lately withdrawn included: letters by number."""
PACKAGES: frozenset[str] = frozenset(
    first + rest.replace("-", "") for first, rests in _CODES["packages"].items() for rest in rests.split()
)
"""UN/ECE Recommendation 21 with the additions of GS1. (A lone first character stands as ``-``.)"""
_COUNTRY_LETTERS = frozenset(COUNTRIES.values())


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the code of the problem when it is broken, and the test.

    The test gets text of the right length and characters and answers None, or what to fill the problem's text with.
    """

    code: str
    test: Callable[[str], Params | None]


def _when(code: str, holds: Callable[[str], bool]) -> Rule:
    return Rule(code, lambda text: None if holds(text) else {})


def _mod10(text: str) -> Params | None:
    expected = check_digits.gs1_mod10(text[:-1])
    return None if text[-1] == expected else {"expected": expected}


def _pair(text: str) -> Params | None:
    expected = check_digits.gs1_pair(text[:-2]) or ""
    return None if len(text) > 2 and text[-2:] == expected else {"expected": expected}


def _prefix(start: int) -> Callable[[str], bool]:
    def holds(text: str) -> bool:
        return check_digits.DIGITS.fullmatch(text, start, start + 4) is not None and len(text) >= start + 4

    return holds


def _date(text: str) -> bool:
    return day_exists(2000 + int(text[:2]), text[2:4], text[4:6])


def _date_or_month_end(text: str) -> bool:
    return _date(text) or (text[4:6] == "00" and _date(text[:4] + "01"))


def _long_date(text: str) -> bool:
    return int(text[:4]) > 0 and day_exists(int(text[:4]), text[4:6], text[6:8])


def _percent(text: str) -> bool:
    return re.search(r"%(?![0-9A-Fa-f]{2})", text) is None


def _piece(text: str) -> bool:
    half = len(text) // 2
    return 0 < int(text[:half]) <= int(text[half:])


def _sequence(text: str) -> bool:
    found = re.fullmatch(r"([1-9][0-9]*)/([1-9][0-9]*)", text)
    return found is not None and int(found[1]) <= int(found[2])


def _iban(text: str) -> bool:
    return len(text) > 10 and text[:2] in _COUNTRY_LETTERS and check_digits.iban_holds(text)


def _media(text: str) -> bool:
    return "01" <= text <= "10" or "80" <= text <= "99"


def _up_to(limit: int) -> Callable[[str], bool]:
    return lambda text: int(text) <= limit


def _among(allowed: str) -> Callable[[str], bool]:
    return lambda text: text in allowed


RULES: dict[str, Rule] = {
    "mod10": Rule("check_digit", _mod10),
    "pair": Rule("check_characters", _pair),
    "prefix1": _when("company_prefix", _prefix(0)),
    "prefix2": _when("company_prefix", _prefix(1)),
    "date": _when("bad_date", _date),
    "date0": _when("bad_date", _date_or_month_end),
    "date8": _when("bad_date", _long_date),
    "hhmm": _when("no_such_time", lambda text: text[:2] < "24" and text[2:] < "60"),
    "hour": _when("no_such_time", lambda text: text < "24"),
    "minute": _when("no_such_time", lambda text: text < "60"),
    "second": _when("no_such_time", lambda text: text < "60"),
    "country": _when("unknown_country", COUNTRIES.__contains__),
    "country999": _when("unknown_country", lambda text: text == "999" or text in COUNTRIES),
    "country2": _when("unknown_country", _COUNTRY_LETTERS.__contains__),
    "currency": _when("unknown_currency", CURRENCIES.__contains__),
    "percent": _when("bad_percent_code", _percent),
    "latitude": _when("bad_position", _up_to(1_800_000_000)),
    "longitude": _when("bad_position", _up_to(3_600_000_000)),
    "yesno": _when("not_yes_no", _among("01")),
    "minus": _when("not_a_minus", _among("-")),
    "importer": _when("bad_importer", lambda text: re.fullmatch("[-0-9A-Z_a-z]", text) is not None),
    "package": _when("unknown_package_type", PACKAGES.__contains__),
    "media": _when("unknown_media_type", _media),
    "sex": _when("unknown_sex_code", _among("0129")),
    "sequence": _when("bad_sequence", _sequence),
    "nonzero": _when("must_not_be_zero", lambda text: text.strip("0") != ""),
    "zero": _when("must_be_zero", lambda text: text.strip("0") == ""),
    "winding": _when("bad_winding", _among("019")),
    "piece": _when("bad_piece", _piece),
    "iban": _when("bad_iban", _iban),
    "natural": _when("leading_zero", lambda text: not text.startswith("0")),
    "nondigit": _when("needs_non_digit", lambda text: check_digits.DIGITS.fullmatch(text) is None),
    "coupon": _when("bad_coupon", coupons.coupon_holds),
    "offer": _when("bad_coupon", coupons.offer_holds),
}
