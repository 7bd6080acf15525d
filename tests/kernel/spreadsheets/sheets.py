"""Short ways to make files and read them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from mazhi.kernel.spreadsheets.model import Value
from mazhi.kernel.spreadsheets.reading import Spreadsheet

Fill = Callable[[Any, Any], None]


def book(path: Path, fill: Fill, **options: Any) -> Path:
    workbook = xlsxwriter.Workbook(str(path), options)
    fill(workbook, workbook.add_worksheet("期初"))
    workbook.close()
    return path


def file(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def values(sheet: Spreadsheet) -> list[list[Value]]:
    return [row.values for row in sheet.rows()]
