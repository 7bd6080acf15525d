"""Code 39 (ISO/IEC 16388): capital letters, digits and seven signs."""

from __future__ import annotations

from mazhi.engines.labels.carriers.alphabet import require
from mazhi.engines.labels.carriers.model import Carrier, Option, Options, as_written
from mazhi.engines.labels.carriers.widths import modules
from mazhi.engines.labels.marks import Matrix
from mazhi.kernel.barcodes.check_digits import CODE39, mod43

_MOST = 60
"""The standard sets no end; no scanner window and no label is wider than this."""

_QUIET = 10

_WIDE_BARS = ("10001", "01001", "11000", "00101", "10100", "01100", "00011", "10010", "01010", "00110")
"""Which of the five bars are wide, in the order of the groups of ten below."""

_GROUPS = (("1234567890", 1), ("ABCDEFGHIJ", 2), ("KLMNOPQRST", 3), ("UVWXYZ-. *", 0))
"""Ten characters each, and which of the four spaces is wide in all of them."""

_THREE_SPACES = {"$": 3, "/": 2, "+": 1, "%": 0}
"""Four signs have only narrow bars and one narrow space, this one."""


def _patterns() -> dict[str, str]:
    patterns = {}
    for characters, wide_space in _GROUPS:
        for character, bars in zip(characters, _WIDE_BARS, strict=True):
            spaces = ["w" if at == wide_space else "1" for at in range(4)]
            patterns[character] = _woven(["w" if bar == "1" else "1" for bar in bars], spaces)
    for character, narrow_space in _THREE_SPACES.items():
        patterns[character] = _woven(["1"] * 5, ["1" if at == narrow_space else "w" for at in range(4)])
    return patterns


def _woven(bars: list[str], spaces: list[str]) -> str:
    return "".join(bar + space for bar, space in zip(bars, [*spaces, ""], strict=True))


_MODULES = {wide: {character: modules(pattern, wide) for character, pattern in _patterns().items()} for wide in (2, 3)}


def check(content: str, options: Options) -> str:
    """Return the content, with its check character where one is wanted."""
    require(content, KIND.en, most=_MOST, allowed=lambda text: set(text) <= set(CODE39))
    return content + (mod43(content) or "") if options["check_character"] == "mod43" else content


def encode(content: str, options: Options) -> Matrix:
    """Draw start, characters and stop, a narrow space between them."""
    table = _MODULES[int(options["ratio"])]
    row = "0".join(table[character] for character in f"*{content}*")
    return Matrix(rows=(row,), linear=True, row_modules=1, quiet=(_QUIET, _QUIET, 0, 0))


KIND = Carrier(
    name="code39",
    zh="Code 39",
    en="Code 39",
    group="linear",
    options=(
        # The standard wants more than 2.2 for narrow bars below 0.508 mm: 2 is for large symbols only.
        Option("ratio", "宽窄比", "Wide to narrow", "3", ("2", "3")),
        Option("check_character", "校验字符", "Check character", "none", ("none", "mod43")),
    ),
    example="SN-0001",
    check=check,
    encode=encode,
    readable=as_written,
)
