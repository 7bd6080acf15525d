"""Codes out of a file that somebody sends: one column of a spreadsheet, a csv or a text with a code on each line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from mazhi.engines.forms.scan_lists.model import MOST
from mazhi.kernel.errors import Problem, TooLargeError, invalid
from mazhi.kernel.spreadsheets.model import Fault, Row, clean, code_of, is_blank, shown
from mazhi.kernel.spreadsheets.reading import open_spreadsheet

_SEARCHED = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One code that was pasted or stood in a file, the number of its row, and how a spreadsheet spoiled it."""

    raw: str
    source: int
    problem: Problem | None = None


def codes_of(path: Path, column: str | None = None) -> list[Entry]:
    """Return the codes of a column; without a title those of the first one that holds any.

    Raises:
        InvalidInputError: It is no file of a kind that is read, or has no such column (``scan_file_no_column``).
        TooLargeError: There are more codes than a list may have.
    """
    sheet = open_spreadsheet(path)
    first = list(islice(sheet.rows(), _SEARCHED))
    place, head = _place(first, column)
    found = []
    for row in sheet.rows():
        value = row.values[place] if place < len(row.values) else None
        if row.number <= head or is_blank(value):
            continue
        code = code_of(value)
        if isinstance(code, Fault):
            found.append(Entry(shown(value), row.number, Problem(code.code, code.params)))
        elif code:
            found.append(Entry(code, row.number))
        if len(found) > MOST:
            raise TooLargeError("scan_list_full", limit=MOST)
    return found


def _place(first: list[Row], column: str | None) -> tuple[int, int]:
    """Return which column holds the codes, and the number of the last row of the header (0 for none)."""
    for row in first:
        for place, value in enumerate(row.values):
            if is_blank(value):
                continue
            title = clean(shown(value))
            if column is None:
                # Titles have no digits, codes do.
                return place, row.number if not any(sign.isdigit() for sign in title) else 0
            if title == clean(column):
                return place, row.number
    if column is None:
        return 0, 0
    raise invalid("/column", "scan_file_no_column", column=column)
