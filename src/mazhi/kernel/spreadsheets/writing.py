"""Writing spreadsheets row by row, however many there are; what a cell holds is text or number, never a formula."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import xlsxwriter

from mazhi.kernel.errors import TooLargeError
from mazhi.kernel.spreadsheets.model import LIMITS, LONGEST_CELL, STARTS_FORMULA

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MEDIA_TYPES = {"xlsx": XLSX, "csv": CSV}
_HEADER = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F3A5F", "border": 1, "text_wrap": True}

Cell = str | int | float | date | datetime | None


class Writer(Protocol):
    """Takes a table's rows one after the other."""

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        ...

    def close(self) -> None:
        """Finish the file."""
        ...


class XlsxSheet:
    """One sheet of a workbook that is written with constant memory: a row is on disk as soon as the next one begins."""

    def __init__(self, book: XlsxBook, sheet: Any, width: int) -> None:
        self._book = book
        self._sheet = sheet
        self._next = 0
        self.width = width
        self.marked = -1

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row.

        Raises:
            TooLargeError: An xlsx file holds no more rows (code ``xlsx_full``).
        """
        if self._next >= LIMITS.rows:
            raise TooLargeError("xlsx_full", limit=LIMITS.rows - 1)
        self.write(cells, None)

    def write(self, cells: Sequence[Cell], style: Any) -> None:
        """Write the next row in a style, without one each cell in that of its value."""
        for place, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            if isinstance(cell, str):
                given = style or (self._book.red if place == self.marked else self._book.text)
                self._sheet.write_string(self._next, place, cell[:LONGEST_CELL], given)
            elif isinstance(cell, float) and not math.isfinite(cell):
                self._sheet.write_string(self._next, place, str(cell))
            elif isinstance(cell, bool):
                self._sheet.write_boolean(self._next, place, cell)
            elif isinstance(cell, datetime):
                self._sheet.write_datetime(self._next, place, cell.replace(tzinfo=None), self._book.moment)
            elif isinstance(cell, date):
                self._sheet.write_datetime(self._next, place, cell, self._book.date)
            else:
                self._sheet.write_number(self._next, place, cell)
        self._next += 1

    def choose(self, place: int, choices: Sequence[str] | str) -> None:
        """Let people choose in a column, from 0: from texts, or from the cells of a range (``=选项!$A$1:$A$9``)."""
        source = choices if isinstance(choices, str) else list(choices)
        rule = {"validate": "list", "source": source, "error_type": "warning"}
        self._sheet.data_validation(1, place, LIMITS.rows - 1, place, rule)


class XlsxBook:
    """An xlsx file of several sheets."""

    def __init__(self, path: Path) -> None:
        """Begin a file."""
        self._book = xlsxwriter.Workbook(
            str(path),
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self.text = self._book.add_format({"num_format": "@"})
        self.red = self._book.add_format({"num_format": "@", "font_color": "#C8372D", "text_wrap": True})
        self.moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self.date = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._header = self._book.add_format(_HEADER)

    def sheet(
        self,
        name: str,
        header: Sequence[str],
        *,
        widths: Sequence[int] = (),
        marked: int = -1,
        notes: Sequence[str] = (),
    ) -> XlsxSheet:
        """Add a sheet; ``marked`` is the column, from 0, that is written in red, ``notes`` stand at the titles."""
        sheet = self._book.add_worksheet(name)
        for place in range(len(header)):
            # Text format for whole columns: what a person types below keeps its zeros and all its digits.
            width = widths[place] if place < len(widths) else 20
            sheet.set_column(place, place, width, self.text)
        sheet.freeze_panes(1, 0)
        made = XlsxSheet(self, sheet, len(header))
        made.write(header, self._header)
        made.marked = marked
        for place, note in enumerate(notes):
            sheet.write_comment(0, place, note)
        return made

    def close(self) -> None:
        """Finish the file."""
        self._book.close()


class XlsxWriter:
    """An xlsx file of one sheet."""

    def __init__(
        self,
        path: Path,
        header: Sequence[str],
        *,
        sheet: str = "Sheet1",
        widths: Sequence[int] = (),
        marked: int = -1,
        notes: Sequence[str] = (),
    ) -> None:
        """Begin a file; see :meth:`XlsxBook.sheet`."""
        self._book = XlsxBook(path)
        self._sheet = self._book.sheet(sheet, header, widths=widths, marked=marked, notes=notes)

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row.

        Raises:
            TooLargeError: An xlsx file holds no more rows (code ``xlsx_full``).
        """
        self._sheet.row(cells)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()


class CsvWriter:
    """A CSV file, as a rule in UTF-8 with a byte order mark, so that Excel reads its Chinese."""

    def __init__(self, path: Path, header: Sequence[str], *, encoding: str = "utf-8-sig") -> None:
        self._file = path.open("w", encoding=encoding, newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([safe(name) for name in header])

    def row(self, cells: Sequence[Cell]) -> None:
        """Write the next row."""
        self._writer.writerow([safe(cell) for cell in cells])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def safe(cell: Cell) -> Cell:
    """Keep a spreadsheet program from taking a text for a formula: it gets an apostrophe in front."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None).isoformat(" ", "seconds")
    if isinstance(cell, str) and cell.startswith((*STARTS_FORMULA, "'")):
        return "'" + cell
    return cell


class Table:
    """A table being written; as a context manager it is finished whatever happens."""

    def __init__(self, path: Path, kind: str, header: Sequence[str], **style: Any) -> None:
        """Begin a file of kind ``xlsx`` or ``csv``; ``style`` is for xlsx only."""
        self._writer: Writer = XlsxWriter(path, header, **style) if kind == "xlsx" else CsvWriter(path, header)

    def __enter__(self) -> Table:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Write rows."""
        for row in rows:
            self._writer.row(row)
