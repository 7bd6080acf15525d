from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.clock import MICROS_PER_SECOND
from mazhi.kernel.db import Database
from mazhi.kernel.jobs import runner, store, worker
from mazhi.kernel.jobs.model import LEASE, JobReleasedError
from mazhi.kernel.jobs.service import JobRun, Jobs


def _enqueue(db: Database, jobs: Jobs, **more: object) -> str:
    with db.write() as tx:
        return jobs.enqueue(tx, "k", {}, actor=SYSTEM, **more)  # type: ignore[arg-type]


def _claim(db: Database, by: str, now: int = 2**60) -> None:
    with db.write() as tx:
        assert store.claim(tx, ["k"], worker=by, now=now, lease_until=now + LEASE) is not None


def test_a_lease_is_prolonged_while_the_job_runs(db: Database, tmp_path: Path) -> None:
    jobs = Jobs(db, tmp_path, lease=MICROS_PER_SECOND // 10)
    done = threading.Event()

    def lease_until(job_id: str) -> int:
        with db.read() as tx:
            return int(tx.scalar("SELECT lease_until FROM job WHERE id = :id", id=job_id))

    def work(run: JobRun) -> None:
        first = lease_until(run.id)
        while lease_until(run.id) == first:
            assert not done.wait(0.005)
        done.set()

    jobs.handler("k", work)
    _enqueue(db, jobs)
    jobs.start(threads=1)
    try:
        assert done.wait(20)
    finally:
        jobs.stop()
    done.clear()
    _enqueue(db, jobs)
    assert jobs.run_pending() == 1
    assert done.is_set()


def test_started_twice_it_stops_whole(db: Database, tmp_path: Path) -> None:
    before = set(threading.enumerate())
    jobs = Jobs(db, tmp_path)
    jobs.start(threads=1)
    jobs.start(threads=1)
    assert set(threading.enumerate()) != before
    jobs.stop()
    assert set(threading.enumerate()) == before


def test_a_thread_survives_what_nobody_foresaw(
    db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker, "IDLE_SECONDS", 0.01)
    jobs = Jobs(db, tmp_path)
    done = threading.Event()
    jobs.handler("k", lambda run: done.set())
    real = runner.Runner.anything_due
    failures = iter([OSError("the database is away")])

    def away(self: runner.Runner) -> bool:
        for failure in failures:
            raise failure
        return real(self)

    monkeypatch.setattr(runner.Runner, "anything_due", away)
    with caplog.at_level(logging.ERROR):
        jobs.start(threads=1)
        _enqueue(db, jobs)
        try:
            assert done.wait(20)
        finally:
            jobs.stop()
    assert "the database is away" in caplog.text


def test_sweeping_goes_on_beside_the_jobs(db: Database, tmp_path: Path) -> None:
    swept = threading.Event()
    workers = worker.Workers(lambda: False, lambda: None, swept.set, beat=0.001)
    workers.start(1)
    try:
        assert swept.wait(20)
    finally:
        workers.stop()


def test_a_cancelled_job_whose_worker_died_ends_when_it_is_taken_over(db: Database, tmp_path: Path) -> None:
    jobs = Jobs(db, tmp_path)
    jobs.handler("k", lambda run: pytest.fail("it was cancelled"))
    job_id = _enqueue(db, jobs)
    _claim(db, "gone:1:x:1", now=jobs.get(SYSTEM, job_id).created_at)
    jobs.cancel(SYSTEM, job_id)
    assert jobs.get(SYSTEM, job_id).state == "running"
    with db.write() as tx:
        tx.run("UPDATE job SET lease_until = 0")
    jobs.run_pending()
    assert [one.code for one in jobs.get(SYSTEM, job_id).errors] == ["job_cancelled"]


def test_only_the_dead_are_taken_over_from(db: Database, tmp_path: Path) -> None:
    jobs = Jobs(db, tmp_path)
    jobs.handler("k", lambda run: None)
    host = jobs._runner._host
    me = os.getpid()
    others = {
        f"{host}:1:aaaa:1": False,  # process 1 always lives
        f"{host}:4194305:aaaa:1": True,  # no process can have that number
        f"{host}:{me}:aaaa:1": True,  # a former process with our number
        f"{host}:{me}:{runner._PROCESS}:1": False,  # ourselves
        "elsewhere:1:aaaa:1": db.dialect == "sqlite",
    }
    by_worker = {}
    for name in others:
        job_id = _enqueue(db, jobs)
        _claim(db, name)
        by_worker[job_id] = name
    assert jobs.recover() == sum(others.values())
    for job_id, name in by_worker.items():
        assert (jobs.get(SYSTEM, job_id).state == "queued") == others[name], name
    assert jobs.recover() == 0


def test_a_process_of_another_user_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    def not_ours(pid: int, signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", not_ours)
    assert runner._alive(1)


def test_stopping_gives_the_chunk_under_way_back(db: Database, tmp_path: Path) -> None:
    jobs = Jobs(db, tmp_path)
    under_way = threading.Event()
    released: list[str] = []

    def work(run: JobRun) -> None:
        under_way.set()
        while True:
            try:
                with db.write() as tx:
                    run.checkpoint(tx, done=run.done + 1)
            except JobReleasedError as error:
                released.append(error.code)
                raise

    jobs.handler("k", work)
    job_id = _enqueue(db, jobs)
    jobs.start(threads=1)
    assert under_way.wait(20)
    jobs.stop()
    halfway = jobs.get(SYSTEM, job_id)
    assert (released, halfway.state, halfway.attempts) == (["job_released"], "queued", 0)


def test_a_reserved_job_waits_for_whoever_reserved_it(db: Database, tmp_path: Path) -> None:
    jobs = Jobs(db, tmp_path)
    jobs.handler("k", lambda run: {"by": threading.current_thread().name})
    job_id = _enqueue(db, jobs, reserved=True)
    assert jobs.run_pending() == 0
    assert jobs.run_now(SYSTEM, job_id).result == {"by": threading.current_thread().name}
    assert jobs.run_now(SYSTEM, job_id).state == "done"


def test_a_job_is_found_by_the_client_key_of_whoever_asked(db: Database, tmp_path: Path) -> None:
    jobs = Jobs(db, tmp_path)
    job_id = _enqueue(db, jobs, client_key="a")
    found = jobs.by_client_key(SYSTEM, "k", "a")
    assert found is not None
    assert found.id == job_id
    assert jobs.by_client_key(SYSTEM, "k", "b") is None
