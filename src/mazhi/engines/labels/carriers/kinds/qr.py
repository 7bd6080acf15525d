"""QR Code (QR 码, ISO/IEC 18004): any text, Chinese too."""

from __future__ import annotations

import zxingcpp

from mazhi.engines.labels.carriers import drawing
from mazhi.engines.labels.carriers.alphabet import require
from mazhi.engines.labels.carriers.model import Carrier, Option, Options, as_written
from mazhi.engines.labels.marks import Matrix

_MOST = 7089
"""Digits in the largest symbol; of other characters fewer."""

_QUIET = 4

CORRECTION = Option("ec", "纠错等级", "Error correction", "M", ("L", "M", "Q", "H"))


def check(content: str, options: Options) -> str:
    """Return the content if it fits into a symbol of the wanted error correction."""
    require(content, KIND.en, most=_MOST, allowed=drawing.writable)
    _rows(content, options)
    return content


def _rows(content: str, options: Options) -> tuple[str, ...]:
    return drawing.fitting(zxingcpp.BarcodeFormat.QRCode, content, KIND.en, ecLevel=options["ec"])


def encode(content: str, options: Options) -> Matrix:
    """Encode in the smallest version that takes it."""
    quiet = (_QUIET, _QUIET, _QUIET, _QUIET)
    return Matrix(rows=_rows(content, options), linear=False, row_modules=1, quiet=quiet)


KIND = Carrier(
    name="qr",
    zh="QR 码",
    en="QR Code",
    group="matrix",
    options=(CORRECTION,),
    example="https://m.example.com/q/7Q2M9XK4",
    check=check,
    encode=encode,
    readable=as_written,
)
