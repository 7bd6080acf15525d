"""MaxiCode, as carriers print it."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology

_MOST = 138
"""Bytes that the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is not empty and fits into the largest symbol."""
    return 0 < len(text) <= _MOST


KIND = Symbology(
    name="maxicode",
    zh="MaxiCode",
    en="MaxiCode",
    aim=("]U0", "]U1", "]U2", "]U3"),
    carries="any",
    holds=holds,
    example="https://m.example.com/q/7Q2M9XK4",
    aliases=("MAXI_CODE",),
)
