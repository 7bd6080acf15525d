"""What a template looks like before it is printed: the raster itself, what is wrong, and what a scanner reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mazhi.engines.labels.bits import to_image
from mazhi.engines.labels.carriers.reading import reads
from mazhi.engines.labels.checks import Warning, check
from mazhi.engines.labels.data.model import LabelData
from mazhi.engines.labels.element import Images
from mazhi.engines.labels.layout import Layout
from mazhi.engines.labels.marks import Bits, Laid, Symbol
from mazhi.engines.labels.model import Template
from mazhi.engines.labels.writers import png
from mazhi.engines.labels.writers.raster import draw


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader made of one symbol.

    Attributes:
        element: The element's id.
        symbology: Its carrier.
        content: What it should say.
        read: What was read; None where nothing was.
    """

    element: str
    symbology: str
    content: str
    read: str | None

    @property
    def ok(self) -> bool:
        """Whether it reads as it should."""
        return self.read == self.content


@dataclass(frozen=True, slots=True)
class Preview:
    """A label as it will be printed.

    Attributes:
        width: In dots.
        height: In dots.
        png: The raster.
        checks: What is wrong or doubtful.
        reads: What a reader made of each symbol.
    """

    width: int
    height: int
    png: bytes
    checks: Sequence[Warning]
    reads: Sequence[Read]


def preview(template: Template, data: LabelData, dpi: int, images: Images) -> Preview:
    """Draw one label and read its symbols back."""
    laid, _ = Layout(template, dpi, images).try_lay(data, data.number, 1)
    bits = draw(laid)
    found = check(template, dpi, data, images)
    return Preview(laid.width, laid.height, png.encode(bits, dpi), found, read_back(laid, bits))


def read_back(laid: Laid, bits: Bits) -> list[Read]:
    """Read every symbol of a label from its raster."""
    symbols = [mark for mark in laid.marks if isinstance(mark, Symbol)]
    if not symbols:
        return []
    picture = to_image(bits).convert("L").point([255 - value for value in range(256)])
    return [Read(one.element, one.carrier, one.content, reads(one, picture)) for one in symbols]
