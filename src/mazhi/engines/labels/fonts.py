"""The typefaces of labels: measures in the font's own units, glyphs as black and white dots.

Lines are measured by the unhinted widths, so that a text is as long at 203 dpi as at 600 dpi and in the PDF; each
glyph is then put on the nearest whole dot and drawn by FreeType for black and white, with stems on whole dots.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal

from PIL import Image, ImageFont

from mazhi.engines.labels.bits import to_bits
from mazhi.engines.labels.marks import Bits
from mazhi.engines.labels.truetype import TrueType
from mazhi.kernel.documents import typefaces

FaceName = Literal["sans", "sans_bold", "mono", "mono_bold"]
PATHS: dict[FaceName, Path] = {
    "sans": typefaces.REGULAR,
    "sans_bold": typefaces.BOLD,
    "mono": typefaces.MONO,
    "mono_bold": typefaces.MONO_BOLD,
}
FALLBACK: dict[FaceName, FaceName] = {
    "mono": "sans", "mono_bold": "sans_bold", "sans": "mono", "sans_bold": "mono_bold",
}  # fmt: skip
EM = 1000
"""Units of the em square in which lines are measured."""


@cache
def outlines(face: FaceName) -> TrueType:
    """Return a typeface's file, read once."""
    return TrueType(PATHS[face])


class _Widths(dict[str, float]):
    """Width of each sign, looked up once; signs that a face lacks are taken from its fallback."""

    def __init__(self, face: FaceName) -> None:
        super().__init__()
        self.face = face

    def __missing__(self, sign: str) -> float:
        font = outlines(face_of(sign, self.face))
        width = self[sign] = font.advance(font.glyph(sign)) * EM / font.units
        return width


@cache
def widths(face: FaceName) -> dict[str, float]:
    """Return the width of every sign in thousandths of the em square."""
    return _Widths(face)


@lru_cache(maxsize=65_536)
def face_of(sign: str, face: FaceName) -> FaceName:
    """Return the face that draws a sign: the wanted one, its fallback if only that has it."""
    if outlines(face).glyph(sign) or not outlines(FALLBACK[face]).glyph(sign):
        return face
    return FALLBACK[face]


def has(sign: str, face: FaceName) -> bool:
    """Tell whether a sign can be drawn at all."""
    return bool(outlines(face_of(sign, face)).glyph(sign))


def measure(text: str, face: FaceName) -> float:
    """Return the length of a line in thousandths of the em square."""
    known = widths(face)
    return sum([known[sign] for sign in text])


def runs(text: str, face: FaceName) -> list[tuple[FaceName, str]]:
    """Split a line where the face changes, since a sign is missing in the wanted one."""
    return [(found, "".join(signs)) for found, signs in groupby(text, lambda sign: face_of(sign, face))]


def pens(text: str, face: FaceName, size: int) -> list[int]:
    """Return where each glyph starts, in whole dots from the origin; all writers place them there."""
    known, at, found = widths(face), 0.0, []
    for sign in text:
        found.append(round(at * size / EM))
        at += known[sign]
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A line drawn in dots.

    Attributes:
        left: From the origin to the picture's left edge.
        top: From the baseline down to the picture's upper edge; mostly negative.
        bits: The picture, cut to its ink.
    """

    left: int
    top: int
    bits: Bits


NOTHING = Line(0, 0, Bits(0, 0, b""))


class _Sized:
    """A face at one size, with the glyphs drawn so far."""

    def __init__(self, face: FaceName, size: int) -> None:
        self._font = ImageFont.truetype(PATHS[face], size, layout_engine=ImageFont.Layout.BASIC)
        self._glyphs: dict[str, tuple[Image.Image, int, int] | None] = {}

    def glyph(self, sign: str) -> tuple[Image.Image, int, int] | None:
        """Return a glyph's dots and where they are, seen from the pen; none if it has no ink."""
        if sign not in self._glyphs:
            core, (left, top) = self._font.getmask2(sign, mode="1", anchor="ls")
            width, height = core.size
            image = Image.frombytes("L", (width, height), bytes(core)) if width and height else None
            box = image.getbbox() if image else None
            self._glyphs[sign] = (image.crop(box), left + box[0], top + box[1]) if image and box else None
        return self._glyphs[sign]


@lru_cache(maxsize=64)
def _sized(face: FaceName, size: int) -> _Sized:
    return _Sized(face, size)


@lru_cache(maxsize=4096)
def line(text: str, face: FaceName, size: int) -> Line:
    """Draw a line whose signs are all in one face."""
    font = _sized(face, size)
    placed = []
    for sign, pen in zip(text, pens(text, face, size), strict=True):
        if found := font.glyph(sign):
            image, left, top = found
            placed.append((image, pen + left, top))
    if not placed:
        return NOTHING
    left, top = min(one[1] for one in placed), min(one[2] for one in placed)
    right = max(x + image.width for image, x, _ in placed)
    bottom = max(y + image.height for image, _, y in placed)
    drawn = Image.new("1", (right - left, bottom - top))
    for image, x, y in placed:
        drawn.paste(255, (x - left, y - top), image)
    return Line(left, top, to_bits(drawn))
