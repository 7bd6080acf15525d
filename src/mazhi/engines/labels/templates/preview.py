"""What a template looks like before it is printed: the raster itself, what is wrong, and what a scanner reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.engines.labels.bits import to_image
from mazhi.engines.labels.carriers.reading import reads
from mazhi.engines.labels.data.model import LabelData
from mazhi.engines.labels.element import Images
from mazhi.engines.labels.layout import Layout
from mazhi.engines.labels.marks import Bits, Laid, Symbol
from mazhi.engines.labels.model import Template
from mazhi.engines.labels.writers import png
from mazhi.engines.labels.writers.raster import draw
from mazhi.kernel.errors import Problem


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
class Check:
    """Something that is wrong or doubtful about a label.

    Attributes:
        element: Id of the element; None where the whole label is meant.
        code: What it is.
        params: What its text says.
        blocking: Whether the label cannot be printed like this.
        fix: What one click changes: ``{"element": id, "set": {…}}``.
    """

    element: str | None
    code: str
    params: dict[str, object]
    blocking: bool
    fix: Mapping[str, Any] | None = None


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
    checks: Sequence[Check]
    reads: Sequence[Read]


def preview(template: Template, data: LabelData, dpi: int, images: Images) -> Preview:
    """Draw one label and read its symbols back."""
    laid, problems = Layout(template, dpi, images).try_lay(data, data.number, 1)
    bits = draw(laid)
    found = [_blocking(template, one) for one in problems]
    return Preview(laid.width, laid.height, png.encode(bits, dpi), found, read_back(laid, bits))


def _blocking(template: Template, problem: Problem) -> Check:
    """Find the element that a problem names; it is named as people call it."""
    said = problem.params.get("element")
    element = next((one.id for one in template.elements if said in {one.name, one.id}), None)
    return Check(element, problem.code, problem.params, blocking=True)


def read_back(laid: Laid, bits: Bits) -> list[Read]:
    """Read every symbol of a label from its raster."""
    symbols = [mark for mark in laid.marks if isinstance(mark, Symbol)]
    if not symbols:
        return []
    picture = to_image(bits).convert("L").point([255 - value for value in range(256)])
    return [Read(one.element, one.carrier, one.content, reads(one, picture)) for one in symbols]
