from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError
from mazhi.kernel.exporting import service
from mazhi.kernel.exporting.service import Exports
from mazhi.kernel.items.service import ItemFilter
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from tests.kernel.world import World

LOOKER = Actor(name="looker", rights={"items.view": None})


class ExportWorld(World):
    def __init__(self, db: Database, folder: Path) -> None:
        super().__init__(db)
        self.jobs = Jobs(db, folder)
        self.exports = Exports(db, self.jobs, self.items, self.cycles)
        self.furnish()

    def made_by_a_job(self, *events: int, count: int = 0) -> str:
        """Give a finished job that says in which events it made items."""
        if "make_test" not in self.jobs._handlers:
            self.jobs.handler("make_test", lambda run: {"events": run.body["events"], "count": run.body["count"]})
        with self.db.write() as tx:
            job = self.jobs.enqueue(tx, "make_test", {"events": list(events), "count": count}, actor=LOOKER)
        self.jobs.run_pending()
        return job

    def rows(self, job: str, actor: Actor = LOOKER) -> list[list[Any]]:
        """Run an export and read its file."""
        self.jobs.run_pending()
        found = self.jobs.get(actor, job)
        assert found.state == "done", found.errors
        path = self.jobs.files.path(self.jobs.file(actor, job))
        return [row.values for row in open_spreadsheet(path).rows()][1:]


@pytest.fixture
def world(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ExportWorld:
    monkeypatch.setattr(service, "CHUNK", 10)
    monkeypatch.setattr(service, "CODES_CHUNK", 7)
    monkeypatch.setattr("mazhi.kernel.jobs.run.PROGRESS_SECONDS", 0)
    return ExportWorld(db, tmp_path / "files")


def serials(count: int, start: int = 0) -> list[str]:
    return [f"SN{number:04d}" for number in range(start, start + count)]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_item_is_exported_once_over_many_chunks(world: ExportWorld, kind: Any) -> None:
    world.bear(serials(35))
    job = world.exports.items(LOOKER, ItemFilter(), kind)
    assert [row[0] for row in world.rows(job)] == serials(35)
    found = world.jobs.get(LOOKER, job)
    assert (found.done, found.total, found.result and found.result["rows"]) == (35, 35, 35)


def test_the_filter_and_the_places_that_one_may_see_narrow_it(world: ExportWorld) -> None:
    world.bear(serials(3), place_id=world.ids["A-01"], state="in_stock")
    world.bear(serials(3, 10), place_id=world.ids["WH2"], state="in_stock")
    world.bear(serials(3, 20), "IQ", place_id=world.ids["A-01"], state="in_stock")
    limited = Actor(name="limited", rights={"items.view": frozenset({world.ids["A-01"]})})
    job = world.exports.items(LOOKER, ItemFilter(product="WM"), "csv")
    assert [row[0] for row in world.rows(job)] == serials(3) + serials(3, 10)
    job = world.exports.items(limited, ItemFilter(product="WM"), "csv")
    assert [row[0] for row in world.rows(job, limited)] == serials(3)


def test_columns_are_said_in_the_readers_language(world: ExportWorld) -> None:
    world.bear(["SN1"], state="sold", quality="concession", holder_id=world.ids["C-1"])
    chinese = world.rows(world.exports.items(LOOKER, ItemFilter(), "xlsx"))[0]
    english = world.rows(world.exports.items(LOOKER, ItemFilter(), "xlsx", "en"))[0]
    assert (chinese[1], chinese[4], chinese[5], chinese[9]) == ("单件", "已售出", "让步接收", "C-1")
    assert (english[1], english[4], english[5], english[9]) == ("Item", "Sold", "Concession", "C-1")


def test_the_codes_of_a_job_come_in_the_order_of_making(world: ExportWorld) -> None:
    first = world.bear(serials(20)[::-1])
    world.bear(serials(5, 50))
    second = world.bear(serials(7, 30))
    job = world.exports.codes(LOOKER, world.made_by_a_job(first, second, count=27), "csv")
    assert [row[0] for row in world.rows(job)] == serials(20)[::-1] + serials(7, 30)


def test_only_finished_jobs_that_made_items_have_codes(world: ExportWorld) -> None:
    with world.db.write() as tx:
        waiting = world.jobs.enqueue(tx, "other", {}, actor=LOOKER)
    with pytest.raises(ConflictError, match="job_not_done"):
        world.exports.codes(LOOKER, waiting, "csv")
    with pytest.raises(InvalidInputError, match="job_without_items"):
        world.exports.codes(LOOKER, world.made_by_a_job(), "csv")


def test_who_may_not_look_may_not_export(world: ExportWorld) -> None:
    nobody = Actor(name="nobody")
    with pytest.raises(ForbiddenError):
        world.exports.items(nobody, ItemFilter(), "csv")
    with pytest.raises(ForbiddenError):
        world.exports.codes(nobody, "x", "csv")


def test_an_export_broken_off_begins_anew(world: ExportWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    world.bear(serials(35))
    real, calls = world.items.page, iter(range(100))

    def breaks_once(*args: Any, **named: Any) -> Any:
        if next(calls) == 2:
            raise OSError("the power went")
        return real(*args, **named)

    monkeypatch.setattr(world.items, "page", breaks_once)
    job = world.exports.items(LOOKER, ItemFilter(), "csv")
    world.jobs.run_pending()
    assert world.jobs.get(SYSTEM, job).state == "queued"
    with world.db.write() as tx:
        tx.run("UPDATE job SET run_at = 0")
    assert [row[0] for row in world.rows(job)] == serials(35)
