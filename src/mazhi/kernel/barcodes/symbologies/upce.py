"""UPC-E: a UPC-A with its zeros left out; six to eight digits."""

from __future__ import annotations

from mazhi.kernel.barcodes.check_digits import DIGITS
from mazhi.kernel.barcodes.model import Symbology


def holds(text: str) -> bool:
    """Tell whether these are six to eight digits of number system 0 or 1, or the long form that scanners send."""
    if DIGITS.fullmatch(text) is None:
        return False
    return len(text) in (6, 12, 13) or (len(text) in (7, 8) and text[0] in "01")


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
