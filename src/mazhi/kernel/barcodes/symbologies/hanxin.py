"""Han Xin Code (汉信码), made for Chinese text."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology

_MOST = 7827
"""Bytes that the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is not empty and fits into the largest symbol."""
    return 0 < len(text) <= _MOST


KIND = Symbology(
    name="hanxin",
    zh="汉信码",
    en="Han Xin Code",
    aim=("]h0", "]h1", "]h2", "]h3"),
    carries="any",
    holds=holds,
    example="https://m.example.com/q/7Q2M9XK4",
    aliases=("HAN_XIN", "HANXINCODE"),
)
