"""GS1 Digital Link addresses."""

from __future__ import annotations

from collections.abc import Sequence

from mazhi.kernel.barcodes.gs1.digital_link import read_link
from mazhi.kernel.barcodes.gs1.spelling import bracketed
from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax


def read(scan: Scan) -> Sequence[Found]:
    """Read an address whose path holds a GS1 key."""
    if "/" not in scan.text or scan.carrier == "gtin":
        return ()
    message = read_link(scan.text)
    if message is None:
        return ()
    value = bracketed(message.elements)
    return (Found(value, message.values(), tuple(message.problems), Level.SURE, (scan.text, value)),)


KIND = Syntax(
    name="gs1_digital_link",
    via="digital_link",
    zh="GS1 数字链接",
    en="GS1 Digital Link",
    order=20,
    example="https://id.example.com/01/06901234567892/10/B2611/21/SN0001?17=261231",
    read=read,
)
