"""Data Matrix (DM 码), without FNC1 in front."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology

_MOST = 3116
"""Bytes that the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is not empty and fits into the largest symbol."""
    return 0 < len(text) <= _MOST


KIND = Symbology(
    name="datamatrix",
    zh="Data Matrix",
    en="Data Matrix",
    aim=("]d1", "]d0", "]d3", "]d4", "]d6", "]d7", "]d9", "]dA", "]dC"),
    carries="any",
    holds=holds,
    example="https://m.example.com/q/7Q2M9XK4",
    aliases=("DATA_MATRIX", "ECC200", "DMRE"),
)
