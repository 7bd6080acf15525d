"""The typefaces of labels: measures in the font's own units, glyphs as black and white dots.

Lines are measured by the unhinted widths, so that a text is as long at 203 dpi as at 600 dpi and in the PDF; each
glyph is then put on the nearest whole dot and drawn by FreeType for black and white, with stems on whole dots.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

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


@lru_cache(maxsize=65_536)
def has(sign: str, face: FaceName) -> bool:
    """Tell whether a sign can be drawn at all."""
    return bool(outlines(face_of(sign, face)).glyph(sign))


def measure(text: str, face: FaceName) -> float:
    """Return the length of a line in thousandths of the em square."""
    known = widths(face)
    return sum([known[sign] for sign in text])


def runs(text: str, face: FaceName) -> list[tuple[FaceName, str]]:
    """Split a line where the face changes, since a sign is missing in the wanted one."""
    faces = {face_of(sign, face) for sign in text}
    if len(faces) == 1:
        return [(faces.pop(), text)]
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


Glyph = tuple[Any, int, int, int, int]
"""Dots (what Pillow has inside an image of mode ``L``), 255 black; where their upper left corner is, seen from the
pen; width and height."""


class _Sized:
    """A face at one size, with the glyphs drawn so far."""

    def __init__(self, face: FaceName, size: int) -> None:
        self._size = size
        self._finer = 8 if size <= _LARGE else 6 if size <= 100 else max(1, min(4, 1200 // size))
        self._font = ImageFont.truetype(PATHS[face], size, layout_engine=ImageFont.Layout.BASIC)
        self._fine = ImageFont.truetype(PATHS[face], size * self._finer, layout_engine=ImageFont.Layout.BASIC)
        self._glyphs: dict[str, Glyph | None] = {}

    def glyph(self, sign: str) -> Glyph | None:
        """Return a glyph's dots and where they are; none if it has no ink."""
        if sign not in self._glyphs:
            self._glyphs[sign] = self._drawn(sign)
        return self._glyphs[sign]

    def _drawn(self, sign: str) -> Glyph | None:
        """Draw a glyph with stems on whole dots, if that leaves every stroke within a dot of its outline.

        Hinting for black and white moves some strokes of crowded Chinese signs farther than that. Such a sign is
        drawn from its greys instead, hinted or not, whichever is as dark, so that the raster and the outlines in a
        PDF agree.
        """
        left, top, right, bottom = (round(edge) for edge in self._font.getbbox(sign, mode="1", anchor="ls"))
        if right <= left or bottom <= top:
            return None
        size = right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN
        pen = _MARGIN - left, _MARGIN - top
        finer = self._finer
        outline = _written(self._fine, sign, "L", (size[0] * finer, size[1] * finer), (pen[0] * finer, pen[1] * finer))
        share = outline.resize(size, Image.Resampling.BOX)
        drawn = share.point(_HALF)
        if self._size <= _LARGE:
            hinted = _written(self._font, sign, "1", size, pen)
            if _agree(hinted, share):
                drawn = hinted
            else:
                grey = _written(self._font, sign, "L", size, pen).point(_HALF)
                if _agree(grey, share) and abs(_ink(grey) - _ink(hinted)) <= abs(_ink(drawn) - _ink(hinted)):
                    drawn = grey
        box = drawn.getbbox()
        if not box:
            return None
        return drawn.crop(box).im, box[0] - pen[0], box[1] - pen[1], box[2] - box[0], box[3] - box[1]


def _written(
    font: ImageFont.FreeTypeFont, sign: str, mode: str, size: tuple[int, int], pen: tuple[int, int]
) -> Image.Image:
    """Draw a sign onto a picture of mode ``L``, with soft edges if ``mode`` is ``L``, else in black and white."""
    image = Image.new("L", size)
    drawing = ImageDraw.Draw(image)
    drawing.fontmode = mode
    drawing.text(pen, sign, fill=255, font=font, anchor="ls")
    return image


_MARGIN = 3
_LARGE = 60
"""From so many dots on stems are thick enough to be left where they are."""


def _table(least: int) -> list[int]:
    return [255 if value >= least else 0 for value in range(256)]


# A dot is black from half its area on; for comparing, a little more or less than that, since viewers differ.
_HALF, _MORE, _LESS = _table(128), _table(155), _table(101)


def _ink(drawn: Image.Image) -> int:
    return drawn.histogram()[255]


def _agree(drawn: Image.Image, share: Image.Image) -> bool:
    """Tell whether all dots have one of the outline within a dot's distance, and the other way round."""
    near = share.point(_MORE).filter(ImageFilter.MaxFilter(3))
    if ImageChops.subtract(drawn, near).getbbox():
        return False
    return not ImageChops.subtract(share.point(_LESS), drawn.filter(ImageFilter.MaxFilter(3))).getbbox()


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
            core, left, top, width, height = found
            placed.append((core, (pen + left, top, pen + left + width, top + height)))
    if not placed:
        return NOTHING
    lefts, tops, rights, bottoms = zip(*[edges for _, edges in placed], strict=True)
    left, top = min(lefts), min(tops)
    drawn = Image.new("1", (max(rights) - left, max(bottoms) - top))
    # Pasting through the image itself would check each glyph anew, for five times as long.
    paste = drawn.im.paste
    for core, edges in placed:
        paste(255, (edges[0] - left, edges[1] - top, edges[2] - left, edges[3] - top), core)
    return Line(left, top, to_bits(drawn))
