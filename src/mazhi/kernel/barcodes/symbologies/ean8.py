"""EAN-8: the retail code of 8 digits for small articles."""

from __future__ import annotations

from mazhi.kernel.barcodes.check_digits import DIGITS, gs1_mod10_holds
from mazhi.kernel.barcodes.model import Symbology


def holds(text: str) -> bool:
    """Tell whether these are digits of the right number with a right check digit."""
    return len(text) in (8,) and DIGITS.fullmatch(text) is not None and gs1_mod10_holds(text)


KIND = Symbology(
    name="ean8",
    zh="EAN-8",
    en="EAN-8",
    aim=("]E4",),
    carries="gtin",
    holds=holds,
    example="96385074",
    aliases=("EAN_8", "JAN8"),
)
