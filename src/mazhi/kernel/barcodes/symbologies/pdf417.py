"""PDF417: a stacked code for documents and labels."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology

_MOST = 2710
"""Bytes that the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is not empty and fits into the largest symbol."""
    return 0 < len(text) <= _MOST


KIND = Symbology(
    name="pdf417",
    zh="PDF417",
    en="PDF417",
    aim=("]L0", "]L1", "]L2"),
    carries="any",
    holds=holds,
    example="https://m.example.com/q/7Q2M9XK4",
    aliases=("PDF_417", "MICROPDF417", "COMPACTPDF417"),
)
