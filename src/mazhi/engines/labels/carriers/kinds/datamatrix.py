"""Data Matrix (DM 码, ISO/IEC 16022, ECC 200), always square."""

from __future__ import annotations

import zxingcpp

from mazhi.engines.labels.carriers import drawing
from mazhi.engines.labels.carriers.alphabet import require
from mazhi.engines.labels.carriers.model import Carrier, Options, as_written
from mazhi.engines.labels.marks import Matrix

_MOST = 3116
"""Digits in the largest symbol; of other characters fewer."""

_QUIET = 1


def check(content: str, _options: Options) -> str:
    """Return the content if it fits into a symbol."""
    require(content, KIND.en, most=_MOST, allowed=drawing.writable)
    _rows(content)
    return content


def _rows(content: str) -> tuple[str, ...]:
    return drawing.fitting(zxingcpp.BarcodeFormat.DataMatrix, content, KIND.en, forceSquare=True)


def encode(content: str, _options: Options) -> Matrix:
    """Encode in the smallest square that takes it."""
    return Matrix(rows=_rows(content), linear=False, row_modules=1, quiet=(_QUIET, _QUIET, _QUIET, _QUIET))


KIND = Carrier(
    name="datamatrix",
    zh="Data Matrix",
    en="Data Matrix",
    group="matrix",
    options=(),
    example="https://m.example.com/q/7Q2M9XK4",
    check=check,
    encode=encode,
    readable=as_written,
)
