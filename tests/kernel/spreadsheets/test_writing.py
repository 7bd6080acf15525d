from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from mazhi.kernel.clock import DEFAULT_ZONE
from mazhi.kernel.errors import TooLargeError
from mazhi.kernel.spreadsheets import writing
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from mazhi.kernel.spreadsheets.writing import Table

HEADER = ["序列号", "数量", "日期", "时间"]
MOMENT = datetime(2026, 9, 8, 7, 5, 9, tzinfo=DEFAULT_ZONE)
ROWS = [
    ["000123456789012345678", 12, date(2026, 9, 8), MOMENT],
    ['=HYPERLINK("http://x","y")', -1.5, None, None],
    ["+1", None, None, None],
    ["-1", None, None, None],
    ["@SUM(A1)", None, None, None],
    ["http://example.org/x", None, None, None],
]


def test_xlsx_keeps_codes_as_text_and_knows_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Table(path, "xlsx", HEADER) as table:
        table.write(ROWS)
    got = [row.values for row in open_spreadsheet(path).rows()]
    assert got[0] == HEADER
    assert got[1] == ["000123456789012345678", 12.0, date(2026, 9, 8), MOMENT.replace(tzinfo=None)]
    assert [row[0] for row in got[1:]] == [row[0] for row in ROWS]
    with ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
        assert not any("rels" in name and "sheet1" in name for name in archive.namelist())


def test_csv_begins_with_a_byte_order_mark_and_no_cell_is_taken_for_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with Table(path, "csv", HEADER) as table:
        table.write(ROWS)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    for line in content.decode("utf-8-sig").splitlines()[2:]:
        assert line.lstrip('"')[0] not in "=+-@"
    read = [row.values for row in open_spreadsheet(path).rows()]
    assert [row[0] for row in read[1:]] == [row[0] for row in ROWS]
    assert read[1][3] == "2026-09-08 07:05:09"


def test_a_full_xlsx_says_so_instead_of_dropping_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LIMITS", writing.LIMITS.__class__(rows=3))
    with (
        pytest.raises(TooLargeError, match="xlsx_full"),
        Table(tmp_path / "a.xlsx", "xlsx", ["a"]) as table,
    ):
        table.write([["1"], ["2"], ["3"]])
    assert len(list(open_spreadsheet(tmp_path / "a.xlsx").rows())) == 3


def test_a_marked_column_is_written_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with Table(path, "xlsx", ["a", "原因"], sheet="错误行", widths=[10, 60], marked=1) as table:
        table.write([["SN1", "编码重复"]])
    read = open_spreadsheet(path)
    assert read.sheet == "错误行"
    assert [row.values for row in read.rows()][1] == ["SN1", "编码重复"]


def test_every_kind_of_cell_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    row = [True, False, float("nan"), float("inf"), None, "", 0, 1.5]
    with Table(path, "xlsx", list("abcdefgh")) as table:
        table.write([row])
    got = [one.values for one in open_spreadsheet(path).rows()][1]
    assert got == [True, False, "nan", "inf", None, None, 0.0, 1.5]
