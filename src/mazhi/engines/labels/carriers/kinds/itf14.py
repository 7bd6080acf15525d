"""ITF-14 (ISO/IEC 16390): the trade item number of a carton in Interleaved 2 of 5."""

from __future__ import annotations

from mazhi.engines.labels.carriers import gtin
from mazhi.engines.labels.carriers.model import Carrier, Option, Options, as_written
from mazhi.engines.labels.carriers.widths import modules
from mazhi.engines.labels.marks import Matrix

_QUIET = 10
_DIGITS = ("11ww1", "w111w", "1w11w", "ww111", "11w1w", "w1w11", "1ww11", "111ww", "w11w1", "1w1w1")
_START = "1111"
_STOP = "w11"


def check(content: str, _options: Options) -> str:
    """Return the number as 14 digits."""
    return gtin.number(content, KIND.en, 14)


def encode(content: str, options: Options) -> Matrix:
    """Draw the digits in pairs, the first of each as bars, the second as the spaces between them."""
    pairs = zip(content[::2], content[1::2], strict=True)
    woven = (zip(_DIGITS[int(bars)], _DIGITS[int(spaces)], strict=True) for bars, spaces in pairs)
    widths = "".join(bar + space for pair in woven for bar, space in pair)
    row = modules(_START + widths + _STOP, int(options["ratio"]))
    return Matrix(rows=(row,), linear=True, row_modules=1, quiet=(_QUIET, _QUIET, 0, 0))


KIND = Carrier(
    name="itf14",
    zh="ITF-14",
    en="ITF-14",
    group="linear",
    # GS1 asks for at least 2.25; in whole modules that is 3. ISO/IEC 16390 allows 2 for narrow bars from 0.508 mm.
    options=(Option("ratio", "宽窄比", "Wide to narrow", "3", ("2", "3")),),
    example="16901234567899",
    check=check,
    encode=encode,
    readable=as_written,
)
