"""A deliberately awful workbook: every fault is named by row, column and code, and the good rows are good."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mazhi.kernel import clock, texts
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.batches.store import batch
from mazhi.kernel.db import Database
from mazhi.kernel.importing.model import Report
from mazhi.kernel.importing.report import advise, say
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.spreadsheets.model import shown
from mazhi.kernel.spreadsheets.packages import column_letters
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from tests.kernel.importing.world import KEEPER, ImportWorld, system_world, xlsx
from tests.kernel.world import unguard

TITLES = (
    "序号", "序列号", "产品", "批次", "状态", "库位", "质量", "货主", "客户", "编码类型",
    "生产日期", "质保开始", "质保结束", "IMEI", "IMEI2", "MAC", "供应商序列号", "备注",
)  # fmt: skip
HEADER_ROW = 4
IMEIS = ("490154203237518", "356938035643809", "868932036356090")


class Formula(NamedTuple):
    """A formula with the result that is stored with it; "" for none."""

    text: str
    result: str | float


class Bad(NamedTuple):
    """A row that has one fault: what differs from a good row, in which column it shows, and its code."""

    cells: dict[str, Any]
    column: str
    code: str


TOMORROW = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).date() + timedelta(days=2)

FAULTS = (
    # The serial itself, and what spreadsheet programs make of it.
    Bad({"序列号": None}, "序列号", "code_missing"),
    Bad({"序列号": 1234567890123456789}, "序列号", "excel_scientific"),
    Bad({"序列号": "2.60911E+11"}, "序列号", "excel_scientific"),
    Bad({"序列号": 104}, "序列号", "leading_zeros_lost"),
    Bad({"序列号": date(2026, 9, 8)}, "序列号", "code_is_date"),
    Bad({"序列号": True}, "序列号", "code_is_boolean"),
    Bad({"序列号": 12.5}, "序列号", "code_not_whole"),
    Bad({"序列号": Formula("=VLOOKUP(1,A1:A2,1)", "#N/A")}, "序列号", "cell_error"),
    Bad({"序列号": Formula('="SN"&ROW()', "")}, "序列号", "formula_without_value"),
    Bad({"序列号": "SN\ufffd\ufffd01"}, "序列号", "text_damaged"),
    Bad({"序列号": "SN-A、SN-B"}, "序列号", "code_separator"),
    Bad({"序列号": "SN-C\nSN-D"}, "序列号", "code_control_characters"),
    Bad({"序列号": "S" * 201}, "序列号", "code_length"),
    Bad({"序列号": "RO26O908L010031", "产品": "RO", "批次": "R1"}, "序列号", "code_pattern"),
    Bad({"序列号": "SN-GOOD-1"}, "序列号", "duplicate_in_file"),
    Bad({"序列号": "SN-OLD-1"}, "序列号", "already_exists"),
    # What it is.
    Bad({"产品": None}, "产品", "product_missing"),
    Bad({"产品": "水表"}, "产品", "unknown_product"),
    Bad({"产品": "OLD"}, "产品", "product_inactive"),
    Bad({"产品": "SKU"}, "产品", "not_serial_product"),
    Bad({"序列号": "RO260908L010032", "产品": "RO"}, "批次", "batch_needed"),
    Bad({"序列号": "RO260908L010033", "产品": "RO", "批次": "R7"}, "批次", "unknown_batch"),
    Bad({"序列号": "RO260908L010034", "产品": "RO", "批次": "B1"}, "批次", "batch_of_other_product"),
    Bad({"批次": "R1"}, "批次", "batch_of_other_product"),
    Bad({"批次": "W1"}, "批次", "batch_not_wanted"),
    # Where and how it is.
    Bad({"状态": "漂流"}, "状态", "state_not_in_life_cycle"),
    Bad({"状态": "built_in"}, "状态", "state_needs_parent"),
    Bad({"库位": None}, "库位", "place_missing"),
    Bad({"库位": "A-O1"}, "库位", "unknown_place"),
    Bad({"库位": "X-9"}, "库位", "place_inactive"),
    Bad({"状态": "已售出"}, "库位", "place_not_allowed"),
    Bad({"质量": "还行"}, "质量", "unknown_quality"),
    Bad({"货主": "NOBODY"}, "货主", "unknown_partner"),
    Bad({"客户": "D-GX"}, "客户", "unknown_partner"),
    Bad({"客户": "D-OLD"}, "客户", "partner_inactive"),
    # When.
    Bad({"生产日期": "明年"}, "生产日期", "not_a_date"),
    Bad({"生产日期": "2026-02-30"}, "生产日期", "no_such_date"),
    Bad({"生产日期": "9月8日"}, "生产日期", "date_without_year"),
    Bad({"生产日期": "08/09/2026"}, "生产日期", "date_ambiguous"),
    Bad({"生产日期": TOMORROW.isoformat()}, "生产日期", "date_in_future"),
    Bad({"生产日期": "1926-09-08"}, "生产日期", "date_too_old"),
    Bad({"生产日期": "2020-01-01"}, "生产日期", "closed_period"),
    Bad({"质保开始": "2026-09-08", "质保结束": "2026-09-07"}, "质保结束", "dates_out_of_order"),
    Bad({"生产日期": "2026-09-08", "质保开始": "2026-09-01"}, "质保开始", "warranty_before_birth"),
    Bad({"质保结束": "2027-09-01"}, "质保结束", "warranty_without_start"),
    # Its other identifiers.
    Bad({"IMEI": "49015420323751"}, "IMEI", "bad_imei"),
    Bad({"IMEI": "490154203237519"}, "IMEI", "imei_check_digit"),
    Bad({"IMEI": IMEIS[0]}, "IMEI", "duplicate_in_file"),
    Bad({"IMEI": IMEIS[2], "IMEI2": IMEIS[2]}, "IMEI2", "duplicate_in_row"),
    Bad({"MAC": "00:1B:44:11:3A"}, "MAC", "bad_mac"),
    Bad({"供应商序列号": "S-77"}, "供应商序列号", "already_exists"),
    Bad({"编码类型": "我们的"}, "编码类型", "bad_namespace"),
)

GOOD: tuple[dict[str, Any], ...] = (
    {"序列号": "SN-GOOD-1", "IMEI": IMEIS[0], "MAC": "00-1b-44-11-3a-b7"},
    {"序列号": "  ＳＮ－GOOD－2\u200b\xa0", "IMEI": 356938035643809},
    {"序列号": "000101"},
    {"序列号": "000102"},
    {"序列号": "000103"},
    {"序列号": 500123, "生产日期": 46273},
    {"序列号": "SN-OLD-1", "编码类型": "supplier_sn"},  # the same serial, but another maker's
    {"序列号": "RO260908L010037", "产品": "RO", "批次": "R1", "状态": "In stock", "质量": "特采"},
    {"序列号": "SN-GOOD-9", "状态": "sold", "库位": None, "客户": "C-1", "质保开始": date(2026, 9, 9)},
    {"序列号": Formula('="SN-"&"GOOD-10"', "SN-GOOD-10"), "货主": "SUP", "生产日期": "2026年9月8日"},
)


def _rows() -> list[dict[str, Any]]:
    base = {"产品": "WM", "状态": "在库", "库位": "A-01", "质量": "合格", "生产日期": date(2026, 9, 7)}
    rows = [{**base, **cells} for cells in GOOD]
    for number, bad in enumerate(FAULTS):
        rows.append({**base, "序列号": f"SN-BAD-{number}", **bad.cells})
    return [{"序号": number, **row} for number, row in enumerate(rows, 1)]


def _awful() -> bytes:
    def fill(workbook: Any, sheet: Any) -> None:
        day = workbook.add_format({"num_format": "yyyy/m/d"})
        sheet.merge_range(0, 0, 0, len(TITLES) - 1, "佛山分仓期初库存")
        sheet.write(1, 0, "制表：李海涛  2026-09-10")
        # The header takes two rows: most titles are merged downwards, two groups of them sideways.
        groups = {"生产日期": "日期", "质保开始": "日期", "质保结束": "日期", "IMEI": "识别码", "IMEI2": "识别码"}
        for place, title in enumerate(TITLES):
            if title in groups:
                sheet.write(3, place, title)
            else:
                sheet.merge_range(2, place, 3, place, f" {title}\xa0")
        sheet.merge_range(2, 10, 2, 12, "日期")
        sheet.merge_range(2, 13, 2, 14, "识别码")
        number = HEADER_ROW
        for row in _rows():
            if row["序号"] == 5:
                number += 1  # a blank row in the middle
                sheet.write_string(number - 1, 17, "\xa0")
            for place, title in enumerate(TITLES):
                _put(sheet, number, place, row.get(title), day)
            number += 1
        for place, title in enumerate(TITLES):
            sheet.write(number, place, title)
        sheet.write(number + 1, 0, "合计")
        sheet.write_formula(number + 1, 2, "=COUNTA(B5:B60)", None, 60)

    return xlsx(fill)


def _put(sheet: Any, row: int, place: int, cell: Any, day: Any) -> None:
    if isinstance(cell, Formula):
        sheet.write_formula(row, place, cell.text, None, cell.result)
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
    elif isinstance(cell, str):
        sheet.write_string(row, place, cell)
    elif cell is not None:
        sheet.write(row, place, cell)


@pytest.fixture
def world(db: Database, tmp_path: Path) -> ImportWorld:
    world = system_world(db, tmp_path / "files")
    world.add(batch, "W1", product_id=world.ids["WM"])
    world.bear(["SN-OLD-1"])
    world.bear(["S-77"])
    with world.db.write() as tx:
        unguard(tx, "identifier")
        tx.run("UPDATE identifier SET namespace = 'supplier_sn' WHERE value = 'S-77'")
    return world


def _row_of(position: int) -> int:
    """Return the spreadsheet's number of a row; before the fifth there is a blank one."""
    return HEADER_ROW + position + (position >= 5)


def _expected() -> set[tuple[int, str, str]]:
    first = len(GOOD) + 1
    found = {(_row_of(first + number), bad.column, bad.code) for number, bad in enumerate(FAULTS)}
    last = _row_of(len(GOOD) + len(FAULTS))
    return found | {(last + 1, "", "header_again"), (last + 2, "", "total_row")}


def test_there_are_at_least_forty_distinct_faults() -> None:
    assert len({bad.code for bad in FAULTS} | {"header_again", "total_row"}) >= 40


def test_every_fault_is_named_with_its_row_and_column_and_the_good_rows_are_good(world: ImportWorld) -> None:
    report = world.report(_awful(), dry_run=True)
    assert {(fault.row, fault.column, fault.code) for fault in report.faults} == _expected()
    assert report.fault_count == len(_expected())
    assert (report.rows, report.good) == (len(GOOD) + len(FAULTS) + 2, len(GOOD))
    assert world.count("item") == 2, "a dry run changes nothing"


def test_every_fault_is_said_in_both_languages_with_what_to_do(world: ImportWorld) -> None:
    report = world.report(_awful(), dry_run=True)
    for fault in report.faults:
        assert fault.code in texts.catalogue()
        for language in ("zh", "en"):
            said = say(fault, language)
            assert said
            assert said != fault.code
            assert "{" not in said
            assert advise(fault, language), fault.code


def test_a_fault_says_where_what_and_what_was_probably_meant(world: ImportWorld) -> None:
    faults = {fault.code: fault for fault in world.report(_awful(), dry_run=True).faults}
    assert faults["unknown_product"].suggestion == "WM"
    assert faults["unknown_place"].suggestion == "A-01"
    assert faults["code_pattern"].suggestion == "RO260908L010031"
    assert faults["leading_zeros_lost"].suggestion == "000104"
    assert faults["state_not_in_life_cycle"].value == "漂流"
    for fault in faults.values():
        if fault.column:
            assert fault.cell == f"{column_letters(TITLES.index(fault.column) + 1)}{fault.row}"


def test_the_good_rows_are_imported_as_they_say(world: ImportWorld) -> None:
    report = world.report(_awful(), dry_run=False, document="QC-1")
    assert isinstance(report, Report)
    assert (report.imported, report.good, report.bad_rows) == (len(GOOD), len(GOOD), len(FAULTS) + 2)
    assert {(fault.row, fault.column, fault.code) for fault in report.faults} == _expected()
    assert world.count("item") == 2 + len(GOOD)
    assert not list(verify(world.db))
    first = world.item("SN-GOOD-1")
    assert (first["product"], first["state"], first["place"], first["quality"]) == (
        "WM",
        "in_stock",
        "A-01",
        "released",
    )
    assert {(one["namespace"], one["value"]) for one in first["identifiers"]} == {
        ("own", "SN-GOOD-1"), ("imei", IMEIS[0]), ("mac", "00:1B:44:11:3A:B7"),
    }  # fmt: skip
    assert first["born_at"] == "2026-09-06T16:00:00Z"
    assert world.item("SN-GOOD-2")["code"] == "SN-GOOD-2"
    assert world.item("500123")["born_at"] == "2026-09-07T16:00:00Z"
    machine = world.item("RO260908L010037")
    assert (machine["batch"], machine["quality"]) == ("R1", "concession")
    sold = world.item("SN-GOOD-9")
    assert (sold["state"], sold["place"], sold["holder"]) == ("sold", None, "C-1")
    assert (sold["warranty"]["start"], sold["warranty"]["end"]) == ("2026-09-09", "2028-09-08")
    assert world.item("SN-GOOD-10")["owner"] == "SUP"
    assert world.items.find(SYSTEM, "SN-OLD-1", "supplier_sn")["state"] == "in_stock"
    assert world.life("000101")[0]["operation"] == "commission"
    assert world.life("000101")[0]["document"] == "QC-1"
    assert world.stock()[("WM", "A-01", "in_stock")] == 8


def test_the_bad_rows_can_be_downloaded_corrected_and_imported(world: ImportWorld, tmp_path: Path) -> None:
    report = world.report(_awful(), dry_run=True)
    assert report.report is not None
    stored = world.importing.bad_rows(KEEPER, report.report)
    assert stored.name == "期初 错误行.xlsx"
    path = world.jobs.files.path(stored)
    opened = open_spreadsheet(path)
    rows = list(opened.rows())
    assert [shown(value) for value in rows[0].values] == [*TITLES, "原行号", "哪里不对，怎么办"]
    assert len(rows) == 1 + report.bad_rows
    by_row = {int(row.values[-2] or 0): str(row.values[-1]) for row in rows[1:]}  # type: ignore[arg-type]
    for fault in report.faults:
        assert say(fault, "zh") in by_row[fault.row]
    # What was bad only because of another row of the file stands alone now; the rest is as bad as before.
    again = world.report(path.read_bytes(), dry_run=True)
    assert again.rows == report.bad_rows
    healed = {"duplicate_in_file", "header_again", "leading_zeros_lost", "formula_without_value"}
    assert {fault.code for fault in report.faults} - {fault.code for fault in again.faults} <= healed
    assert sum(fault.code == "code_missing" for fault in again.faults) == 3
    assert again.good == len([bad for bad in FAULTS if bad.code == "duplicate_in_file"])
