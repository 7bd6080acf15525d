"""Sheets: labels in rows and columns on paper, as PDF; a sheet that was begun is used up from where it was left."""

from __future__ import annotations

from collections.abc import Iterable

from mazhi.engines.labels.element import PT_PER_MM
from mazhi.engines.labels.marks import DOTS_PER_MM, Laid
from mazhi.engines.labels.model import Sheet
from mazhi.engines.labels.writers.pdf import Drawing
from mazhi.engines.labels.writers.pdf_file import File
from mazhi.kernel.errors import InvalidInputError


def write(laids: Iterable[Laid], sheet: Sheet, start: int = 1) -> bytes:
    """Write labels row by row.

    Args:
        laids: The labels.
        sheet: Where they lie.
        start: The first position that is still free, counted from 1 along the rows.

    Raises:
        InvalidInputError: The sheet has no such position (``label_sheet_start``).
    """
    places = sheet.rows * sheet.columns
    if not 1 <= start <= places:
        raise InvalidInputError("label_sheet_start", start=start, places=places)
    file = File()
    drawing = Drawing(file)
    width, height = sheet.width_mm * PT_PER_MM, sheet.height_mm * PT_PER_MM
    page: list[str] = []
    place = start - 1
    for laid in laids:
        row, column = divmod(place, sheet.columns)
        per_mm = DOTS_PER_MM[laid.dpi]
        left = sheet.left_mm + column * (laid.width / per_mm + sheet.gap_x_mm)
        top = sheet.top_mm + row * (laid.height / per_mm + sheet.gap_y_mm)
        page.append(drawing.label(laid, left * PT_PER_MM, height - top * PT_PER_MM))
        place += 1
        if place == places:
            file.page("".join(page), width, height)
            page, place = [], 0
    if page:
        file.page("".join(page), width, height)
    return file.done()
