"""EAN-13: the retail code of 13 digits."""

from __future__ import annotations

from mazhi.kernel.barcodes.check_digits import DIGITS, gs1_mod10_holds
from mazhi.kernel.barcodes.model import Symbology

_ADD_ONS = (2, 5)


def holds(text: str) -> bool:
    """Tell whether these are 13 digits with a right check digit, with or without an add-on of 2 or 5."""
    number = text[:13]
    right_length = len(text) == 13 or len(text) - 13 in _ADD_ONS
    return right_length and DIGITS.fullmatch(text) is not None and gs1_mod10_holds(number)


KIND = Symbology(
    name="ean13",
    zh="EAN-13",
    en="EAN-13",
    aim=("]E0", "]E3"),
    carries="gtin",
    holds=holds,
    example="6901234567892",
    aliases=("EAN_13", "JAN13", "ISBN", "EAN13 with addon"),
)
