from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, PlatformError
from mazhi.kernel.importing import passes, service
from mazhi.kernel.importing.model import ImportRequest, Report, Written
from mazhi.kernel.importing.writer import LedgerWriter
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from tests.kernel.importing.world import KEEPER, STRANGER, ImportWorld, system_world, table

HEADER = ["序列号", "产品", "库位", "状态"]


@pytest.fixture
def world(db: Database, tmp_path: Path) -> ImportWorld:
    return system_world(db, tmp_path / "files")


def rows(count: int, start: int = 0) -> list[list[Any]]:
    return [[f"SN{number:06d}", "WM", "A-01", "在库"] for number in range(start, start + count)]


def codes(world: ImportWorld) -> list[str]:
    with world.db.read() as tx:
        return [row.code for row in tx.rows("SELECT code FROM item ORDER BY code")]


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
        world.report(table(["甲", "乙", "丙"], ["SN1", "WM", "own"]), mapping=mapping, defaults={"code": "x"})
    assert [problem.code for problem in refused.value.problems] == [
        "unknown_field",
        "unknown_column",
        "field_twice",
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


# -- importing ----------------------------------------------------------------------------------------------


def test_a_gbk_text_file_is_imported(world: ImportWorld) -> None:
    text = '序列号;产品;库位;状态;持有方\r\n="00123";WM;A-01;在库;\r\nSN2;水表;A-01;在库;\r\nSN3;WM;;已售出;C-1\r\n'
    report = world.report(text.encode("gbk"), dry_run=False)
    assert (report.rows, report.imported) == (3, 2)
    assert [(fault.row, fault.code, fault.suggestion) for fault in report.faults] == [(3, "unknown_product", "WM")]
    assert codes(world) == ["00123", "SN3"]
    assert world.item("SN3")["holder"] == "C-1"


def test_one_row_may_have_many_faults_and_all_are_named(world: ImportWorld) -> None:
    report = world.report(table([*HEADER, "IMEI"], ["SN A", "?", "NOWHERE", "在天上", "123"]))
    assert [fault.code for fault in report.faults] == [
        "code_separator", "bad_imei", "unknown_product", "state_not_in_life_cycle", "unknown_place",
    ]  # fmt: skip
    assert (report.good, report.bad_rows, report.fault_count) == (0, 1, 5)


def test_defaults_fill_what_rows_leave_open(world: ImportWorld) -> None:
    content = table(["序列号", "产品"], ["SN1", ""], ["SN2", "IQ"])
    report = world.report(content, dry_run=False, defaults={"product": "WM", "place": "A-01", "state": "在库"})
    assert report.imported == 2
    assert [world.item(code)["product"] for code in ("SN1", "SN2")] == ["WM", "IQ"]
    assert world.item("SN1")["place"] == "A-01"


def test_identifiers_of_ones_own_go_into_their_namespace(world: ImportWorld) -> None:
    content = table(["序列号", "产品", "发票号"], ["SN1", "WM", "F-1"])
    mapping = {"序列号": "code", "产品": "product", "发票号": "identifier:invoice"}
    assert world.report(content, dry_run=False, mapping=mapping).imported == 1
    assert world.item("F-1")["code"] == "SN1"
    with pytest.raises(InvalidInputError):
        world.report(content, mapping={**mapping, "发票号": "identifier:Inv oice"})


def test_all_or_nothing_imports_nothing_when_a_row_is_bad(world: ImportWorld) -> None:
    bad = table(HEADER, *rows(3), ["SN1", "?", "A-01", "在库"])
    with pytest.raises(ConflictError, match="import_refused") as refused:
        world.report(bad, dry_run=False, mode="all")
    assert [(problem.code, problem.pointer) for problem in refused.value.problems] == [
        ("unknown_product", "/rows/5/产品")
    ]
    assert codes(world) == []
    assert world.report(table(HEADER, *rows(3)), dry_run=False, mode="all").imported == 3


def test_the_same_client_key_imports_once_and_answers_the_same(world: ImportWorld) -> None:
    content = table(HEADER, *rows(3))
    first = world.report(content, dry_run=False, mode="all", client_key="k")
    assert world.report(content, dry_run=False, mode="all", client_key="k") == first
    assert len(codes(world)) == 3
    with pytest.raises(ConflictError, match="client_key_reused"):
        world.report(table(HEADER, *rows(4)), dry_run=False, mode="all", client_key="k")


def test_who_may_not_import_is_refused_and_files_are_ones_own(world: ImportWorld) -> None:
    with pytest.raises(ForbiddenError):
        world.report(table(HEADER, *rows(1)), Actor(name="nobody"))
    upload = world.upload(table(HEADER, *rows(1), ["", "", "", ""], ["SN1", "?"]))
    report = world.importing.run(KEEPER, ImportRequest(upload=upload))
    assert isinstance(report, Report)
    assert report.report is not None
    for attempt in (
        lambda: world.importing.guess(STRANGER, upload),
        lambda: world.importing.run(STRANGER, ImportRequest(upload=upload)),
        lambda: world.importing.bad_rows(STRANGER, str(report.report)),
        lambda: world.importing.bad_rows(KEEPER, upload),
        lambda: world.importing.run(KEEPER, ImportRequest(upload="0" * 32)),
        lambda: world.importing.run(KEEPER, ImportRequest(upload="../mazhi.db")),
    ):
        with pytest.raises(NotFoundError, match="unknown_file"):
            attempt()


def test_a_right_for_some_places_lets_items_into_these_only(world: ImportWorld) -> None:
    actor = Actor(name="a", rights={"items.import": frozenset({world.ids["A-01"]})})
    content = table(HEADER, ["SN1", "WM", "A-01", "在库"], ["SN2", "WM", "WH2", "在库"], ["SN3", "WM", "", "coded"])
    report = world.report(content, actor, dry_run=False)
    assert [(fault.row, fault.column, fault.code) for fault in report.faults] == [
        (3, "库位", "no_right"),
        (4, "库位", "no_right"),
    ]
    assert codes(world) == ["SN1"]


def test_a_large_import_is_a_job_in_chunks_of_one_transaction_each(
    world: ImportWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 20)
    monkeypatch.setattr(passes, "CHUNK", 10)
    content = table(HEADER, *rows(33), ["SN000003", "WM", "A-01", "在库"], *rows(20, 100), ["", "WM", "A-01", ""])
    job_id = world.run(content, dry_run=False)
    assert isinstance(job_id, str)
    assert codes(world) == []
    assert world.jobs.run_pending() == 1
    job = world.jobs.get(KEEPER, job_id)
    assert (job.state, job.done, job.total) == ("done", 55, 55)
    assert job.result is not None
    assert (job.result["rows"], job.result["good"], job.result["imported"]) == (55, 53, 53)
    assert [(bad["row"], bad["code"]) for bad in job.result["bad"]] == [(35, "duplicate_in_file"), (56, "code_missing")]
    assert len(job.result["events"]) == 6
    assert len(codes(world)) == 53
    assert not list(verify(world.db))


def test_a_large_check_is_a_job_too_and_changes_nothing(world: ImportWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "CHECKED_AT_ONCE", 20)
    job_id = world.run(table(HEADER, *rows(30), ["SN1", "?"]), dry_run=True, client_key="k")
    assert isinstance(job_id, str)
    world.jobs.run_pending()
    result = world.jobs.get(KEEPER, job_id).result
    assert result is not None
    assert (result["good"], result["bad_rows"], result["imported"]) == (30, 1, 0)
    assert codes(world) == []


def test_an_interrupted_import_goes_on_and_reports_all_its_bad_rows(
    world: ImportWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 0)
    monkeypatch.setattr(passes, "CHUNK", 10)
    bad = [["SN000001", "WM", "A-01", "在库"], ["SN1", "?", "A-01", "在库"]]
    content = table(HEADER, *rows(18), *bad, *rows(18, 20), *bad, *rows(8, 40))
    job_id = world.run(content, dry_run=False)
    assert isinstance(job_id, str)
    real = LedgerWriter.write
    calls: list[int] = []

    def breaks_every_second_time(self: LedgerWriter, *args: Any, **named: Any) -> Written:
        calls.append(1)
        if len(calls) % 2 == 0:
            inner = named.pop("checkpoint")

            def checkpoint(tx: Any, written: Written) -> None:
                inner(tx, written)
                raise OSError("the power went")

            named["checkpoint"] = checkpoint
        return real(self, *args, **named)

    monkeypatch.setattr(LedgerWriter, "write", breaks_every_second_time)
    for _ in range(20):
        with world.db.write() as tx:
            tx.run("UPDATE job SET run_at = 0")
        world.jobs.run_pending()
    job = world.jobs.get(KEEPER, job_id)
    assert job.state == "done", job.errors
    assert job.result is not None
    assert sorted((one["row"], one["code"]) for one in job.result["bad"]) == [
        (20, "duplicate_in_file"),
        (21, "unknown_product"),
        (40, "duplicate_in_file"),
        (41, "duplicate_in_file"),
        (41, "unknown_product"),
    ]
    assert len(codes(world)) == 44
    assert len(calls) > 5
    assert not list(verify(world.db))


def test_what_somebody_else_bound_since_the_check_is_left_out_and_named(
    world: ImportWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = LedgerWriter.write

    def late(self: LedgerWriter, *args: Any, **named: Any) -> Written:
        world.bear(["SN000001", "SN000003"])
        return real(self, *args, **named)

    monkeypatch.setattr(LedgerWriter, "write", late)
    report = world.report(table(HEADER, *rows(5)), dry_run=False)
    assert [(fault.row, fault.code, fault.value) for fault in report.faults] == [
        (3, "already_exists", "SN000001"),
        (5, "already_exists", "SN000003"),
    ]
    assert (report.good, report.imported) == (3, 3)
    assert len(codes(world)) == 5
    assert not list(verify(world.db))


def test_two_imports_of_overlapping_files_at_once_bear_each_item_once(world: ImportWorld) -> None:
    barrier = threading.Barrier(3)
    found: list[Report] = []
    broken: list[PlatformError] = []
    contents = [table(HEADER, *rows(200, start)) for start in (0, 100, 50)]
    contents[1] = table(HEADER, *reversed(rows(200, 100)))

    def work(content: bytes) -> None:
        barrier.wait()
        try:
            found.append(world.report(content, dry_run=False))
        except PlatformError as error:
            broken.append(error)

    threads = [threading.Thread(target=work, args=(content,)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not broken
    assert codes(world) == [f"SN{number:06d}" for number in range(300)]
    assert sum(report.imported for report in found) == 300
    assert not list(verify(world.db))


def test_a_product_deleted_between_check_and_writing_stops_the_import(
    world: ImportWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = LedgerWriter.write

    def late(self: LedgerWriter, *args: Any, **named: Any) -> Written:
        with world.db.write() as tx:
            tx.run("DELETE FROM product WHERE code = 'WM'")
        return real(self, *args, **named)

    monkeypatch.setattr(LedgerWriter, "write", late)
    with pytest.raises(ConflictError, match="import_failed") as refused:
        world.report(table(HEADER, *rows(5)), dry_run=False)
    assert [problem.code for problem in refused.value.problems] == ["master_data_changed"]
    assert codes(world) == []


def test_more_faults_than_an_answer_shows_are_counted_and_all_in_the_file(
    world: ImportWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mazhi.kernel.importing.model.FAULTS_SHOWN", 5)
    report = world.report(table(HEADER, *([["", "WM", "A-01", "在库"]] * 12)))
    assert (report.fault_count, len(report.faults), report.by_code) == (12, 5, {"code_missing": 12})
    assert report.report is not None
    path = world.jobs.files.path(world.importing.bad_rows(KEEPER, report.report))
    assert len(list(open_spreadsheet(path).rows())) == 13
