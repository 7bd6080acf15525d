"""PDF: one page a label; text as text, bars and rules as exact rectangles, all on the dots of the raster."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from mazhi.engines.labels.element import PT_PER_MM, AnyMark
from mazhi.engines.labels.fonts import EM, pens, widths
from mazhi.engines.labels.marks import DOTS_PER_MM, Box, Laid, Picture, Symbol, Words
from mazhi.engines.labels.symbols import bars
from mazhi.engines.labels.writers.pdf_file import File


def write(laids: Iterable[Laid], width_mm: float, height_mm: float) -> bytes:
    """Write labels as pages of their own size."""
    file = File()
    drawing = Drawing(file)
    width, height = width_mm * PT_PER_MM, height_mm * PT_PER_MM
    for laid in laids:
        file.page(drawing.label(laid, 0, height), width, height)
    return file.done()


class Drawing:
    """Draws labels into one file, what is fixed only once."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._fixed: Sequence[AnyMark] = ()
        self._form = ""

    def label(self, laid: Laid, left: float, top: float) -> str:
        """Return a label with its upper left corner at a place in points, in which it may not be left."""
        scale = f"{PT_PER_MM / DOTS_PER_MM[laid.dpi]:.9f}"
        fixed = laid.marks[: laid.fixed]
        if fixed and not _same(fixed, self._fixed):
            self._fixed = fixed
            self._form = self._file.form(self.marks(fixed), laid.width, laid.height)
        shared = f"/{self._form} Do\n" if fixed else ""
        own = self.marks(laid.marks[laid.fixed :])
        start = f"q {scale} 0 0 -{scale} {left:.5f} {top:.5f} cm 0 0 {laid.width} {laid.height} re W n\n"
        return f"{start}{shared}{own}Q\n"

    def marks(self, marks: Iterable[AnyMark]) -> str:
        """Return marks in dots, down and to the right."""
        return "".join([self._mark(mark) for mark in marks])

    def _mark(self, mark: AnyMark) -> str:
        if isinstance(mark, Words):
            return self._words(mark)
        if isinstance(mark, Symbol):
            return _symbol(mark)
        if isinstance(mark, Box):
            return f"{mark.x} {mark.y} {mark.width} {mark.height} re f\n"
        return self._picture(mark)

    def _picture(self, mark: Picture) -> str:
        width, height = mark.bits.width, mark.bits.height
        return f"q {width} 0 0 -{height} {mark.x} {mark.y + height} cm /{self._file.picture(mark.bits)} Do Q\n"

    def _words(self, mark: Words) -> str:
        """Return a line; each glyph is moved to the dot on which the raster has it."""
        font, known = self._file.font(mark.face), widths(mark.face)
        parts, before, natural = [], 0, 0.0
        for sign, pen in zip(mark.text, pens(mark.text, mark.face, mark.size), strict=True):
            shift = natural - (pen - before) * EM / mark.size
            parts.append(f"{shift:.2f}<{font.code(sign)}>" if abs(shift) >= 0.005 else f"<{font.code(sign)}>")
            before, natural = pen, known[sign]
        turn = _TURNS[mark.rotation]
        x, y = mark.origin
        return f"BT/{font.name} {mark.size} Tf {turn} {x} {y} Tm[{''.join(parts)}]TJ ET\n"


_TURNS = {0: "1 0 0 -1", 90: "0 1 1 0", 180: "-1 0 0 1", 270: "0 -1 -1 0"}
"""Where a line and its signs' tops point, in coordinates that run down."""


def _symbol(mark: Symbol) -> str:
    """Return bars and modules as one path, so that no viewer shows seams between them."""
    matrix, module = mark.matrix, mark.module
    high = mark.height if matrix.linear else matrix.row_modules * module
    width, height = len(matrix.rows[0]) * module, high * len(matrix.rows)
    place = {
        0: f"{module} 0 0 {high} {mark.x} {mark.y}",
        90: f"0 {module} -{high} 0 {mark.x + height} {mark.y}",
        180: f"-{module} 0 0 -{high} {mark.x + width} {mark.y + height}",
        270: f"0 -{module} {high} 0 {mark.x} {mark.y + width}",
    }[mark.rotation]
    if matrix.linear:
        path = "".join([f"{start} 0 {wide} 1 re\n" for start, wide in bars(matrix.rows[0])])
    else:
        path = "".join([_row(row).replace("y", str(number)) for number, row in enumerate(matrix.rows)])
    return f"q {place} cm\n{path}f Q\n"


_AT_ONCE = 11
"""Modules of a row whose rectangles are kept; a run that goes on is two rectangles side by side in one path."""


def _row(row: str) -> str:
    return "".join([_rectangles(row[start : start + _AT_ONCE], start) for start in range(0, len(row), _AT_ONCE)])


@lru_cache(maxsize=65_536)
def _rectangles(modules: str, offset: int) -> str:
    """Return the rectangles of a few modules, ``y`` standing for their row."""
    return "".join(f"{offset + start} y {wide} 1 re\n" for start, wide in bars(modules))


def _same(one: Sequence[AnyMark], other: Sequence[AnyMark]) -> bool:
    return len(one) == len(other) and all(mine is its for mine, its in zip(one, other, strict=True))
