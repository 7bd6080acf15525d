"""The raster: one bit a dot, the truth that preview, pictures and printers agree with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PIL import Image

from mazhi.engines.labels.bits import to_bits, to_image
from mazhi.engines.labels.carriers.painting import paint
from mazhi.engines.labels.element import AnyMark
from mazhi.engines.labels.marks import Bits, Box, Laid, Symbol


def draw(laid: Laid) -> Bits:
    """Draw one label."""
    return next(draw_all([laid]))


def draw_all(laids: Iterable[Laid]) -> Iterator[Bits]:
    """Draw the labels of a run one after the other; what is fixed is drawn once."""
    ground: Image.Image | None = None
    drawn: Sequence[AnyMark] = ()
    for laid in laids:
        fixed = laid.marks[: laid.fixed]
        if ground is None or ground.size != (laid.width, laid.height) or not _same(drawn, fixed):
            ground, drawn = Image.new("1", (laid.width, laid.height)), fixed
            _put(ground, fixed)
        image = ground.copy()
        _put(image, laid.marks[laid.fixed :])
        yield to_bits(image)


def _same(before: Sequence[AnyMark], now: Sequence[AnyMark]) -> bool:
    return len(before) == len(now) and all(one is other for one, other in zip(before, now, strict=True))


def _put(ground: Image.Image, marks: Iterable[AnyMark]) -> None:
    for mark in marks:
        if isinstance(mark, Box):
            ground.paste(255, (mark.x, mark.y, mark.x + mark.width, mark.y + mark.height))
        else:
            image = to_image(paint(mark) if isinstance(mark, Symbol) else mark.bits)
            ground.paste(255, (mark.x, mark.y), image)
