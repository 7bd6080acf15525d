from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.db import Database
from mazhi.kernel.jobs import store
from mazhi.kernel.jobs.service import Jobs
from tests.kernel.jobs import chunked_worker
from tests.workers import Worker

ROWS = 5000


def _spawn(url: str, folder: Path) -> Worker:
    process = Worker(chunked_worker.__name__, url, folder)
    assert process.hear() == "started\n"
    return process


def _wait(until: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.01)


@pytest.mark.slow
def test_a_killed_job_goes_on_and_every_row_is_there_once(db_url: str, tmp_path: Path) -> None:
    db = Database(db_url)
    jobs = Jobs(db, tmp_path / "files")
    with db.write() as tx:
        job_id = jobs.enqueue(tx, chunked_worker.KIND, {"count": ROWS}, actor=SYSTEM, total=ROWS)

    def done() -> int:
        with db.read() as tx:
            found = store.get(tx, job_id)
        assert found is not None
        return found.done

    kills = 0
    chance = random.Random(7)
    while kills < 12:
        process = _spawn(db_url, tmp_path / "files")
        before = done()
        # Killed somewhere within the next chunks, at no particular point of any of them.
        _wait(lambda before=before: done() > before)
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
        assert done() < ROWS, "the job was over before enough kills: make it longer"
        kills += 1
    process = _spawn(db_url, tmp_path / "files")
    _wait(lambda: jobs.get(SYSTEM, job_id).state == "done")
    assert process.end() == 0
    with db.read() as tx:
        values = tx.rows("SELECT value, count(*) FROM counter WHERE name LIKE 'row-%' GROUP BY value")
    assert [tuple(row) for row in values] == [(1, ROWS)]
    db.close()


@pytest.mark.slow
def test_a_stopped_server_leaves_the_job_to_the_next_one(db_url: str, tmp_path: Path) -> None:
    db = Database(db_url)
    jobs = Jobs(db, tmp_path / "files")
    with db.write() as tx:
        job_id = jobs.enqueue(tx, chunked_worker.KIND, {"count": ROWS}, actor=SYSTEM, total=ROWS)
    process = _spawn(db_url, tmp_path / "files")
    _wait(lambda: jobs.get(SYSTEM, job_id).done > 0)
    assert process.end() == 0
    halfway = jobs.get(SYSTEM, job_id)
    assert halfway.state == "queued"
    assert 0 < halfway.done < ROWS
    assert halfway.attempts == 0
    jobs.handler(chunked_worker.KIND, chunked_worker.make_handler(db))
    assert jobs.run_pending() == 1
    with db.read() as tx:
        values = tx.rows("SELECT value, count(*) FROM counter WHERE name LIKE 'row-%' GROUP BY value")
    assert [tuple(row) for row in values] == [(1, ROWS)]
    db.close()
