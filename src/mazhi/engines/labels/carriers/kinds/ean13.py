"""EAN-13 (ISO/IEC 15420): the retail code of 13 digits."""

from __future__ import annotations

from mazhi.engines.labels.carriers import gtin
from mazhi.engines.labels.carriers.model import Carrier, Options
from mazhi.engines.labels.marks import Matrix

_QUIET = (11, 7, 0, 0)

_EVEN = ("", "001011", "001101", "001110", "010011", "011001", "011100", "010101", "010110", "011010")
"""By the first digit: which of the six left digits stand in their even form (1); so the first itself is written."""


def check(content: str, _options: Options) -> str:
    """Return the number as 13 digits."""
    return gtin.number(content, KIND.en, 13)


def encode(content: str, _options: Options) -> Matrix:
    """Draw twelve digits; the first is in the forms of the next six."""
    forms = _EVEN[int(content[0])] or "000000"
    left = "".join(
        (gtin.EVEN if form == "1" else gtin.ODD)[int(d)] for form, d in zip(forms, content[1:7], strict=True)
    )
    right = "".join(gtin.RIGHT[int(d)] for d in content[7:])
    return Matrix((gtin.GUARD + left + gtin.MIDDLE + right + gtin.GUARD,), linear=True, row_modules=1, quiet=_QUIET)


def readable(content: str) -> str:
    """Set the digits apart as they stand below the bars."""
    return f"{content[0]} {content[1:7]} {content[7:]}"


KIND = Carrier(
    name="ean13",
    zh="EAN-13",
    en="EAN-13",
    group="linear",
    options=(),
    example="6901234567892",
    check=check,
    encode=encode,
    readable=readable,
)
