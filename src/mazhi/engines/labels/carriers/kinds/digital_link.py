"""GS1 Digital Link (GS1 数字链接): a QR Code whose content is a web address that holds GS1 elements."""

from __future__ import annotations

from mazhi.engines.labels.carriers import elements
from mazhi.engines.labels.carriers.kinds import qr
from mazhi.engines.labels.carriers.model import Carrier, LabelError, Option, Options, as_written
from mazhi.engines.labels.marks import Matrix
from mazhi.kernel.barcodes.gs1 import spelling
from mazhi.kernel.barcodes.gs1.digital_link import read_link
from mazhi.kernel.barcodes.gs1.elements import looks_bracketed


def check(content: str, options: Options) -> str:
    """Return the address; elements in brackets are written as one, behind the stem."""
    link = content
    if looks_bracketed(content):
        link = spelling.digital_link(elements.read(content, KIND.en).elements, options["stem"]) or content
    qr.check(link, options)
    message = read_link(link)
    if message is None or not link.lower().startswith(("https://", "http://")):
        raise LabelError("carrier_not_a_link", content=content)
    if message.problems:
        first = message.problems[0]
        raise LabelError(first.code, problems=message.problems, **first.params)
    return link


def encode(content: str, options: Options) -> Matrix:
    """Encode the address as a QR Code."""
    return qr.encode(content, options)


KIND = Carrier(
    name="digital_link",
    zh="GS1 数字链接",
    en="GS1 Digital Link",
    group="matrix",
    options=(qr.CORRECTION, Option("stem", "网址前缀", "Address before the key", "https://id.gs1.org")),
    example="https://id.gs1.org/01/06901234567892/10/B2611/21/SN0001",
    check=check,
    encode=encode,
    readable=as_written,
)
