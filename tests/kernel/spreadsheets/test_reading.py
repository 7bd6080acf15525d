from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel.errors import InvalidInputError, NotFoundError
from mazhi.kernel.spreadsheets.model import Limits, Odd, is_blank
from mazhi.kernel.spreadsheets.packages import column_letters, column_number
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from mazhi.kernel.spreadsheets.writing import Table
from tests.kernel.spreadsheets.sheets import book, file, values

MOMENT = datetime(2026, 2, 3, 4, 5)  # noqa: DTZ001 - a cell has no zone


def knows(*titles: str) -> Callable[[str], bool]:
    return lambda title: title in titles


# -- xlsx ---------------------------------------------------------------------------------------------------


def test_every_kind_of_cell_is_told_apart(tmp_path: Path) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        chinese_day = workbook.add_format({"num_format": '[$-804]yyyy"年"m"月"d"日"'})
        minute = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        six = workbook.add_format({"num_format": "000000"})
        sheet.write_row(0, 0, ["文字", 12, 1.5, True])
        sheet.write_datetime(1, 0, date(2026, 2, 3), day)
        sheet.write_datetime(1, 1, date(2026, 2, 3), chinese_day)
        sheet.write_datetime(1, 2, MOMENT, minute)
        sheet.write_formula(2, 0, "=1/0", None, "#DIV/0!")
        sheet.write_formula(2, 1, "=NA()", None, "#N/A")
        sheet.write_formula(2, 2, "=1+1", None, 2)
        sheet.write_formula(2, 3, '="a"&"b"', None, "ab")
        sheet.write_formula(3, 0, "=1+1", None, "")
        sheet.write_number(3, 1, 42, six)
        sheet.write_string(3, 2, "007")

    read = open_spreadsheet(book(tmp_path / "a.xlsx", fill))
    assert (read.format, read.sheets, read.sheet) == ("xlsx", ["期初"], "期初")
    assert values(read) == [
        ["文字", 12.0, 1.5, True],
        [date(2026, 2, 3), date(2026, 2, 3), MOMENT, None],
        [Odd("error", "#DIV/0!"), Odd("error", "#N/A"), 2.0, "ab"],
        [Odd("no_value"), Odd("shown", "000042"), "007", None],
    ]
    assert values(read) == values(read)


def test_rows_and_columns_keep_their_numbers_when_the_table_does_not_begin_at_a1(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write(4, 2, "序列号")
        sheet.write(6, 2, "SN1")
        sheet.write_formula(9, 4, "=NA()", None, "#N/A")

    rows = list(open_spreadsheet(book(tmp_path / "a.xlsx", fill)).rows())
    filled = {row.number: row.values for row in rows if not all(map(is_blank, row.values))}
    assert filled == {
        5: [None, None, "序列号", None, None],
        7: [None, None, "SN1", None, None],
        10: [None, None, None, None, Odd("error", "#N/A")],
    }


def test_a_hidden_sheet_is_not_offered_and_a_sheet_can_be_chosen(tmp_path: Path) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.hide()
        second, third = workbook.add_worksheet("二"), workbook.add_worksheet("三")
        second.activate()
        second.set_first_sheet()
        second.write(0, 0, 2)
        third.write(0, 0, 3)

    path = book(tmp_path / "a.xlsx", fill)
    assert open_spreadsheet(path).sheets == ["二", "三"]
    assert values(open_spreadsheet(path)) == [[2.0]]
    assert values(open_spreadsheet(path, sheet="三")) == [[3.0]]
    with pytest.raises(NotFoundError, match="unknown_sheet"):
        open_spreadsheet(path, sheet="期初")


def test_an_empty_sheet_has_no_rows_and_no_header(tmp_path: Path) -> None:
    read = open_spreadsheet(book(tmp_path / "a.xlsx", lambda workbook, sheet: None))
    assert values(read) == []
    assert read.header(knows()) is None


def test_dates_from_1904_are_known_as_such(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", lambda _, sheet: sheet.write(0, 0, 1), date_1904=True)
    assert open_spreadsheet(path).base_1904


# -- headers ------------------------------------------------------------------------------------------------


def test_a_title_over_the_table_and_blank_rows_are_not_the_header(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:C1", "2026 年期初库存")
        sheet.write(1, 0, "制表：李海涛")
        sheet.write_row(3, 0, ["序号", "序列号 ", "\u200b产品"])
        sheet.write_row(4, 0, [1, "SN1", "WM"])

    read = open_spreadsheet(book(tmp_path / "a.xlsx", fill))
    for known in (knows("序列号 "), knows()):
        header = read.header(known)
        assert header is not None
        assert (header.first, header.last) == (4, 4)
        assert [column.name for column in header.columns] == ["序号", "序列号", "产品"]


def test_merged_header_cells_over_two_rows_give_each_column_its_own_title(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range("A1:F1", "期初库存")
        sheet.merge_range("A2:A3", "序列号")
        sheet.merge_range("B2:C2", "产品")
        sheet.write_row(2, 1, ["型号", "批次"])
        sheet.merge_range("D2:E2", "识别码")
        sheet.write_row(2, 3, ["IMEI1", "IMEI2"])
        sheet.merge_range("F2:F3", "库位")
        sheet.write_row(3, 0, ["SN1", "WM", "B1", "1", "2", "A-1"])

    read = open_spreadsheet(book(tmp_path / "a.xlsx", fill))
    for known in (knows("序列号"), knows("型号", "批次", "IMEI1", "IMEI2")):
        header = read.header(known)
        assert header is not None
        assert (header.first, header.last) == (2, 3)
        assert [one.title for one in header.columns] == ["序列号", "型号", "批次", "IMEI1", "IMEI2", "库位"]


def test_two_columns_of_the_same_title_can_be_told_apart(tmp_path: Path) -> None:
    header = open_spreadsheet(file(tmp_path / "a.csv", "序列号,备注,备注,\nSN1,a,b,c".encode())).header(knows("序列号"))
    assert header is not None
    assert header.doubles == ["备注"]
    assert [one.name for one in header.columns] == ["序列号", "备注", "备注 (C)", "(D)"]


def test_a_group_row_that_is_recognised_takes_the_row_of_its_parts_in(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["序列号", "产品"])
        sheet.merge_range("C1:D1", "识别码")
        sheet.write_row(1, 2, ["甲", "乙"])
        sheet.write_row(2, 0, ["SN1", "WM", "1", "2"])

    header = open_spreadsheet(book(tmp_path / "a.xlsx", fill)).header(knows("序列号", "产品"))
    assert header is not None
    assert (header.first, header.last) == (1, 2)
    assert [one.title for one in header.columns] == ["序列号", "产品", "甲", "乙"]


def test_a_wide_title_over_data_does_not_take_the_first_row_of_data_in(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["序列号", "产品"])
        sheet.merge_range("C1:D1", "备注")
        sheet.write_row(1, 0, ["SN1", "WM", "x"])

    for book_of in (fill, lambda workbook, sheet: sheet.merge_range("A1:B1", "序列号")):
        header = open_spreadsheet(book(tmp_path / "a.xlsx", book_of)).header(knows("序列号"))
        assert header is not None
        assert (header.first, header.last) == (1, 1)


# -- csv ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb18030"])
def test_a_text_file_is_read_whatever_its_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    names = {"utf-8": "utf-8", "utf-8-sig": "utf-8", "gbk": "gb18030", "gb18030": "gb18030"}
    rows = [["序列号", "产品", "备注"], ["SN1", "智能水表", "一, 二; 三"], ["SN2", "智能水表", ""]]
    text = "\r\n".join(separator.join(f'"{cell}"' if " " in cell else cell for cell in row) for row in rows)
    read = open_spreadsheet(file(tmp_path / "a.csv", text.encode(encoding)))
    assert [[cell or "" for cell in row] for row in values(read)] == rows
    assert read.separator == separator
    assert read.encoding == names.get(encoding, "utf-16")


def test_a_rare_sign_of_gb18030_is_read(tmp_path: Path) -> None:
    read = open_spreadsheet(file(tmp_path / "a.csv", "姓名,序列号\n𠮷㐱,SN1".encode("gb18030")))
    assert values(read)[1] == ["𠮷㐱", "SN1"]


def test_a_few_broken_bytes_spoil_their_cell_and_not_the_file(tmp_path: Path) -> None:
    good = "序列号,产品\nSN1,智能水表二十毫米\nSN2,智能水表二十毫米\n".encode()
    read = open_spreadsheet(file(tmp_path / "a.csv", good + b"SN\xff3,\xe6\x99\n"))
    assert read.encoding == "utf-8"
    assert values(read)[1] == ["SN1", "智能水表二十毫米"]
    assert "\ufffd" in str(values(read)[3][0])


def test_the_ways_to_keep_a_text_a_text_in_csv_are_understood(tmp_path: Path) -> None:
    text = 'sep=;\n序列号;备注\n="00123";\'00124\n"多行\n备注";\'a\'\n\n;x'
    read = open_spreadsheet(file(tmp_path / "a.csv", text.encode()))
    rows = list(read.rows())
    assert rows[1].values == ["00123", "00124"]
    assert rows[2].values == ["多行\n备注", "'a'"]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert rows[4].values == [None, "x"]


def test_many_blank_lines_come_before_the_table(tmp_path: Path) -> None:
    read = open_spreadsheet(file(tmp_path / "a.csv", b"\n" * 60 + b"SN1,WM\n"))
    assert [(row.number, row.values) for row in read.rows() if row.values] == [(61, ["SN1", "WM"])]


def test_too_many_rows_of_text_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mazhi.kernel.spreadsheets.csv_text.LIMITS", Limits(rows=3))
    read = open_spreadsheet(file(tmp_path / "a.csv", b"a\nb\nc\nd\n"))
    with pytest.raises(InvalidInputError, match="spreadsheet_too_large"):
        list(read.rows())


def test_one_column_needs_no_separator(tmp_path: Path) -> None:
    assert values(open_spreadsheet(file(tmp_path / "a.txt", b"SN1\nSN2\n"))) == [["SN1"], ["SN2"]]


cells = st.text(st.characters(codec="utf-8", exclude_categories=["C"], exclude_characters="'\ufffd"), max_size=8)


@given(st.lists(st.tuples(cells, cells, cells).filter(any), min_size=1))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_we_write_as_csv_we_read_back(tmp_path: Path, rows: list[tuple[str, str, str]]) -> None:
    path = tmp_path / "a.csv"
    with Table(path, "csv", ["序列号", "b", "c"]) as table:
        table.write(rows)
    read = values(open_spreadsheet(path))
    assert [tuple(cell or "" for cell in row) for row in read[1:]] == rows


@given(st.integers(1, 20_000))
def test_column_letters_and_numbers_are_each_others_inverse(number: int) -> None:
    assert column_number(column_letters(number)) == number
