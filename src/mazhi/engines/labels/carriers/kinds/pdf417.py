"""PDF417 (ISO/IEC 15438): stacked rows of bars, for long contents on broad labels."""

from __future__ import annotations

import zxingcpp

from mazhi.engines.labels.carriers import drawing
from mazhi.engines.labels.carriers.alphabet import require
from mazhi.engines.labels.carriers.model import Carrier, Option, Options, as_written
from mazhi.engines.labels.marks import Matrix

_MOST = 2710
"""Digits in the largest symbol; of other characters fewer."""

_QUIET = 2
_ROW_MODULES = 3
_AUTO = "auto"


def check(content: str, options: Options) -> str:
    """Return the content if it fits into a symbol of the wanted columns and error correction."""
    require(content, KIND.en, most=_MOST, allowed=drawing.writable)
    _rows(content, options)
    return content


def _rows(content: str, options: Options) -> tuple[str, ...]:
    wanted: dict[str, object] = {}
    if options["ec"] != _AUTO:
        wanted["ecLevel"] = options["ec"]
    if options["columns"] != "0":
        wanted["columns"] = int(options["columns"])
    return drawing.fitting(zxingcpp.BarcodeFormat.PDF417, content, KIND.en, **wanted)


def encode(content: str, options: Options) -> Matrix:
    """Encode in as few rows as the columns allow, each three modules high."""
    rows = _rows(content, options)[::_ROW_MODULES]
    return Matrix(rows=rows, linear=False, row_modules=_ROW_MODULES, quiet=(_QUIET, _QUIET, _QUIET, _QUIET))


KIND = Carrier(
    name="pdf417",
    zh="PDF417",
    en="PDF417",
    group="stacked",
    options=(
        Option("ec", "纠错等级", "Error correction", _AUTO, (_AUTO, *"012345678")),
        Option("columns", "列数（0 为自动）", "Columns (0: automatic)", "0", least=0, most=30),
    ),
    example="https://m.example.com/q/7Q2M9XK4",
    check=check,
    encode=encode,
    readable=as_written,
)
