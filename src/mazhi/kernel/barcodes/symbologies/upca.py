"""UPC-A: the North American retail code of 12 digits; scanners often send it as an EAN-13 with a leading zero."""

from __future__ import annotations

from mazhi.kernel.barcodes.check_digits import DIGITS, gs1_mod10_holds
from mazhi.kernel.barcodes.model import Symbology


def holds(text: str) -> bool:
    """Tell whether these are digits of the right number with a right check digit."""
    return (
        len(text)
        in (
            12,
            13,
        )
        and DIGITS.fullmatch(text) is not None
        and gs1_mod10_holds(text)
    )


KIND = Symbology(
    name="upca",
    zh="UPC-A",
    en="UPC-A",
    aim=("]E0",),
    carries="gtin",
    holds=holds,
    example="012345678905",
    aliases=("UPC_A",),
)
