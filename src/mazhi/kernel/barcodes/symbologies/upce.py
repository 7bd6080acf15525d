"""UPC-E: a UPC-A with its zeros left out; six to eight digits."""

from __future__ import annotations

from mazhi.kernel.barcodes.check_digits import DIGITS, gs1_mod10, gs1_mod10_holds
from mazhi.kernel.barcodes.model import Symbology


def expand(number: str) -> str:
    """Return the 11 digits that 7 digits (number system and six) stand for; their check digit is the same."""
    system, body, last = number[0], number[1:6], number[6]
    if last in "012":
        return system + body[:2] + last + "0000" + body[2:5]
    if last == "3":
        return system + body[:3] + "00000" + body[3:5]
    if last == "4":
        return system + body[:4] + "00000" + body[4]
    return system + body + "0000" + last


def holds(text: str) -> bool:
    """Tell whether these are six to eight digits of number system 0 or 1, or the long form that scanners send."""
    if DIGITS.fullmatch(text) is None:
        return False
    if len(text) in (12, 13):
        return gs1_mod10_holds(text)
    if len(text) in (7, 8) and text[0] not in "01":
        return False
    return len(text) in (6, 7) or (len(text) == 8 and gs1_mod10(expand(text[:7])) == text[7])


KIND = Symbology(
    name="upce",
    zh="UPC-E",
    en="UPC-E",
    aim=("]E0",),
    carries="gtin",
    holds=holds,
    example="01234565",
    aliases=("UPC_E", "UPCE0", "UPCE1"),
)
