"""The text beside a symbol that people read (明文): centred, or the digits of retail codes below their bars."""

from __future__ import annotations

from mazhi.engines.labels.element import AnyMark, Spot
from mazhi.engines.labels.fonts import EM, measure
from mazhi.engines.labels.lettering import text_problems
from mazhi.engines.labels.marks import Box, Symbol, Words
from mazhi.engines.labels.symbols import bars
from mazhi.engines.labels.text import Style, set_text
from mazhi.kernel.errors import Problem

READABLE_GAP_MM = 0.5
_SMALLEST_PT = 4.5

_GROUPS: dict[str, tuple[tuple[int, int], ...]] = {
    "ean13": ((-10, -1), (3, 45), (50, 92)),
    "ean8": ((3, 31), (36, 64)),
    "upca": ((-9, -1), (10, 45), (50, 85), (96, 104)),
}
"""From which module to which each group of digits stands."""

_GUARDS: dict[str, tuple[tuple[int, int], ...]] = {
    "ean13": ((0, 3), (45, 50), (92, 95)),
    "ean8": ((0, 3), (31, 36), (64, 67)),
    "upca": ((0, 10), (45, 50), (85, 95)),
}
"""From which module to which bars reach down between the groups."""


def beside_bars(spot: Spot, symbol: Symbol, text: str, top: int, size: int) -> tuple[list[AnyMark], list[Problem]]:
    """Set the text of a symbol, in a line of its own height at ``top``."""
    places, groups = _GROUPS.get(symbol.carrier), text.split(" ")
    if places and len(places) == len(groups):
        words = _grouped(spot, symbol, list(zip(groups, places, strict=True)), top, size)
        return [*_guards(symbol, top, size), *words], []
    style = Style("mono", size, min(size, spot.em(_SMALLEST_PT)), "center", "middle", shrink=True)
    # Centred on the symbol, and as wide as the box allows to both sides.
    middle = symbol.x + symbol.size[0] / 2
    reach = min(middle, spot.width - middle)
    left = round(middle - reach)
    setting = set_text(text, style, round(middle + reach) - left, size, element=spot.id)
    return [moved(one, left, top) for one in setting.words], text_problems(spot, text, style, setting)


def _grouped(spot: Spot, symbol: Symbol, groups: list[tuple[str, tuple[int, int]]], top: int, size: int) -> list[Words]:
    # All groups in one size: the largest at which the narrowest of them still fits.
    for digits, (first, last) in groups:
        size = min(size, int((last - first) * symbol.module * EM / measure(digits, "mono")))
    found = []
    for digits, (first, last) in groups:
        style = Style("mono", max(1, size), align="center")
        left = symbol.x + first * symbol.module
        setting = set_text(digits, style, (last - first) * symbol.module, size, element=spot.id)
        found += [moved(one, left, top) for one in setting.words]
    return found


def _guards(symbol: Symbol, top: int, size: int) -> list[Box]:
    """Let the outer and middle bars reach down to the middle of the digits, as people know retail codes."""
    start, row = symbol.y + symbol.height, symbol.matrix.rows[0]
    reach = min(5 * symbol.module, top + size // 2 - start)
    if reach <= 0:
        return []
    return [
        Box(symbol.element, symbol.x + (first + place) * symbol.module, start, wide * symbol.module, reach)
        for first, last in _GUARDS[symbol.carrier]
        for place, wide in bars(row[first:last])
    ]


def moved(words: Words, x: int, y: int) -> Words:
    """Return a line in another place."""
    origin = words.origin[0] + x, words.origin[1] + y
    return Words(
        words.element, words.x + x, words.y + y, words.text, words.face, words.size, words.rotation, origin, words.bits
    )
