"""Code 128 (ISO/IEC 15417): all of ASCII, digits in pairs."""

from __future__ import annotations

from mazhi.engines.labels.carriers import code128_bars
from mazhi.engines.labels.carriers.alphabet import require
from mazhi.engines.labels.carriers.model import Carrier, Options, as_written
from mazhi.engines.labels.marks import Matrix

_MOST = 80
"""The standard sets no end; no scanner window and no label is wider than this."""


def check(content: str, _options: Options) -> str:
    """Return the content if every character is ASCII and there are not too many."""
    return require(content, KIND.en, most=_MOST, allowed=str.isascii)


def encode(content: str, _options: Options) -> Matrix:
    """Encode with as few symbol characters as possible."""
    return code128_bars.matrix(code128_bars.codewords(content))


KIND = Carrier(
    name="code128",
    zh="Code 128",
    en="Code 128",
    group="linear",
    options=(),
    example="RO26112100017",
    check=check,
    encode=encode,
    readable=as_written,
)
