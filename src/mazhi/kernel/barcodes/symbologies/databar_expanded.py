"""GS1 DataBar Expanded, and composite symbols: elements on small or fresh articles."""

from __future__ import annotations

from mazhi.kernel.barcodes.gs1.elements import SEPARATOR, looks_bracketed, read_bracketed, read_raw
from mazhi.kernel.barcodes.model import GS, Symbology

_MOST = 96
"""More characters than the largest symbol carries."""


def holds(text: str) -> bool:
    """Tell whether the text is a sound element string, raw or bracketed, that is not too long."""
    message = read_bracketed(text) if looks_bracketed(text) else read_raw(SEPARATOR.sub(GS, text))
    return bool(message.elements) and not message.broken and len(text) <= _MOST


KIND = Symbology(
    name="databar_expanded",
    zh="GS1 DataBar 扩展式",
    en="GS1 DataBar Expanded",
    aim=("]e0", "]e1", "]e2"),
    carries="gs1",
    holds=holds,
    example="010690123456789210B2611\x1d21SN0001",
    aliases=(
        "DATA_BAR_EXPANDED",
        "DataBarExpanded",
        "RSSEXPANDED",
        "RSS_EXPANDED",
        "GS1DATABAREXPANDED",
        "DataBarExpandedStacked",
        "DataBarExp",
        "DataBarExpStk",
        "GS1COMPOSITE",
    ),
)
