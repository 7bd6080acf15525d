"""Running jobs: claiming, leases, retries, recovery after a kill."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from mazhi.kernel import clock
from mazhi.kernel.db import Database
from mazhi.kernel.errors import PlatformError, Problem
from mazhi.kernel.jobs import store
from mazhi.kernel.jobs.files import Files
from mazhi.kernel.jobs.model import (
    Job,
    JobCancelledError,
    JobLostError,
    JobReleasedError,
    Pauses,
    crash,
    problems_of,
)
from mazhi.kernel.jobs.run import Handling, JobRun
from mazhi.kernel.jobs.worker import Workers

KEEP_JOBS_DAYS = 90
_PROCESS = secrets.token_hex(4)
_log = logging.getLogger("mazhi.jobs")


class Runner:
    """Claims due jobs and does them, in worker threads or in the caller's."""

    def __init__(
        self,
        db: Database,
        files: Files,
        handlers: Mapping[str, Handling],
        *,
        lease: int,
        pauses: Pauses,
        now: Callable[[], int],
    ) -> None:
        self._db = db
        self._files = files
        self._handlers = handlers
        self._lease = lease
        self._beat_seconds = lease / 3 / clock.MICROS_PER_SECOND
        self._pauses = pauses
        self._now = now
        self._host = socket.gethostname()
        self._me = f"{self._host}:{os.getpid()}:{_PROCESS}"
        self._held: set[str] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._workers: Workers | None = None
        self.hourly: list[Callable[[], object]] = []

    def start(self, threads: int = 2) -> None:
        """Recover what a dead process of this machine left, and start the worker threads; started twice is once."""
        if self._workers is not None:
            return
        self._stopping.clear()
        self.recover()
        self._workers = Workers(self.run_one, self.beat, self.sweep, beat=self._beat_seconds)
        self._workers.start(threads)

    def stop(self) -> None:
        """Stop in good order: jobs under way give up their present chunk and go back into the queue."""
        self._stopping.set()
        if self._workers is not None:
            self._workers.stop()
            self._workers = None
        self._stopping.clear()

    def wake(self) -> None:
        """Tell the workers of this process that there may be something to do."""
        if self._workers is not None:
            self._workers.wake()

    def run_pending(self) -> int:
        """Do everything that is due in the calling thread and return how many jobs that were."""
        count = 0
        with self._beating():
            while self.run_one():
                count += 1
        return count

    def anything_due(self) -> bool:
        """Tell whether there is a job to do."""
        with self._db.read() as tx:
            return store.anything_due(tx, list(self._handlers), self._now())

    def run_one(self) -> bool:
        """Claim one job and do it; False where nothing is due."""
        if self._stopping.is_set() or not self.anything_due():
            return False
        return self._claim_and_do(None)

    def run_this(self, job_id: str) -> bool:
        """Claim one certain job and do it; False where it is not waiting any more."""
        with self._beating():
            return self._claim_and_do(job_id)

    def _claim_and_do(self, job_id: str | None) -> bool:
        worker = f"{self._me}:{secrets.token_hex(4)}"
        now = self._now()
        with self._lock:
            self._held.add(worker)
        try:
            with self._db.write() as tx:
                store.requeue_orphans(tx, now)
                claimed = store.claim(
                    tx, list(self._handlers), worker=worker, now=now, lease_until=now + self._lease, job_id=job_id
                )
            if claimed is None:
                return False
            self._do(claimed)
        finally:
            with self._lock:
                self._held.discard(worker)
        return True

    def _do(self, claimed: Job) -> None:
        handling = self._handlers[claimed.kind]
        max_attempts = handling.max_attempts
        run = JobRun(self._db, self._files, claimed, self._lease, self._stopping)
        if claimed.cancelling:
            self._fail(claimed, [Problem("job_cancelled")])
        elif claimed.attempts > max_attempts:
            # It was claimed that often and never came back with so much as an error: it kills its process.
            self._fail(claimed, claimed.errors or [Problem("job_killed", {"attempts": max_attempts})])
        else:
            self._attempt(claimed, run, handling)

    def _attempt(self, claimed: Job, run: JobRun, handling: Handling) -> None:
        try:
            result = handling.work(run)
            if not run.finished:
                with self._db.write() as tx:
                    run.finish(tx, result)
        except JobLostError:
            _log.warning("job %s (%s) went to another worker", claimed.id, claimed.kind)
        except JobCancelledError:
            self._fail(claimed, [*run.errors, Problem("job_cancelled")])
        except JobReleasedError:
            self._postpone(claimed, [], max(0, self._failures(claimed) - 1), pause=0)
        except PlatformError as error:
            self._fail(claimed, [*run.errors, *problems_of(error)])
        except Exception as error:  # noqa: BLE001 - the edge of a job: whatever it was, log it whole and try again
            _log.exception("job %s (%s), attempt %d", claimed.id, claimed.kind, claimed.attempts)
            self._retry(claimed, error, handling.max_attempts)

    def _retry(self, claimed: Job, error: Exception, max_attempts: int) -> None:
        attempts = max(1, self._failures(claimed))
        problems = crash(error, attempts)
        if attempts >= max_attempts:
            self._fail(claimed, problems)
        else:
            self._postpone(claimed, problems, attempts, pause=self._pauses.after(attempts))

    def _failures(self, claimed: Job) -> int:
        """Return how often the job was claimed since its last committed chunk, this time included."""
        with self._db.read() as tx:
            present = store.get(tx, claimed.id)
        return 0 if present is None else present.attempts

    def _postpone(self, claimed: Job, errors: list[Problem], attempts: int, *, pause: int) -> None:
        run_at = self._now() + pause
        with self._db.write() as tx:
            store.postpone(tx, claimed.id, claimed.worker, run_at=run_at, errors=errors, attempts=attempts)

    def _fail(self, claimed: Job, problems: list[Problem]) -> None:
        with self._db.read() as tx:
            present = store.get(tx, claimed.id)
        if present is None or present.worker != claimed.worker:
            return  # it is another worker's by now
        self.tell_given_up(claimed, problems)
        with self._db.write() as tx:
            store.fail(tx, claimed.id, claimed.worker, errors=problems, now=self._now())

    def tell_given_up(self, job: Job, problems: list[Problem]) -> None:
        """Tell who wants to know that a job has failed for good."""
        handling = self._handlers.get(job.kind)
        if handling is not None and handling.given_up is not None:
            handling.given_up(job, problems)

    def beat(self) -> None:
        """Prolong the leases of the jobs under way in this process."""
        with self._lock:
            held = list(self._held)
        if held:
            with self._db.write() as tx:
                store.prolong(tx, held, self._now() + self._lease)

    @contextmanager
    def _beating(self) -> Iterator[None]:
        """Keep leases alive while the calling thread works through jobs itself."""
        if self._workers is not None:
            yield
            return
        over = threading.Event()

        def keep() -> None:
            while not over.wait(self._beat_seconds):
                self.beat()

        thread = threading.Thread(target=keep, name="job-leases", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def recover(self) -> int:
        """Put back the jobs of processes known to be dead, not waiting for the end of their leases."""
        with self._db.read() as tx:
            dead = [worker for worker in store.running_workers(tx) if self._is_dead(worker)]
        if not dead:
            return 0
        with self._db.write() as tx:
            return store.release(tx, dead, self._now())

    def _is_dead(self, worker: str) -> bool:
        host, pid, token, _ = worker.rsplit(":", 3)
        if host != self._host:
            # A SQLite file has one machine; another name is its former one (a container made anew).
            return self._db.dialect == "sqlite"
        if int(pid) == os.getpid():
            return token != _PROCESS
        return not _alive(int(pid))

    def sweep(self) -> None:
        """Delete old files and old jobs, and do what others want done now and then."""
        now = self._now()
        self._files.sweep(now)
        with self._db.write() as tx:
            store.forget_jobs(tx, now - KEEP_JOBS_DAYS * clock.MICROS_PER_DAY)
        for function in self.hourly:
            function()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
