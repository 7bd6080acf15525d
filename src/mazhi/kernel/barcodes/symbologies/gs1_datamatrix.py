"""GS1 DataMatrix: a Data Matrix with FNC1 in front."""

from __future__ import annotations

from mazhi.kernel.barcodes.gs1.elements import SEPARATOR, looks_bracketed, read_bracketed, read_raw
from mazhi.kernel.barcodes.model import GS, Symbology

_MOST = 2335
"""More characters than the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is a sound element string, raw or bracketed, that is not too long."""
    message = read_bracketed(text) if looks_bracketed(text) else read_raw(SEPARATOR.sub(GS, text))
    return bool(message.elements) and not message.broken and len(text) <= _MOST


KIND = Symbology(
    name="gs1_datamatrix",
    zh="GS1 DataMatrix",
    en="GS1 DataMatrix",
    aim=("]d2", "]d5", "]d8", "]dB"),
    carries="gs1",
    holds=holds,
    example="010690123456789210B2611\x1d21SN0001",
    aliases=("GS1DATAMATRIX", "GS1DM"),
)
