"""GS1-128: Code 128 with FNC1 in front and GS1 elements behind it."""

from __future__ import annotations

from mazhi.engines.labels.carriers import code128_bars, elements
from mazhi.engines.labels.carriers.model import Carrier, LabelError, Options, as_written
from mazhi.engines.labels.marks import Matrix
from mazhi.kernel.barcodes.gs1 import spelling
from mazhi.kernel.barcodes.model import GS

_MOST = 48
"""Characters after the first FNC1 that GS1 allows, identifiers and separators among them."""


def check(content: str, _options: Options) -> str:
    """Return the elements in their usual spelling, in brackets."""
    message = elements.read(content, KIND.en)
    length = len(spelling.raw(message.elements))
    if length > _MOST:
        raise LabelError("carrier_too_long", symbology=KIND.en, length=length, most=_MOST)
    return spelling.bracketed(message.elements)


def text(content: str) -> str:
    """Return what is written in the symbol, its function characters included."""
    return code128_bars.FNC1 + elements.raw(content).replace(GS, code128_bars.FNC1)


def encode(content: str, _options: Options) -> Matrix:
    """Encode with as few symbol characters as possible."""
    return code128_bars.matrix(code128_bars.codewords(text(content)))


KIND = Carrier(
    name="gs1_128",
    zh="GS1-128",
    en="GS1-128",
    group="linear",
    options=(),
    example="(01)06901234567892(10)B2611(21)SN0001",
    check=check,
    encode=encode,
    readable=as_written,
)
