"""Marks: what stands on one laid-out label, in whole printer dots, before any writer turns it into bytes.

A template and the data of one label become a ``Laid``; the writers (raster, PDF, ZPL, TSPL) only draw it, and decide
nothing more. So every output has its edges on the same dots. Coordinates run right and down from the label's
upper left corner; a mark is already turned, its ``x`` and ``y`` are the upper left corner of what is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rotation = Literal[0, 90, 180, 270]
"""Degrees clockwise."""


@dataclass(frozen=True, slots=True)
class Bits:
    """A picture of black and white dots.

    Attributes:
        width: In dots.
        height: In dots.
        rows: The rows one after the other, each ``(width + 7) // 8`` bytes, the left-most dot in the highest bit,
            1 is black; the unused bits at the end of a row are 0.
    """

    width: int
    height: int
    rows: bytes


@dataclass(frozen=True, slots=True)
class Mark:
    """What all marks have.

    Attributes:
        element: The id of the template's element that it comes from.
        x: Left edge, in dots; may be negative where a mark runs over the label's edge.
        y: Upper edge, in dots.
    """

    element: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Box(Mark):
    """A filled black rectangle: rules, frames' sides, horizontal and vertical lines."""

    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture(Mark):
    """A bitmap: an image, an ellipse, a slanted line, white letters on black."""

    bits: Bits


@dataclass(frozen=True, slots=True)
class Words(Mark):
    """One line of text, already wrapped, shrunk and aligned.

    Attributes:
        text: What is written.
        face: The typeface.
        size: Height of the em square in dots.
        rotation: How the line is turned.
        origin: Where the pen starts on the baseline, in dots from the label's upper left corner; a line that is
            turned runs from there in its own direction.
        bits: The line as the raster shows it, at ``x``, ``y``; what printers get.
    """

    text: str
    face: Literal["sans", "sans_bold", "mono", "mono_bold"]
    size: int
    rotation: Rotation
    origin: tuple[int, int]
    bits: Bits


@dataclass(frozen=True, slots=True)
class Matrix:
    """The modules of a symbol, upright and without its quiet zone.

    Attributes:
        rows: One string of ``0`` and ``1`` a row, all of one length; a linear symbol has a single row, whose
            modules already carry the widths of bars and spaces.
        linear: Whether the row is drawn as high as its element wants, instead of one module.
        row_modules: How many modules high each row is drawn (PDF417: 3), 1 for square symbols.
        quiet: The quiet zone in modules: left, right, above, below.
    """

    rows: tuple[str, ...]
    linear: bool
    row_modules: int
    quiet: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Symbol(Mark):
    """A barcode or matrix code (码), without its quiet zone and without its text.

    Attributes:
        carrier: The kind's name, as in ``carriers/``.
        content: What it says, checked, as a decoder gives it back.
        options: What the element says of it beyond the content (error correction, ratio …).
        matrix: Its modules.
        module: Width of a module in dots, a whole number.
        height: Height of a linear symbol's bars in dots; of others rows × row_modules × module.
        rotation: How it is turned; ``x`` and ``y`` are the corner after turning.
    """

    carrier: str
    content: str
    options: tuple[tuple[str, str], ...]
    matrix: Matrix
    module: int
    height: int
    rotation: Rotation

    @property
    def size(self) -> tuple[int, int]:
        """Width and height on the label, in dots, after turning."""
        width = len(self.matrix.rows[0]) * self.module
        return (width, self.height) if self.rotation in (0, 180) else (self.height, width)


@dataclass(frozen=True, slots=True)
class Laid:
    """One label, laid out for one resolution.

    Attributes:
        width: In dots.
        height: In dots.
        dpi: Dots an inch: 203 (8 a millimetre exactly), 300 (11.8) or 600 (23.6); see ``dots``.
        marks: From the lowest layer to the highest.
        fixed: So many marks from the start are the same on every label of the run, so that writers may keep them.
    """

    width: int
    height: int
    dpi: int
    marks: tuple[Box | Picture | Words | Symbol, ...]
    fixed: int = 0


def dots(millimetres: float, dpi: int) -> int:
    """Return the nearest whole dot to a length or a place on the label."""
    return round(millimetres * DOTS_PER_MM[dpi])


DOTS_PER_MM = {203: 8.0, 300: 300 / 25.4, 600: 600 / 25.4}
"""Dots a millimetre by the resolution's name; a "203 dpi" head has exactly eight."""
