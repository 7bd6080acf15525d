"""Micro QR Code: a small square for up to 35 digits; scanners announce it as ``]Q1``, like a QR Code."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology

_MOST = 35
"""Bytes that the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is not empty and fits into the largest symbol."""
    return 0 < len(text) <= _MOST


KIND = Symbology(
    name="micro_qr",
    zh="微型 QR 码",
    en="Micro QR Code",
    aim=(),
    carries="any",
    holds=holds,
    example="SN0001",
    aliases=("MICRO_QR_CODE", "MICROQRCODE"),
)
