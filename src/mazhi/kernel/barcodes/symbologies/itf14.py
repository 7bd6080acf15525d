"""ITF-14: the shipping container code of 14 digits in Interleaved 2 of 5."""

from __future__ import annotations

from mazhi.kernel.barcodes.check_digits import DIGITS, gs1_mod10_holds
from mazhi.kernel.barcodes.model import Symbology


def holds(text: str) -> bool:
    """Tell whether these are digits of the right number with a right check digit."""
    return len(text) in (14,) and DIGITS.fullmatch(text) is not None and gs1_mod10_holds(text)


KIND = Symbology(
    name="itf14",
    zh="ITF-14",
    en="ITF-14",
    aim=("]I1", "]I0"),
    carries="gtin",
    holds=holds,
    example="16901234567899",
    aliases=("ITF_14", "DUN14"),
)
