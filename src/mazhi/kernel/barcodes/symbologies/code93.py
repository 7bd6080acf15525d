"""Code 93: the denser successor of Code 39."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology


def holds(text: str) -> bool:
    """Tell whether every character can be written."""
    return text != "" and text.isascii()


KIND = Symbology(
    name="code93",
    zh="Code 93",
    en="Code 93",
    aim=("]G0",),
    carries="any",
    holds=holds,
    example="SN-0001",
    aliases=("CODE_93",),
)
