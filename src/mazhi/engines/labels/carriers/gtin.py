"""Trade item numbers (GTIN, 商品条码) as the contents of retail codes."""

from __future__ import annotations

from mazhi.engines.labels.carriers.alphabet import require
from mazhi.engines.labels.carriers.model import LabelError
from mazhi.kernel.barcodes.check_digits import DIGITS, gs1_mod10

_LONGEST = 14

_LEFT = ("3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112")
"""Widths of a digit left of the middle in its odd form, a space first; its other forms follow (ISO/IEC 15420)."""


def _left(widths: str) -> str:
    return "".join("01"[at % 2] * int(width) for at, width in enumerate(widths))


ODD = tuple(_left(widths) for widths in _LEFT)
EVEN = tuple(_left(widths[::-1]) for widths in _LEFT)
RIGHT = tuple("".join("10"[module == "1"] for module in digit) for digit in ODD)
GUARD = "101"
MIDDLE = "01010"


def number(content: str, symbology: str, digits: int) -> str:
    """Return the number in as many digits as the symbology has; zeros that only fill it up are taken off or put on.

    Products carry their number in any of its lengths, often as 14 digits with leading zeros.

    Raises:
        LabelError: It is no number, of another length, or its check digit is wrong.
    """
    require(content, symbology, most=_LONGEST, allowed=lambda text: DIGITS.fullmatch(text) is not None)
    surplus = len(content) - digits
    if surplus > 0 and content[:surplus].strip("0") == "":
        content = content[surplus:]
    elif surplus < 0 and len(content) in (8, 12, 13) and gs1_mod10(content[:-1]) == content[-1] and digits == _LONGEST:
        content = content.zfill(digits)
    if len(content) != digits:
        raise LabelError("carrier_wrong_length", symbology=symbology, length=len(content), expected=digits)
    expected = gs1_mod10(content[:-1])
    if content[-1] != expected:
        raise LabelError("carrier_wrong_check_digit", symbology=symbology, content=content, expected=expected)
    return content
