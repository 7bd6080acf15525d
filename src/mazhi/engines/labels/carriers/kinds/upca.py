"""UPC-A (ISO/IEC 15420): the North American retail code of 12 digits."""

from __future__ import annotations

from mazhi.engines.labels.carriers import gtin
from mazhi.engines.labels.carriers.model import Carrier, Options
from mazhi.engines.labels.marks import Matrix

_QUIET = (9, 9, 0, 0)


def check(content: str, _options: Options) -> str:
    """Return the number as 12 digits."""
    return gtin.number(content, KIND.en, 12)


def encode(content: str, _options: Options) -> Matrix:
    """Draw six digits left and six right of the middle."""
    left = "".join(gtin.ODD[int(digit)] for digit in content[:6])
    right = "".join(gtin.RIGHT[int(digit)] for digit in content[6:])
    return Matrix((gtin.GUARD + left + gtin.MIDDLE + right + gtin.GUARD,), linear=True, row_modules=1, quiet=_QUIET)


def readable(content: str) -> str:
    """Set the digits apart as they stand below the bars."""
    return f"{content[0]} {content[1:6]} {content[6:11]} {content[11]}"


KIND = Carrier(
    name="upca",
    zh="UPC-A",
    en="UPC-A",
    group="linear",
    options=(),
    example="012345678905",
    check=check,
    encode=encode,
    readable=readable,
)
