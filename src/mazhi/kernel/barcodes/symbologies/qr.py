"""QR Code (QR 码), without FNC1 in front."""

from __future__ import annotations

from mazhi.kernel.barcodes.model import Symbology

_MOST = 7089
"""Bytes that the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is not empty and fits into the largest symbol."""
    return 0 < len(text) <= _MOST


KIND = Symbology(
    name="qr",
    zh="QR 码",
    en="QR Code",
    aim=("]Q1", "]Q0", "]Q2", "]Q5", "]Q6"),
    carries="any",
    holds=holds,
    example="https://m.example.com/q/7Q2M9XK4",
    aliases=("QR_CODE", "QRCODE", "QRCodeModel1", "QRCodeModel2"),
)
