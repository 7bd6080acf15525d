"""Where a line may be broken: Chinese between any two signs but for punctuation (避头尾), Latin at blanks.

The rules are those of Chinese setting: no line begins with closing punctuation or a mark that belongs to the sign
before it, none ends with opening punctuation. A Latin word or a number is broken only if it alone is wider than the
line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

NOT_FIRST = frozenset("，。、；：？！）】》〉」』〕〗］｝”’…—～·％‰℃°″′％!),.:;?]}%»›")
NOT_LAST = frozenset("（【《〈「『〔〖［｛“‘￥＄£¥$([{«‹№#＃")
_AFTER = frozenset("-–")


def wrap(text: str, width: float, widths: Mapping[str, float]) -> list[str]:
    """Break a text into lines no wider than ``width``, in the unit of ``widths``.

    Line breaks in the text are kept; blanks where a line is broken are dropped, and nothing else is. A single sign
    that is wider than the line stands alone on it.
    """
    return [line for paragraph in text.split("\n") for line in _fill(paragraph, width, widths)]


def _fill(paragraph: str, width: float, widths: Mapping[str, float]) -> Iterator[str]:
    line, used = "", 0.0
    for piece in pieces(paragraph):
        wide = _length(piece, widths)
        if line and used + wide > width:
            yield line.rstrip(" ")
            line, used = "", 0.0
        rest = piece
        if wide > width:
            *full, rest = _cut(piece, width, widths)
            yield from full
            line, used = "", 0.0
        line += rest
        used += sum([widths[sign] for sign in rest])
    yield line.rstrip(" ")


def _length(piece: str, widths: Mapping[str, float]) -> float:
    """Return how wide a piece is at a line's end, where its blanks do not count."""
    return sum([widths[sign] for sign in piece.rstrip(" ")])


def _cut(piece: str, width: float, widths: Mapping[str, float]) -> list[str]:
    """Cut what cannot be broken and is too wide, wherever the line is full."""
    lines, start, used = [], 0, 0.0
    for place, sign in enumerate(piece):
        if place > start and sign != " " and used + widths[sign] > width:
            lines.append(piece[start:place])
            start, used = place, 0.0
        used += widths[sign]
    return [*lines, piece[start:]]


def pieces(paragraph: str) -> list[str]:
    """Split a paragraph wherever a line may end; blanks stay with the piece before them."""
    found, start = [], 0
    for place in range(1, len(paragraph)):
        if _may_break(paragraph[place - 1], paragraph[place]):
            found.append(paragraph[start:place])
            start = place
    return [*found, paragraph[start:]] if paragraph else []


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in NOT_FIRST or before in NOT_LAST or unicodedata.combining(after):
        return False
    return before == " " or before in _AFTER or is_wide(before) or is_wide(after)


def is_wide(sign: str) -> bool:
    """Tell whether a sign is a Chinese, Japanese or Korean one, or punctuation of their width."""
    return (sign >= "ᄀ" and unicodedata.east_asian_width(sign) in "WF") or sign in "“”‘’…—·"
