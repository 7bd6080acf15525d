"""The raster: one bit a dot, the truth that preview, pictures and printers agree with.

A label is one large number with a bit for each dot, since shifting and joining numbers is many times faster than
pasting pictures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mazhi.engines.labels.bits import cut
from mazhi.engines.labels.carriers.painting import paint
from mazhi.engines.labels.element import AnyMark
from mazhi.engines.labels.marks import Bits, Box, Laid, Symbol


def draw(laid: Laid) -> Bits:
    """Draw one label."""
    return next(draw_all([laid]))


def draw_all(laids: Iterable[Laid]) -> Iterator[Bits]:
    """Draw the labels of a run one after the other; what is fixed is drawn once."""
    size, ground = (0, 0), 0
    drawn: Sequence[AnyMark] = ()
    for laid in laids:
        fixed = laid.marks[: laid.fixed]
        if size != (laid.width, laid.height) or not _same(drawn, fixed):
            size, drawn = (laid.width, laid.height), fixed
            ground = _ink(fixed, laid)
        number = ground | _ink(laid.marks[laid.fixed :], laid)
        yield Bits(laid.width, laid.height, number.to_bytes(_stride(laid.width) * laid.height, "big"))


def _same(before: Sequence[AnyMark], now: Sequence[AnyMark]) -> bool:
    return len(before) == len(now) and all(one is other for one, other in zip(before, now, strict=True))


def _stride(width: int) -> int:
    """Return how many bytes a row takes."""
    return (width + 7) // 8


def _ink(marks: Iterable[AnyMark], laid: Laid) -> int:
    """Return marks as a number in which the label's first dot is the highest bit."""
    number = 0
    for mark in marks:
        bits = _bits(mark)
        left, top = max(0, -mark.x), max(0, -mark.y)
        right, bottom = min(bits.width, laid.width - mark.x), min(bits.height, laid.height - mark.y)
        if left >= right or top >= bottom:
            continue
        if (left, top, right, bottom) != (0, 0, bits.width, bits.height):
            bits = cut(bits, left, top, right, bottom)
        number |= _placed(bits, mark.x + left, mark.y + top, laid)
    return number


def _bits(mark: AnyMark) -> Bits:
    if isinstance(mark, Box):
        row = (((1 << mark.width) - 1) << (-mark.width % 8)).to_bytes(_stride(mark.width), "big")
        return Bits(mark.width, mark.height, row * mark.height)
    return paint(mark) if isinstance(mark, Symbol) else mark.bits


def _placed(bits: Bits, x: int, y: int, laid: Laid) -> int:
    """Return a picture that lies wholly on the label: its rows as long as the label's, then moved to its place."""
    stride, own = _stride(laid.width), _stride(bits.width)
    blank = bytes(stride - own)
    rows = bits.rows
    if own < stride:
        rows = b"".join([rows[start : start + own] + blank for start in range(0, len(rows), own)])
    return int.from_bytes(rows, "big") >> x << 8 * stride * (laid.height - y - bits.height)
