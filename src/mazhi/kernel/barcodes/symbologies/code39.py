"""Code 39: capital letters, digits and seven signs; an optional mod 43 check character."""

from __future__ import annotations

from mazhi.kernel.barcodes.check_digits import CODE39
from mazhi.kernel.barcodes.model import Symbology


def holds(text: str) -> bool:
    """Tell whether every character can be written; the full set is ASCII."""
    return text != "" and text.isascii()


def bare(text: str) -> str:
    """Take off the asterisks that start and stop the symbol, which some scanners send."""
    inner = text[1:-1]
    guarded = len(text) > 2 and text[0] == text[-1] == "*"
    return inner if guarded and set(inner) <= set(CODE39) else text


KIND = Symbology(
    name="code39",
    zh="Code 39",
    en="Code 39",
    aim=("]A0", "]A1", "]A3", "]A4", "]A5", "]A7"),
    carries="any",
    holds=holds,
    example="SN-0001",
    aliases=("CODE_39", "3of9", "CODE39FULLASCII", "Code39Std", "Code39Ext"),
    bare=bare,
)
