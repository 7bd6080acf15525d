from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, PlatformError
from mazhi.kernel.importing import passes, service
from mazhi.kernel.importing.model import ImportedItem, ImportRequest, Report, Written
from mazhi.kernel.importing.writer import LedgerWriter
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.settings.store import write_setting
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from tests.kernel.importing.world import KEEPER, STRANGER, ImportWorld, system_world, table, xlsx

HEADER = ["序列号", "产品", "库位", "状态"]


@pytest.fixture
def world(db: Database, tmp_path: Path) -> ImportWorld:
    return system_world(db, tmp_path / "files")


def rows(count: int, start: int = 0) -> list[list[Any]]:
    return [[f"SN{number:06d}", "WM", "A-01", "在库"] for number in range(start, start + count)]


def codes(world: ImportWorld) -> list[str]:
    with world.db.read() as tx:
        return [row.code for row in tx.rows("SELECT code FROM item ORDER BY code")]


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


def test_what_falls_into_a_period_closed_since_the_check_is_left_out_and_named(
    world: ImportWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = LedgerWriter.write

    def late(self: LedgerWriter, actor: Actor, items: Sequence[ImportedItem], **named: Any) -> Written:
        now = clock.now()
        early = replace(items[1], born_at=now - 2_000_000)
        with world.db.write() as tx:
            write_setting(tx, "ledger.closed_until", str(now - 1_000_000))
        return real(self, actor, [items[0], early, *items[2:]], **named)

    monkeypatch.setattr(LedgerWriter, "write", late)
    report = world.report(table(HEADER, *rows(3)), dry_run=False)
    assert [(fault.row, fault.code) for fault in report.faults] == [(3, "closed_period")]
    assert (report.good, report.imported, len(codes(world))) == (2, 2, 2)


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


def test_cells_beyond_the_header_are_named(world: ImportWorld) -> None:
    text = "序列号,产品,库位,状态\nSN1,WM,A-01,在库\nSN2,WM,A-01,在库,多了一格,\nSN3,W,M,A-01,在库\n"
    report = world.report(text.encode())
    assert [(fault.row, fault.column, fault.cell, fault.code) for fault in report.faults if fault.column == "E"] == [
        (3, "E", "E3", "cell_without_column"),
        (4, "E", "E4", "cell_without_column"),
    ]
    assert report.good == 1


def test_one_column_is_mapped_once(world: ImportWorld) -> None:
    with pytest.raises(InvalidInputError) as refused:
        world.report(table(["甲", "乙"], ["SN1", "WM"]), mapping={"甲": "code", "A": "batch"})
    assert [problem.code for problem in refused.value.problems] == ["column_twice"]


def test_times_and_errors_in_bad_rows_are_written_as_they_were(world: ImportWorld, tmp_path: Path) -> None:
    def fill(workbook: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["序列号", "产品", "备注"])
        sheet.write_datetime(1, 0, time(3, 4), workbook.add_format({"num_format": "h:mm"}))
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")

    report = world.report(xlsx(fill))
    assert [fault.code for fault in report.faults] == ["code_is_date", "product_missing"]
    path = world.jobs.files.path(world.importing.bad_rows(KEEPER, str(report.report)))
    assert [row.values for row in open_spreadsheet(path).rows()][1][:3] == ["03:04:00", None, "#DIV/0!"]


def test_a_code_with_very_many_doubtful_signs_gets_no_suggestion(world: ImportWorld) -> None:
    for code, suggestion in (("0" * 30, None), ("RO26O9O8L01OO31", None), ("RO26O908L0100O1", "RO260908L010001")):
        report = world.report(table(["序列号", "产品", "批次"], [code, "RO", "R1"]))
        assert [(fault.code, fault.suggestion) for fault in report.faults] == [("code_pattern", suggestion)]


def test_an_import_that_breaks_is_left_to_the_workers(world: ImportWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    real = LedgerWriter.write
    failures = iter([OSError("the disk is full")])

    def breaks_once(self: LedgerWriter, *args: Any, **named: Any) -> Written:
        for failure in failures:
            raise failure
        return real(self, *args, **named)

    monkeypatch.setattr(LedgerWriter, "write", breaks_once)
    job_id = world.run(table(HEADER, *rows(3)), dry_run=False)
    assert isinstance(job_id, str)
    with world.db.write() as tx:
        tx.run("UPDATE job SET run_at = 0")
    world.jobs.run_pending()
    assert world.jobs.get(KEEPER, job_id).state == "done"
    assert len(codes(world)) == 3


def test_a_sheet_with_nothing_on_it_is_refused(world: ImportWorld) -> None:
    with pytest.raises(InvalidInputError, match="spreadsheet_empty"):
        world.report(table())
