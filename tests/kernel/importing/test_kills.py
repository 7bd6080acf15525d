from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from mazhi.kernel.db import Database
from mazhi.kernel.importing import service
from mazhi.kernel.ledger.verification import verify
from tests.kernel.importing import import_worker
from tests.kernel.importing.world import KEEPER, system_world, table
from tests.workers import Worker

ROWS = 2_000
EVERY = 97
"""Every so many rows one is bad."""
KILLS = 8


def _spawn(url: str, folder: Path) -> Worker:
    process = Worker(import_worker.__name__, url, folder)
    assert process.hear() == "started\n"
    return process


@pytest.mark.slow
def test_a_killed_import_goes_on_with_nothing_lost_doubled_or_unreported(
    db_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 0)
    db = Database(db_url)
    world = system_world(db, tmp_path / "files")
    rows = [
        [f"SN{number:05d}", "WM" if number % EVERY else "?", "A-01", f"V{number}", f"2026-0{number % 3 + 1}-01"]
        for number in range(1, ROWS + 1)
    ]
    job_id = world.run(table(["序列号", "产品", "库位", "供应商序列号", "生产日期"], *rows), dry_run=False)
    assert isinstance(job_id, str)

    def job_done() -> int:
        return world.jobs.get(KEEPER, job_id).done

    chance = random.Random(11)
    for _ in range(KILLS):
        process = _spawn(db_url, tmp_path / "files")
        before, end = job_done(), time.monotonic() + 240
        while job_done() <= before:
            assert time.monotonic() < end, "it took too long"
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        assert job_done() < ROWS, "the job was over before enough kills: make it longer"
    process = _spawn(db_url, tmp_path / "files")
    end = time.monotonic() + 120
    while world.jobs.get(KEEPER, job_id).state != "done":
        assert time.monotonic() < end, world.jobs.get(KEEPER, job_id)
        time.sleep(0.02)
    assert process.end() == 0
    result = world.jobs.get(KEEPER, job_id).result
    assert result is not None
    bad = [number for number in range(1, ROWS + 1) if number % EVERY == 0]
    assert [one["row"] for one in result["bad"]] == [number + 1 for number in bad]
    assert (result["rows"], result["imported"]) == (ROWS, ROWS - len(bad))
    assert world.count("item") == world.count("history") == ROWS - len(bad)
    assert world.count("identifier") == 2 * (ROWS - len(bad))
    assert world.count("event") == len(set(result["events"])) == len(result["events"])
    assert not list(verify(db))
    db.close()
