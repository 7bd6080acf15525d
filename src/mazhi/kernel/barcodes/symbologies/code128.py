"""Code 128: the whole of ASCII, without FNC1 in front, so not GS1 data."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology


def holds(text: str) -> bool:
    """Tell whether every character can be written."""
    return text != "" and all(ord(character) < 256 for character in text)


KIND = Symbology(
    name="code128",
    zh="Code 128",
    en="Code 128",
    aim=("]C0", "]C2", "]C4"),
    carries="any",
    holds=holds,
    example="RO26112100017",
    aliases=("CODE_128", "Code128A", "Code128B", "Code128C"),
)
