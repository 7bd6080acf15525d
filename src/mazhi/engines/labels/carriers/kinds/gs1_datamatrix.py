"""GS1 DataMatrix: a square Data Matrix with FNC1 in front and GS1 elements behind it."""

from __future__ import annotations

import zxingcpp

from mazhi.engines.labels.carriers import drawing, elements
from mazhi.engines.labels.carriers.model import Carrier, Options, as_written
from mazhi.engines.labels.marks import Matrix
from mazhi.kernel.barcodes.gs1 import spelling

_QUIET = 1


def check(content: str, _options: Options) -> str:
    """Return the elements in their usual spelling, in brackets."""
    canonical = spelling.bracketed(elements.read(content, KIND.en).elements)
    _rows(canonical)
    return canonical


def _rows(content: str) -> tuple[str, ...]:
    drawn = elements.for_drawing(content)
    return drawing.fitting(zxingcpp.BarcodeFormat.DataMatrix, drawn, KIND.en, forceSquare=True, gs1=True)


def encode(content: str, _options: Options) -> Matrix:
    """Encode in the smallest square that takes it."""
    return Matrix(rows=_rows(content), linear=False, row_modules=1, quiet=(_QUIET, _QUIET, _QUIET, _QUIET))


KIND = Carrier(
    name="gs1_datamatrix",
    zh="GS1 DataMatrix",
    en="GS1 DataMatrix",
    group="matrix",
    options=(),
    example="(01)06901234567892(10)B2611(21)SN0001",
    check=check,
    encode=encode,
    readable=as_written,
)
