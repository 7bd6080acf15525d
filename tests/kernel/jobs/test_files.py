from __future__ import annotations

import io
from pathlib import Path

import pytest

from mazhi.kernel.access.model import Actor
from mazhi.kernel.clock import MICROS_PER_DAY, MICROS_PER_SECOND
from mazhi.kernel.db import Database
from mazhi.kernel.errors import (
    NotFoundError,
    TooLargeError,
)
from mazhi.kernel.jobs.service import JobRun, Jobs

START = 1_790_000_000 * MICROS_PER_SECOND
ANNA = Actor(name="anna", user_id=1, rights={"items.view": frozenset({3, 4}), "items.make": None}, device="pda-1")
BEN = Actor(name="ben", user_id=2)
CHIEF = Actor(name="chief", rights={"jobs.view": None})


class FakeClock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> int:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += int(seconds * MICROS_PER_SECOND)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def jobs(db: Database, tmp_path: Path, clock: FakeClock) -> Jobs:
    return Jobs(db, tmp_path / "files", now=clock)


def _enqueue(db: Database, jobs: Jobs, kind: str = "k", actor: Actor = ANNA, **more: object) -> str:
    with db.write() as tx:
        return jobs.enqueue(tx, kind, {"n": 1}, actor=actor, **more)  # type: ignore[arg-type]


def test_a_result_file_can_be_fetched_until_its_time_is_over(db: Database, jobs: Jobs, clock: FakeClock) -> None:
    def work(run: JobRun) -> None:
        path = run.files.new()
        path.write_bytes("序列号".encode())
        with db.write() as tx:
            run.finish(
                tx,
                {},
                file=run.files.keep(tx, path, name="序列号.csv", media_type="text/csv", actor=run.actor),
            )

    jobs.handler("k", work)
    job_id = _enqueue(db, jobs)
    with pytest.raises(NotFoundError, match="unknown_file"):
        jobs.file(ANNA, job_id)
    jobs.run_pending()
    stored = jobs.file(ANNA, job_id)
    assert (stored.name, stored.size) == ("序列号.csv", 9)
    assert b"".join(jobs.files.stream(stored)) == "序列号".encode()
    assert jobs.files.sweep(stored.created_at + 6 * MICROS_PER_DAY) == 0
    assert jobs.files.sweep(stored.created_at + 8 * MICROS_PER_DAY) == 1
    with pytest.raises(NotFoundError, match="unknown_file"):
        jobs.file(ANNA, job_id)
    assert jobs.get(ANNA, job_id).file is None


def test_strays_of_a_killed_process_are_swept_after_a_day(jobs: Jobs) -> None:
    stray = jobs.files.new()
    stray.write_bytes(b"half")
    born = int(stray.stat().st_mtime) * MICROS_PER_SECOND
    assert jobs.files.sweep(born + MICROS_PER_DAY // 2) == 0
    assert jobs.files.sweep(born + 2 * MICROS_PER_DAY) == 1
    assert not stray.exists()


def test_an_upload_over_the_limit_is_refused_and_leaves_nothing(jobs: Jobs) -> None:
    assert jobs.files.receive(io.BytesIO(b"x" * 100), 100).read_bytes() == b"x" * 100
    with pytest.raises(TooLargeError, match="file_too_large"):
        jobs.files.receive(io.BytesIO(b"x" * 101), 100)
    assert len(list(jobs.files.folder.iterdir())) == 1
