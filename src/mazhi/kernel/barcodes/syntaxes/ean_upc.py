"""Trade item numbers alone: EAN-13, EAN-8, UPC-A, UPC-E, ITF-14."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhi.kernel.barcodes.check_digits import DIGITS, gs1_mod10, gs1_mod10_holds
from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax
from mazhi.kernel.barcodes.symbologies.upce import expand
from mazhi.kernel.errors import Problem

_GROUPED = re.compile(r"[0-9]+(?:[ -][0-9]+)+")
_LENGTHS = frozenset({8, 12, 13, 14})
_OF_SYMBOLOGY: dict[str, tuple[int, ...]] = {
    "ean13": (13, 12),
    "ean8": (8,),
    "upca": (12, 13),
    "upce": (8, 7, 6, 12, 13),
    "itf14": (14,),
    "databar": (14,),
}
_ADD_ONS = (2, 5)


def read(scan: Scan) -> Sequence[Found]:
    """Read 8, 12, 13 or 14 digits; of a symbology that says so also the short forms and add-ons."""
    name = scan.symbology.name if scan.symbology else ""
    if name in _OF_SYMBOLOGY:
        return _of_symbology(scan.text, name, with_add_on=scan.aim == "]E3")
    if scan.carrier == "gs1":
        return ()
    if name == "itf" and scan.aim == "]I3" and len(scan.text) == 13 and DIGITS.fullmatch(scan.text):
        # The scanner has checked the last digit and kept it to itself.
        return (_number(scan.text + gs1_mod10(scan.text), Level.SURE, Level.SURE),)
    if DIGITS.fullmatch(scan.text):
        return _of_digits(scan.text, validated=name == "itf" and scan.aim == "]I1")
    if len(scan.text) < 24 and _GROUPED.fullmatch(scan.text):
        number = scan.text.replace(" ", "").replace("-", "")
        if len(number) in _LENGTHS and gs1_mod10_holds(number):
            return (_number(number, Level.LIKELY, Level.WEAK),)
    return ()


def _of_symbology(text: str, name: str, *, with_add_on: bool) -> Sequence[Found]:
    if not DIGITS.fullmatch(text):
        return ()
    lengths = _OF_SYMBOLOGY[name]
    if with_add_on:
        for length in _ADD_ONS:
            if len(text) - length in lengths:
                return (_number(text[:-length], Level.SURE, Level.SURE, add_on=text[-length:]),)
    if len(text) not in lengths:
        return ()
    if name == "upce" and len(text) <= 8:
        return (_upce(text, Level.SURE),) if len(text) == 6 or text[0] in "01" else ()
    return (_number(text, Level.SURE, Level.SURE),)


def _upce(text: str, level: Level) -> Found:
    full = expand(("0" + text if len(text) == 6 else text)[:7])
    return _number(full + (text[7] if len(text) == 8 else gs1_mod10(full)), level, level)


def _of_digits(text: str, *, validated: bool) -> Sequence[Found]:
    if len(text) not in _LENGTHS:
        return ()
    found = [_number(text, Level.SURE if validated and len(text) == 14 else Level.LIKELY, Level.WEAK)]
    if len(text) == 8 and text[0] in "01":
        short = _upce(text, Level.WEAK)
        if not short.problems:
            found.append(short)
    return found


def _number(text: str, right: Level, wrong: Level, *, add_on: str = "") -> Found:
    expected = gs1_mod10(text[:-1])
    problems = () if text[-1] == expected else (Problem("check_digit", {"value": text, "expected": expected}),)
    elements = {"01": text.zfill(14)} | ({"add_on": add_on} if add_on else {})
    return Found(text.zfill(14), elements, problems, wrong if problems else right)


KIND = Syntax(
    name="ean_upc",
    via="gtin",
    zh="商品条码",
    en="EAN/UPC/ITF-14",
    order=30,
    example="6901234567892",
    read=read,
)
