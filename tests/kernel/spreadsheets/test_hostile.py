from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import python_calamine as calamine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mazhi.kernel.errors import InvalidInputError, PlatformError, TooLargeError
from mazhi.kernel.spreadsheets.model import Limits, Odd, code_of
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from tests.kernel.spreadsheets.sheets import book, file, values


def knows(*titles: str) -> Callable[[str], bool]:
    return lambda title: title in titles


# -- refused ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "spreadsheet_empty"),
        (b" \r\n\t ", "spreadsheet_empty"),
        (b"%PDF-1.7 ...", "spreadsheet_format"),
        (b"\x89PNG\r\n\x1a\n", "spreadsheet_format"),
        (b"\n<HTML><table><tr><td>SN1", "spreadsheet_format"),
        (b"<?xml version='1.0'?><Workbook/>", "spreadsheet_format"),
        (b"SN1\0\0,SN2" + b"\1\2\3" * 50, "spreadsheet_format"),
        (b"PK\x03\x04 not a zip", "spreadsheet_broken"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "spreadsheet_old"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "spreadsheet_encrypted"),
    ],
)
def test_what_is_no_spreadsheet_says_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(InvalidInputError, match=code):
        open_spreadsheet(file(tmp_path / "a.xlsx", content))


def _zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("part", "found"),
    [("xl/workbook.bin", "xlsb"), ("content.xml", "ods"), ("word/document.xml", "docx"), ("a.txt", "zip")],
)
def test_another_kind_of_zip_is_named(tmp_path: Path, part: str, found: str) -> None:
    with pytest.raises(InvalidInputError, match="spreadsheet_format") as refused:
        open_spreadsheet(_zip(tmp_path / "a.xlsx", {part: b""}))
    assert refused.value.params == {"found": found}


def _good(tmp_path: Path) -> bytes:
    def fill(_: Any, sheet: Any) -> None:
        for row in range(50):
            sheet.write_row(row, 0, [f"SN{row}", row])

    return book(tmp_path / "good.xlsx", fill).read_bytes()


def test_a_small_file_that_inflates_to_a_large_one_is_refused(tmp_path: Path) -> None:
    good = zipfile.ZipFile(io.BytesIO(_good(tmp_path)))
    parts = {name: good.read(name) for name in good.namelist()}
    bomb = _zip(tmp_path / "bomb.xlsx", {**parts, "xl/media/image1.png": b"\0" * (30 << 20)})
    assert bomb.stat().st_size < 100_000
    with pytest.raises(TooLargeError, match="spreadsheet_inflates"):
        open_spreadsheet(bomb, limits=Limits(inflated=10 << 20))
    assert len(values(open_spreadsheet(bomb))) == 50


def test_sizes_that_the_zip_lies_about_are_not_believed(tmp_path: Path) -> None:
    path = _zip(tmp_path / "lie.xlsx", {"xl/workbook.xml": b"<workbook/>" + b" " * (20 << 20)})
    content = path.read_bytes()
    real = struct.pack("<I", 11 + (20 << 20))
    assert content.count(real) == 2
    path.write_bytes(content.replace(real, struct.pack("<I", 11)))
    with pytest.raises(TooLargeError, match="spreadsheet_inflates"):
        open_spreadsheet(path, limits=Limits(inflated=10 << 20))


def test_two_cells_far_apart_do_not_take_all_memory(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 400, "b")

    with pytest.raises(TooLargeError, match="spreadsheet_too_large"):
        open_spreadsheet(book(tmp_path / "a.xlsx", fill))


def test_too_many_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TooLargeError, match="spreadsheet_too_large"):
        open_spreadsheet(book(tmp_path / "a.xlsx", lambda _, sheet: sheet.write(0, 600, "b")))


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    with pytest.raises(InvalidInputError, match="spreadsheet_broken"):
        open_spreadsheet(_zip(tmp_path / "a.xlsx", {"xl/workbook.xml": laughs}))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(where=st.floats(0, 1), byte=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_refused_or_read_but_never_crashes(
    tmp_path: Path, where: float, byte: int, cut: bool
) -> None:
    whole = tmp_path / "good.xlsx"
    content = whole.read_bytes() if whole.exists() else _good(tmp_path)
    place = int(where * (len(content) - 1))
    damaged = content[:place] if cut else content[:place] + bytes([byte]) + content[place + 1 :]
    try:
        read = open_spreadsheet(file(tmp_path / "damaged.xlsx", damaged))
        for row in read.rows():
            for value in row.values:
                code_of(value)
    except PlatformError as refused:
        assert refused.code.startswith(("spreadsheet_", "csv_"))


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_refused_or_read_but_never_crash(tmp_path: Path, content: bytes) -> None:
    try:
        read = open_spreadsheet(file(tmp_path / "any", content))
        list(read.rows())
        read.header(knows())
    except PlatformError as refused:
        assert refused.code.startswith(("spreadsheet_", "csv_"))


def test_an_unclosed_quotation_mark_names_its_row(tmp_path: Path) -> None:
    read = open_spreadsheet(file(tmp_path / "a.csv", b'a,b\n1,2\n"' + b"x" * 200_000))
    with pytest.raises(InvalidInputError, match="csv_broken") as refused:
        list(read.rows())
    assert refused.value.params["row"] == 3


# -- hostile XML --------------------------------------------------------------------------------------------


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'r="A1"', b'r="ZZZZZ1"', "spreadsheet_broken"),  # the reader would ask for 35 GB and end the process
        (b'r="A1"', b"r='A9999999'", "spreadsheet_broken"),
        (b'r="A1"', b'r="&#65;1"', "spreadsheet_broken"),
        (b'r="A1"', b'r="A9999999"', "spreadsheet_too_large"),
        (b'<row r="1"', b'<row r="9999999"', "spreadsheet_too_large"),
        (b'<row r="1"', b'<row r="99999999999"', "spreadsheet_broken"),
        (b"<sheetData>", b"<sheetData>\0", "spreadsheet_broken"),
        (b"</sheetData>", b"</sheet", "spreadsheet_broken"),
    ],
)
def test_a_cell_whose_place_cannot_be_known_is_refused(tmp_path: Path, old: bytes, new: bytes, code: str) -> None:
    parts = _parts(_good(tmp_path))
    parts[SHEET] = parts[SHEET].replace(old, new, 1)
    with pytest.raises(PlatformError, match=code):
        open_spreadsheet(_zip(tmp_path / "a.xlsx", parts))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", b"UTF-8", b"UTF-99"),
        ("xl/workbook.xml", b"<sheets>", b"<sheets"),
        ("xl/_rels/workbook.xml.rels", b"sheet1.xml", b"sheet9.xml"),
        ("xl/styles.xml", b"</styleSheet>", b""),
        ("xl/sharedStrings.xml", b"</si>", b"</sj>"),
    ],
)
def test_a_damaged_part_is_refused(tmp_path: Path, part: str, old: bytes, new: bytes) -> None:
    parts = _parts(_good(tmp_path))
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    with pytest.raises(InvalidInputError, match="spreadsheet_broken"):
        open_spreadsheet(_zip(tmp_path / "a.xlsx", parts))


def test_a_workbook_without_styles_is_read(tmp_path: Path) -> None:
    parts = _parts(_good(tmp_path))
    del parts["xl/styles.xml"]
    assert values(open_spreadsheet(_zip(tmp_path / "a.xlsx", parts)))[1] == ["SN1", 1.0]


def test_a_workbook_that_shows_nothing_is_empty(tmp_path: Path) -> None:
    parts = _parts(_good(tmp_path))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'sheetId="1"', b'sheetId="1" state="hidden"')
    with pytest.raises(InvalidInputError, match="spreadsheet_empty"):
        open_spreadsheet(_zip(tmp_path / "a.xlsx", parts))


def test_a_part_packed_in_another_way_than_excel_does_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in _parts(_good(tmp_path)).items():
            archive.writestr(name, content)
    with pytest.raises(InvalidInputError, match="spreadsheet_broken"):
        open_spreadsheet(path)


def test_stored_parts_count_too(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _parts(_good(tmp_path)).items():
            archive.writestr(name, content)
    assert len(values(open_spreadsheet(path))) == 50
    with pytest.raises(TooLargeError, match="spreadsheet_inflates"):
        open_spreadsheet(path, limits=Limits(inflated=1000))


def test_a_panic_of_the_reader_is_a_broken_file_and_an_interrupt_stays_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PanicException(BaseException):
        pass

    path = file(tmp_path / "a.xlsx", _good(tmp_path))
    for raised, expected in ((PanicException, InvalidInputError), (KeyboardInterrupt, KeyboardInterrupt)):

        def load(_: str, raised: type[BaseException] = raised) -> None:
            raise raised

        monkeypatch.setattr("mazhi.kernel.spreadsheets.reading.calamine.load_workbook", load)
        with pytest.raises(expected):
            open_spreadsheet(path)


TOKENS = (b"", b"-1", b"9" * 20, b"A0", b"<", b">", b'"', b"&#0;", b't="s"', b"1e999", b'XFE1"', b"\xff")


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_damaged_xml_is_refused_or_read_but_never_crashes(tmp_path: Path, data: st.DataObject) -> None:
    whole = tmp_path / "good.xlsx"
    parts = _parts(whole.read_bytes() if whole.exists() else _good(tmp_path))
    part = data.draw(st.sampled_from(sorted(name for name in parts if name.startswith("xl/") and "theme" not in name)))
    place = data.draw(st.integers(0, len(parts[part])))
    cut = data.draw(st.integers(0, 20))
    parts[part] = parts[part][:place] + data.draw(st.sampled_from(TOKENS)) + parts[part][place + cut :]
    try:
        read = open_spreadsheet(_zip(tmp_path / "damaged.xlsx", parts))
        for row in read.rows():
            for value in row.values:
                code_of(value)
    except PlatformError as refused:
        assert refused.code.startswith("spreadsheet_")


def test_a_formula_without_a_result_at_the_very_end_is_seen(tmp_path: Path) -> None:
    parts = _parts(_good(tmp_path))
    cell = b'<row r="53"><c r="D53"><f>1+1</f></c></row></sheetData>'
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", cell)
    rows = list(open_spreadsheet(_zip(tmp_path / "a.xlsx", parts)).rows())
    assert rows[-1].number == 53
    assert rows[-1].values == [None, None, None, Odd("no_value")]


def test_a_password_inside_is_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(_: str) -> None:
        raise calamine.PasswordError

    monkeypatch.setattr("mazhi.kernel.spreadsheets.reading.calamine.load_workbook", locked)
    with pytest.raises(InvalidInputError, match="spreadsheet_encrypted"):
        open_spreadsheet(file(tmp_path / "a.xlsx", _good(tmp_path)))
