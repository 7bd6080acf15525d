"""EAN-8 (ISO/IEC 15420): the retail code of 8 digits for small articles."""

from __future__ import annotations

from mazhi.engines.labels.carriers import gtin
from mazhi.engines.labels.carriers.model import Carrier, Options
from mazhi.engines.labels.marks import Matrix

_QUIET = (7, 7, 0, 0)


def check(content: str, _options: Options) -> str:
    """Return the number as 8 digits."""
    return gtin.number(content, KIND.en, 8)


def encode(content: str, _options: Options) -> Matrix:
    """Draw four digits left and four right of the middle."""
    left = "".join(gtin.ODD[int(digit)] for digit in content[:4])
    right = "".join(gtin.RIGHT[int(digit)] for digit in content[4:])
    return Matrix((gtin.GUARD + left + gtin.MIDDLE + right + gtin.GUARD,), linear=True, row_modules=1, quiet=_QUIET)


def readable(content: str) -> str:
    """Set the digits apart as they stand below the bars."""
    return f"{content[:4]} {content[4:]}"


KIND = Carrier(
    name="ean8",
    zh="EAN-8",
    en="EAN-8",
    group="linear",
    options=(),
    example="96385074",
    check=check,
    encode=encode,
    readable=readable,
)
