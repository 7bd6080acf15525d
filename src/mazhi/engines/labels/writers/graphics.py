"""What the writers of printer languages share: which bars a printer may draw, and pictures cut to the label."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from mazhi.engines.labels.bits import cut, to_bits, to_image
from mazhi.engines.labels.carriers import code128_bars
from mazhi.engines.labels.carriers.kinds import gs1_128
from mazhi.engines.labels.carriers.painting import paint
from mazhi.engines.labels.element import AnyMark
from mazhi.engines.labels.marks import Bits, Box, Laid, Picture, Symbol, Words
from mazhi.engines.labels.writers.raster import draw

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture at its place, wholly on the label."""

    x: int
    y: int
    bits: Bits


def placed(mark: Picture | Words | Symbol, laid: Laid) -> Placed | None:
    """Return a mark as a picture, cut at the label's edges; None where nothing of it is left."""
    bits = paint(mark) if isinstance(mark, Symbol) else mark.bits
    left, top = max(0, -mark.x), max(0, -mark.y)
    right, bottom = min(bits.width, laid.width - mark.x), min(bits.height, laid.height - mark.y)
    if left >= right or top >= bottom:
        return None
    if (left, top, right, bottom) != (0, 0, bits.width, bits.height):
        bits = cut(bits, left, top, right, bottom)
    return Placed(mark.x + left, mark.y + top, bits)


def bands(picture: Placed, most: int) -> Iterator[Placed]:
    """Cut a picture into bands of at most so many bytes."""
    bits = picture.bits
    size = (bits.width + 7) // 8
    high = max(1, most // size)
    if bits.height <= high:
        yield picture
        return
    for top in range(0, bits.height, high):
        rows = bits.rows[top * size : (top + high) * size]
        yield Placed(picture.x, picture.y + top, Bits(bits.width, len(rows) // size, rows))


def composed(marks: Iterable[AnyMark], laid: Laid) -> Placed | None:
    """Return marks as one picture, no larger than what is black; None where nothing is."""
    whole = to_image(draw(replace(laid, marks=tuple(marks), fixed=0)))
    edges = whole.getbbox()
    return None if edges is None else Placed(edges[0], edges[1], to_bits(whole.crop(edges)))


def clipped(box: Box, laid: Laid) -> tuple[int, int, int, int] | None:
    """Return left edge, upper edge, width and height of what is on the label of a box; None where nothing is."""
    left, top = max(0, box.x), max(0, box.y)
    right, bottom = min(box.x + box.width, laid.width), min(box.y + box.height, laid.height)
    return (left, top, right - left, bottom - top) if left < right and top < bottom else None


def same(before: Sequence[AnyMark], now: Sequence[AnyMark]) -> bool:
    """Tell whether these are the very same marks, as the fixed ones of a run are."""
    return len(before) == len(now) and all(one is other for one, other in zip(before, now, strict=True))


def inside(symbol: Symbol, laid: Laid) -> bool:
    """Tell whether a symbol stands on the label as a whole; a printer would draw or drop the rest as it likes."""
    width, height = symbol.size
    return symbol.x >= 0 and symbol.y >= 0 and symbol.x + width <= laid.width and symbol.y + height <= laid.height


def code128_values(symbol: Symbol) -> tuple[int, ...] | None:
    """Return the symbol characters of a Code 128 or GS1-128 symbol as it is drawn; None of another one."""
    if symbol.carrier == "code128":
        return code128_bars.codewords(symbol.content)
    return code128_bars.codewords(gs1_128.text(symbol.content)) if symbol.carrier == "gs1_128" else None


def with_last(items: Iterable[T]) -> Iterator[tuple[T, bool]]:
    """Yield each item and whether it is the last."""
    waiting: list[T] = []
    for item in items:
        if waiting:
            yield waiting.pop(), False
        waiting.append(item)
    if waiting:
        yield waiting.pop(), True
