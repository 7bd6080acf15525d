"""Interleaved 2 of 5 (交叉 25 码): an even number of digits."""

from __future__ import annotations

from mazhi.kernel.barcodes.check_digits import DIGITS
from mazhi.kernel.barcodes.model import Symbology


def holds(text: str) -> bool:
    """Tell whether these are digits; a scanner that keeps the check digit to itself sends an odd number of them."""
    return DIGITS.fullmatch(text) is not None


KIND = Symbology(
    name="itf",
    zh="交叉 25 码",
    en="Interleaved 2 of 5",
    aim=("]I0", "]I1", "]I3"),
    carries="any",
    holds=holds,
    example="123456",
    aliases=("I25", "I2OF5", "2of5", "Interleaved2of5"),
)
