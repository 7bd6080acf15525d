"""DotCode, without FNC1 in front."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology

_MOST = 4296
"""Bytes that the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is not empty and fits into the largest symbol."""
    return 0 < len(text) <= _MOST


KIND = Symbology(
    name="dotcode",
    zh="点阵码",
    en="DotCode",
    aim=("]J0", "]J2", "]J3", "]J5"),
    carries="any",
    holds=holds,
    example="https://m.example.com/q/7Q2M9XK4",
    aliases=("DOT_CODE",),
)
