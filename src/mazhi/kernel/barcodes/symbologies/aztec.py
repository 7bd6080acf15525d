"""Aztec Code, as on tickets."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology

_MOST = 3832
"""Bytes that the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is not empty and fits into the largest symbol."""
    return 0 < len(text) <= _MOST


KIND = Symbology(
    name="aztec",
    zh="Aztec 码",
    en="Aztec Code",
    aim=("]z0", "]z3", "]z6", "]z9", "]zC"),
    carries="any",
    holds=holds,
    example="https://m.example.com/q/7Q2M9XK4",
    aliases=("AZTEC_CODE", "AztecRune"),
)
