"""Opening what people send as a spreadsheet: xlsx by its content, text with columns, nothing else."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import python_calamine as calamine

from mazhi.kernel.errors import InvalidInputError, NotFoundError
from mazhi.kernel.spreadsheets import csv_text
from mazhi.kernel.spreadsheets.headers import SEARCHED, Header, Merge, find_header
from mazhi.kernel.spreadsheets.model import LIMITS, Limits, Odd, Row, Value
from mazhi.kernel.spreadsheets.packages import Package, broken, look, look_into

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAGIC = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"SQLite format 3": "SQLite",
    b"\x7fELF": "ELF",
    b"MZ": "EXE",
}


@dataclass(slots=True)
class Spreadsheet:
    """One sheet of an opened file, ready to be read as often as one likes.

    Attributes:
        format: ``xlsx`` or ``csv``.
        sheets: The names of the sheets that a person sees; one without a name for text.
        sheet: The one that is read.
        encoding: How a text file was decoded; empty for xlsx.
        base_1904: Whether serial numbers of dates count from 1904.
        merges: Merged cells.
    """

    format: str
    sheets: list[str]
    sheet: str
    _rows: Callable[[], Iterator[Row]]
    encoding: str = ""
    separator: str = ""
    base_1904: bool = False
    merges: list[Merge] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """Read every row from the first on, blank ones included."""
        return self._rows()

    def header(self, knows: Callable[[str], bool], *, row: int | None = None) -> Header | None:
        """Find the header, or take the one that ends in ``row``.

        See :func:`mazhi.kernel.spreadsheets.headers.find_header`.
        """
        first = list(itertools.islice(self.rows(), max(SEARCHED, row or 0) + 5))
        return find_header(first, self.merges, knows, row=row)


def open_spreadsheet(path: Path, *, sheet: str | None = None, limits: Limits = LIMITS) -> Spreadsheet:
    """Open a file by what it is, whatever it is called.

    Raises:
        InvalidInputError: It is no spreadsheet, or encrypted, or broken; each has its own code.
        NotFoundError: It has no sheet of that name (code ``unknown_sheet``).
        TooLargeError: It is too large, or grows too large when it is unpacked.
    """
    with path.open("rb") as source:
        head = source.read(4096)
    if not head.strip():
        raise InvalidInputError("spreadsheet_empty")
    if head.startswith(b"PK"):
        return _open_xlsx(path, sheet, limits)
    if head.startswith(_OLE):
        raise InvalidInputError("spreadsheet_encrypted" if _is_encrypted(path) else "spreadsheet_old")
    _refuse_others(head)
    return _open_text(path)


def _is_encrypted(path: Path) -> bool:
    return _ENCRYPTED in path.read_bytes()


def _refuse_others(head: bytes) -> None:
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            raise InvalidInputError("spreadsheet_format", found=name)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table")):
        raise InvalidInputError("spreadsheet_format", found="HTML")
    if start.startswith(b"<?xml"):
        raise InvalidInputError("spreadsheet_format", found="XML")


def _open_text(path: Path) -> Spreadsheet:
    decoded = csv_text.decode(path.read_bytes())
    if "\0" in decoded.text:
        raise InvalidInputError("spreadsheet_format", found="binary")
    separator, skip = csv_text.find_separator(decoded.text)
    return Spreadsheet(
        format="csv",
        sheets=[""],
        sheet="",
        _rows=lambda: csv_text.rows(decoded.text, separator, skip),
        encoding=decoded.encoding,
        separator=separator,
    )


def _open_xlsx(path: Path, wanted: str | None, limits: Limits) -> Spreadsheet:
    package = look(path, limits)
    visible = [one for one in package.sheets if one.visible and "/worksheets/" in f"/{one.part}"]
    if not visible:
        raise InvalidInputError("spreadsheet_empty")
    chosen = next((one for one in visible if one.name == wanted), None) if wanted else visible[0]
    if chosen is None:
        raise NotFoundError("unknown_sheet", sheet=wanted, known=", ".join(one.name for one in visible))
    look_into(path, package, chosen, limits)
    read = _read(path, chosen.name)
    return Spreadsheet(
        format="xlsx",
        sheets=[one.name for one in visible],
        sheet=chosen.name,
        _rows=lambda: _xlsx_rows(read, package),
        base_1904=package.base_1904,
        merges=list(read.merged_cell_ranges or []),
    )


def _read(path: Path, sheet: str) -> calamine.CalamineSheet:
    try:
        with calamine.load_workbook(str(path)) as workbook:
            return workbook.get_sheet_by_name(sheet)
    except calamine.PasswordError as error:
        raise InvalidInputError("spreadsheet_encrypted") from error
    except calamine.CalamineError as error:
        raise broken() from error
    except BaseException as error:
        # A panic of the reader is no Exception, so that nobody swallows it by mistake; here it is a broken file.
        if type(error).__name__ == "PanicException":
            raise broken() from error
        raise


def _xlsx_rows(sheet: calamine.CalamineSheet, package: Package) -> Iterator[Row]:
    left = sheet.start[1] if sheet.start else 0
    by_row: dict[int, dict[int, Odd]] = {}
    for (row, column), odd in package.odd.items():
        by_row.setdefault(row, {})[column] = odd
    reached = -1
    for reached, cells in enumerate(sheet.iter_rows()):
        values: list[Value] = [None] * left
        values.extend(None if cell == "" else cell for cell in cells)
        for column, odd in by_row.get(reached, {}).items():
            values += [None] * (column + 1 - len(values))
            values[column] = odd
        yield Row(reached + 1, values)
    # Rows that hold nothing but odd cells may lie beyond what the reader saw.
    for row in sorted(number for number in by_row if number > reached):
        values = [None] * (max(by_row[row]) + 1)
        for column, odd in by_row[row].items():
            values[column] = odd
        yield Row(row + 1, values)
