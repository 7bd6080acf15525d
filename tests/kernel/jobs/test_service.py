from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.clock import MICROS_PER_DAY, MICROS_PER_SECOND
from mazhi.kernel.db import Database
from mazhi.kernel.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    Problem,
    ProgrammingError,
)
from mazhi.kernel.jobs import store
from mazhi.kernel.jobs.model import LEASE, MAX_ATTEMPTS, JobLostError
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


def test_a_job_runs_once_with_its_body_and_the_rights_of_whoever_asked(db: Database, jobs: Jobs) -> None:
    seen: list[JobRun] = []

    def work(run: JobRun) -> dict[str, object]:
        seen.append(run)
        return {"made": 3}

    jobs.handler("k", work)
    job_id = _enqueue(db, jobs, total=3)
    assert jobs.get(ANNA, job_id).state == "queued"
    assert jobs.run_pending() == 1
    assert jobs.run_pending() == 0
    assert [(run.id, run.body, run.actor) for run in seen] == [(job_id, {"n": 1}, ANNA)]
    over = jobs.get(ANNA, job_id)
    assert (over.state, over.done, over.total, over.result, over.errors) == ("done", 3, 3, {"made": 3}, [])
    assert over.finished_at is not None


def test_a_job_of_a_rolled_back_transaction_never_was(db: Database, jobs: Jobs) -> None:
    jobs.handler("k", lambda run: None)

    def enqueue_and_fail() -> None:
        with db.write() as tx:
            jobs.enqueue(tx, "k", {}, actor=ANNA)
            raise ValueError

    with pytest.raises(ValueError):
        enqueue_and_fail()
    assert jobs.run_pending() == 0


def test_jobs_of_kinds_without_a_handler_wait(db: Database, jobs: Jobs) -> None:
    job_id = _enqueue(db, jobs, "other")
    jobs.handler("k", lambda run: None)
    assert jobs.run_pending() == 0
    assert jobs.get(ANNA, job_id).state == "queued"


def test_a_kind_has_one_handler(jobs: Jobs) -> None:
    jobs.handler("k", lambda run: None)
    with pytest.raises(ProgrammingError):
        jobs.handler("k", lambda run: None)


def test_urgent_jobs_go_first_then_older_ones_and_none_before_its_time(
    db: Database, jobs: Jobs, clock: FakeClock
) -> None:
    order: list[str] = []
    jobs.handler("k", lambda run: order.append(run.id))
    first = _enqueue(db, jobs)
    later = _enqueue(db, jobs, run_at=clock.now + 10)
    clock.pass_seconds(0.000001)
    second = _enqueue(db, jobs)
    urgent = _enqueue(db, jobs, priority=1)
    jobs.run_pending()
    assert order == [urgent, first, second]
    clock.pass_seconds(1)
    jobs.run_pending()
    assert order[-1] == later


def test_the_same_client_key_is_the_same_job(db: Database, jobs: Jobs) -> None:
    first = _enqueue(db, jobs, client_key="key")
    assert _enqueue(db, jobs, client_key="key") == first
    assert _enqueue(db, jobs, "other", client_key="key") != first
    with pytest.raises(ConflictError, match="client_key_reused"), db.write() as tx:
        jobs.enqueue(tx, "k", {"n": 2}, actor=ANNA, client_key="key")


def test_two_that_ask_at_once_with_one_client_key_get_one_job(db: Database, jobs: Jobs) -> None:
    barrier = threading.Barrier(6)
    ids: list[str] = []

    def ask() -> None:
        barrier.wait()
        ids.append(_enqueue(db, jobs, client_key="key"))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 6
    assert len(set(ids)) == 1


def test_a_failure_is_tried_again_with_growing_pauses_and_then_told(db: Database, jobs: Jobs, clock: FakeClock) -> None:
    times: list[int] = []

    def break_down(run: JobRun) -> None:
        times.append(clock.now)
        raise OSError("the printer is on fire")

    jobs.handler("k", break_down)
    job_id = _enqueue(db, jobs)
    for _ in range(200):
        jobs.run_pending()
        clock.pass_seconds(0.5)
    pauses = [(after - before) / MICROS_PER_SECOND for before, after in itertools.pairwise(times)]
    assert len(times) == MAX_ATTEMPTS
    for attempt, pause in enumerate(pauses):
        assert 2 * 2**attempt * 0.5 <= pause <= 2 * 2**attempt * 1.5 + 0.5
    over = jobs.get(ANNA, job_id)
    assert over.state == "failed"
    assert [(one.code, one.params["reason"]) for one in over.errors] == [
        ("job_broke", "OSError: the printer is on fire")
    ]


def test_what_the_user_can_cause_fails_at_once_with_every_problem(db: Database, jobs: Jobs) -> None:
    problems = [
        Problem("wrong_state", {"state": "sold"}, "/items/0", "SN1"),
        Problem("held", {}, "/items/1", "SN2"),
    ]

    def refuse(run: JobRun) -> None:
        raise ConflictError("operation_refused", problems=problems)

    def refuse_in_one_word(run: JobRun) -> None:
        raise InvalidInputError("unknown_product", product="X")

    jobs.handler("k", refuse)
    jobs.handler("k2", refuse_in_one_word)
    first, second = _enqueue(db, jobs), _enqueue(db, jobs, "k2")
    assert jobs.run_pending() == 2
    assert jobs.get(ANNA, first).errors == problems
    assert jobs.get(ANNA, second).errors == [Problem("unknown_product", {"product": "X"})]
    assert jobs.get(ANNA, second).state == "failed"


def _chunks(db: Database, fail_at: list[int]) -> Callable[[JobRun], dict[str, object]]:
    def work(run: JobRun) -> dict[str, object]:
        for start in range(run.cursor or 0, 50, 10):
            with db.write() as tx:
                tx.run("INSERT INTO counter (name, value) VALUES (:name, 1)", name=f"chunk-{start}")
                run.checkpoint(tx, done=start + 10, cursor=start + 10)
                if start in fail_at:
                    fail_at.remove(start)
                    raise OSError
        return {}

    return work


def test_a_job_goes_on_after_the_last_committed_chunk(db: Database, jobs: Jobs, clock: FakeClock) -> None:
    # More failures than attempts: each chunk that commits makes the earlier ones count no more.
    jobs.handler("k", _chunks(db, [0, 0, 10, 10, 20, 20, 30, 30, 40, 40]), max_attempts=3)
    job_id = _enqueue(db, jobs, total=50)
    for _ in range(20):
        jobs.run_pending()
        clock.pass_seconds(60)
    assert jobs.get(ANNA, job_id).state == "done"
    with db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM counter") == 5


def test_a_worker_that_lost_its_lease_cannot_commit(db: Database, jobs: Jobs, clock: FakeClock, tmp_path: Path) -> None:
    other = Jobs(db, tmp_path / "files", now=clock)
    other.handler("k", lambda run: {"by": "the other"})
    lost: list[str] = []

    def slow(run: JobRun) -> None:
        clock.pass_seconds(LEASE / MICROS_PER_SECOND + 1)
        other.run_pending()
        try:
            with db.write() as tx:
                tx.run("INSERT INTO counter (name, value) VALUES ('late', 1)")
                run.checkpoint(tx, done=1)
        except JobLostError as error:
            lost.append(error.code)
            raise

    jobs.handler("k", slow)
    job_id = _enqueue(db, jobs)
    jobs.run_pending()
    assert lost == ["job_lost"]
    assert jobs.get(ANNA, job_id).result == {"by": "the other"}
    with db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM counter") == 0


def test_a_beat_keeps_the_lease(db: Database, jobs: Jobs, clock: FakeClock, tmp_path: Path) -> None:
    other = Jobs(db, tmp_path / "files", now=clock)
    other.handler("k", lambda run: None)

    def slow(run: JobRun) -> dict[str, object]:
        for _ in range(3):
            clock.pass_seconds(LEASE / MICROS_PER_SECOND * 0.9)
            jobs._runner.beat()
            assert other.run_pending() == 0
        return {"by": "the first"}

    jobs.handler("k", slow)
    job_id = _enqueue(db, jobs)
    jobs.run_pending()
    assert jobs.get(ANNA, job_id).result == {"by": "the first"}


def test_a_job_that_kills_its_process_again_and_again_is_stopped(db: Database, jobs: Jobs, clock: FakeClock) -> None:
    told: list[tuple[str, str]] = []
    jobs.handler(
        "k", lambda run: None, max_attempts=3, given_up=lambda job, problems: told.append((job.id, problems[0].code))
    )
    job_id = _enqueue(db, jobs)
    for attempt in range(3):
        with db.write() as tx:
            claimed = store.claim(tx, ["k"], worker=f"gone:1:x:{attempt}", now=clock.now, lease_until=clock.now + 1)
        assert claimed is not None
        clock.pass_seconds(1)
        with db.write() as tx:
            store.requeue_orphans(tx, clock.now)
    jobs.run_pending()
    over = jobs.get(ANNA, job_id)
    assert (over.state, [one.code for one in over.errors]) == ("failed", ["job_killed"])
    assert told == [(job_id, "job_killed")], "whoever waits for it learns of it"


def test_a_queued_job_can_be_cancelled_and_a_finished_one_cannot(db: Database, jobs: Jobs) -> None:
    jobs.handler("k", lambda run: None)
    job_id = _enqueue(db, jobs)
    assert jobs.cancel(ANNA, job_id).state == "failed"
    assert jobs.run_pending() == 0
    assert [one.code for one in jobs.get(ANNA, job_id).errors] == ["job_cancelled"]
    with pytest.raises(ConflictError, match="job_over"):
        jobs.cancel(ANNA, job_id)


def test_a_running_job_stops_at_its_next_chunk_and_keeps_what_it_did(db: Database, jobs: Jobs) -> None:
    def work(run: JobRun) -> None:
        for start in range(5):
            if start == 2:
                jobs.cancel(ANNA, run.id)
            with db.write() as tx:
                tx.run("INSERT INTO counter (name, value) VALUES (:name, 1)", name=f"chunk-{start}")
                run.checkpoint(tx, done=start + 1, cursor=start + 1)

    jobs.handler("k", work)
    job_id = _enqueue(db, jobs, total=5)
    jobs.run_pending()
    over = jobs.get(ANNA, job_id)
    assert (over.state, over.done, [one.code for one in over.errors]) == ("failed", 2, ["job_cancelled"])
    with db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM counter") == 2


def test_finishing_commits_with_the_last_effect(db: Database, jobs: Jobs) -> None:
    def work(run: JobRun) -> None:
        with db.write() as tx:
            run.finish(tx, {"sent": True})

    jobs.handler("k", work)
    job_id = _enqueue(db, jobs)
    jobs.run_pending()
    assert jobs.get(ANNA, job_id).result == {"sent": True}


def test_everybody_sees_his_own_jobs_and_who_may_sees_all(db: Database, jobs: Jobs) -> None:
    mine = [_enqueue(db, jobs, actor=ANNA) for _ in range(3)]
    his = _enqueue(db, jobs, actor=BEN)
    assert sorted(job.id for job in jobs.page(ANNA)[0]) == sorted(mine)
    assert len(jobs.page(CHIEF)[0]) == 4
    assert jobs.page(CHIEF, mine=True)[0] == []
    assert jobs.get(CHIEF, his).id == his
    for refused in (jobs.get, jobs.cancel, jobs.file):
        with pytest.raises(NotFoundError, match="unknown_job"):
            refused(ANNA, his)


def test_pages_join_without_gap_or_overlap(db: Database, jobs: Jobs) -> None:
    made = {_enqueue(db, jobs) for _ in range(7)}
    got: list[str] = []
    after = None
    while True:
        found, after = jobs.page(ANNA, after=after, limit=3, state="queued", kind="k")
        got += [job.id for job in found]
        if after is None:
            break
    assert got == sorted(made, reverse=True)
    assert jobs.page(ANNA, state="done")[0] == []


def test_worker_threads_take_jobs_as_they_come_each_once(db: Database, tmp_path: Path) -> None:
    jobs = Jobs(db, tmp_path / "files")
    done: list[str] = []
    all_done = threading.Event()

    def work(run: JobRun) -> None:
        done.append(run.id)
        if len(done) == 20:
            all_done.set()

    jobs.handler("k", work)
    jobs.start(threads=3)
    try:
        ids = [_enqueue(db, jobs) for _ in range(20)]
        assert all_done.wait(20)
    finally:
        jobs.stop()
    assert sorted(done) == sorted(ids)
    assert {jobs.get(ANNA, one).state for one in ids} == {"done"}


def test_what_dead_processes_left_goes_on_at_once(db: Database, jobs: Jobs, clock: FakeClock) -> None:
    jobs.handler("k", lambda run: None)
    host = jobs._runner._host
    alive, dead = _enqueue(db, jobs), _enqueue(db, jobs)
    for worker in (f"{host}:1:aaaa:1", f"{host}:4194304:bbbb:1"):  # process 1 always lives, 4194304 cannot be
        with db.write() as tx:
            store.claim(tx, ["k"], worker=worker, now=clock.now, lease_until=clock.now + LEASE)
    assert jobs.recover() == 1
    assert jobs.run_pending() == 1
    assert {jobs.get(ANNA, alive).state, jobs.get(ANNA, dead).state} == {"running", "done"}


def test_old_jobs_are_forgotten(db: Database, jobs: Jobs, clock: FakeClock) -> None:
    jobs.handler("k", lambda run: None)
    old, waiting = _enqueue(db, jobs), _enqueue(db, jobs, "other")
    jobs.run_pending()
    clock.now = jobs.get(ANNA, old).finished_at + 91 * MICROS_PER_DAY  # type: ignore[operator]
    jobs._runner.sweep()
    assert jobs.get(ANNA, waiting).id == waiting
    with pytest.raises(NotFoundError):
        jobs.get(ANNA, old)


def test_progress_of_a_job_that_changes_nothing_can_be_read_meanwhile(db: Database, jobs: Jobs) -> None:
    seen: list[tuple[int, int | None]] = []

    def work(run: JobRun) -> None:
        run.progress(7, total=10)
        found = jobs.get(SYSTEM, run.id)
        seen.append((found.done, found.total))

    jobs.handler("k", work)
    _enqueue(db, jobs)
    jobs.run_pending()
    assert seen == [(7, 10)]
