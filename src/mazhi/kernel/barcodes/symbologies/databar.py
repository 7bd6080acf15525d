"""GS1 DataBar: one trade item number, as the element (01), on small articles."""

from __future__ import annotations

from mazhi.kernel.barcodes.check_digits import DIGITS, gs1_mod10_holds
from mazhi.kernel.barcodes.model import Symbology


def holds(text: str) -> bool:
    """Tell whether this is one trade item number, with or without its identifier."""
    number = text.removeprefix("(01)") if text.startswith("(") else text[-14:]
    return (
        text in (number, f"01{number}", f"(01){number}")
        and len(number) == 14
        and DIGITS.fullmatch(number) is not None
        and gs1_mod10_holds(number)
    )


KIND = Symbology(
    name="databar",
    zh="GS1 DataBar",
    en="GS1 DataBar",
    aim=("]e0",),
    carries="gs1",
    holds=holds,
    example="0106901234567892",
    aliases=(
        "DATA_BAR",
        "RSS14",
        "RSS_14",
        "GS1DATABAR",
        "DataBarOmni",
        "DataBarLimited",
        "DataBarLtd",
        "GS1DATABARLIMITED",
        "RSSLIMITED",
        "GS1DATABAROMNI",
        "DataBarStk",
        "DataBarStacked",
        "DataBarStkOmni",
    ),
)
