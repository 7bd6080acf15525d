from __future__ import annotations

from pathlib import Path

import pytest

from mazhi.kernel.db import Database
from mazhi.kernel.errors import InvalidInputError
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from tests.kernel.importing.world import KEEPER, ImportWorld, system_world, table

HEADER = ["序列号", "产品", "库位", "状态"]


@pytest.fixture
def world(db: Database, tmp_path: Path) -> ImportWorld:
    return system_world(db, tmp_path / "files")


# -- looking at a file --------------------------------------------------------------------------------------


def test_a_guess_shows_sheets_header_first_rows_and_what_each_column_is(world: ImportWorld) -> None:
    content = table(
        ["机身编码", "型号", "周次", "仓位", "下线日", "水泵码", "客户序列号(选填)"],
        ["R1", "WM", "B", "A-01", "2026/9/8"],
    )
    guess = world.importing.guess(KEEPER, world.upload(content))
    assert (guess.format, guess.sheets, guess.sheet, guess.name) == ("xlsx", ["期初"], "期初", "期初.xlsx")
    assert guess.mapping == {
        "机身编码": "code",
        "型号": "product",
        "周次": "batch",
        "仓位": "place",
        "下线日": "born_at",
        "客户序列号(选填)": "customer_sn",
    }
    assert guess.samples == [["R1", "WM", "B", "A-01", "2026/9/8", "", ""]]


@pytest.mark.parametrize(
    ("titles", "mapping"),
    [
        (
            ["SN", "Model", "Warehouse", "Batch No."],
            {"SN": "code", "Model": "product", "Warehouse": "place", "Batch No.": "batch"},
        ),
        (
            ["*产品序列号:", "物料编码", "所在仓库"],
            {"*产品序列号:": "code", "物料编码": "product", "所在仓库": "place"},
        ),
        (["序列号", "产品名称", "备注"], {"序列号": "code"}),
        (
            ["序号", "S/N", "IMEI 1", "IMEI 2", "MAC"],
            {"S/N": "code", "IMEI 1": "imei1", "IMEI 2": "imei2", "MAC": "mac"},
        ),
        (["产品序列号", "序列号"], {"产品序列号": "code"}),
    ],
)
def test_titles_in_both_languages_are_understood(
    world: ImportWorld, titles: list[str], mapping: dict[str, str]
) -> None:
    guess = world.importing.guess(KEEPER, world.upload(table(titles, [f"x{one}" for one in titles])))
    assert guess.mapping == mapping


def test_a_column_of_serials_is_recognised_without_a_title_that_says_so(world: ImportWorld) -> None:
    content = table(["型号", "东西"], ["WM", "RO26090001"], ["WM", "RO26090002"])
    assert world.importing.guess(KEEPER, world.upload(content)).mapping == {"型号": "product", "东西": "code"}


def test_columns_can_be_mapped_by_title_letter_or_number(world: ImportWorld) -> None:
    content = table(["甲", "乙", "丙"], ["SN1", "WM", "own"])
    for mapping in (
        {"甲": "code", "乙": "product", "丙": ""},
        {"A": "code", "b": "product"},
        {"1": "code", "2": "product"},
        {"0": "code", "1": "product"},
        {"code": "甲", "product": "乙"},
    ):
        assert world.report(content, mapping=mapping).good == 1, mapping


def test_every_fault_of_a_mapping_is_named(world: ImportWorld) -> None:
    mapping = {"甲": "colour", "丁": "product", "乙": "batch", "丙": "batch", "C": "state"}
    with pytest.raises(InvalidInputError) as refused:
        world.report(
            table(["甲", "乙", "丙"], ["SN1", "WM", "own"]), mapping=mapping, defaults={"code": "x", "imei1": "y"}
        )
    assert [problem.code for problem in refused.value.problems] == [
        "unknown_field",
        "unknown_column",
        "field_twice",
        "unknown_field",
        "unknown_field",
    ]
    assert refused.value.problems[0].pointer == "/mapping/甲"


def test_a_file_without_a_column_of_serials_is_refused(world: ImportWorld) -> None:
    with pytest.raises(InvalidInputError) as refused:
        world.report(table(["数量", "备注"], ["1", "x"]))
    assert refused.value.problems[0].code == "code_column_missing"


def test_the_header_row_can_be_given(world: ImportWorld) -> None:
    content = table(["序列号", "产品"], ["x", "y"], ["SN1", "WM"])
    assert world.report(content, header_row=2, mapping={"x": "code", "y": "product"}).good == 1


def test_the_template_is_a_file_that_the_import_understands(world: ImportWorld, tmp_path: Path) -> None:
    for language in ("zh", "en"):
        path = tmp_path / "template.xlsx"
        world.importing.template(path, language)
        guess = world.importing.guess(KEEPER, world.upload(path.read_bytes()))
        assert len(guess.mapping) == len(open_spreadsheet(path).header(lambda title: True).columns)  # type: ignore[union-attr]
        assert guess.samples == []
