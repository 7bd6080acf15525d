"""Jobs (后台任务): what runs later or takes long. The table is also the transactional outbox.

How to use it::

    def make_codes(run: JobRun) -> dict[str, object]:
        while run.done < run.body["count"]:
            with db.write() as tx:
                ...                                             # one chunk's effects
                run.checkpoint(tx, done=..., cursor={...})      # commits with them, or not at all
        return {"count": run.body["count"]}                     # the job's result

    jobs.handler("make_codes", make_codes)
    job_id = jobs.enqueue(tx, "make_codes", {"count": 50_000}, actor=actor, total=50_000)

* A job starts after the transaction that enqueued it has committed, and never if that is rolled back.
* A handler may be started again at any time (kill, power cut, failure) and goes on from ``run.cursor``, which
  is what the last *committed* checkpoint said. Effects outside such a transaction may happen twice.
* Whoever lost the lease cannot commit: ``checkpoint`` raises and the chunk is rolled back. Let it raise.
* A ``PlatformError`` fails the job at once, with its problems; all else is tried again with growing pauses.
* ``run.finish(tx, result)`` ends a job in the same transaction as its last effect (optional).
* ``run.errors.append(Problem(...))`` keeps problems that do not fail the job.
* Tests and commands call ``jobs.run_pending()``; the server calls ``jobs.start()`` and ``jobs.stop()``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError, Problem, ProgrammingError
from mazhi.kernel.jobs import store
from mazhi.kernel.jobs.files import Files
from mazhi.kernel.jobs.model import LEASE, MAX_ATTEMPTS, RESERVED, Job, Pauses, StoredFile, new_id
from mazhi.kernel.jobs.run import GivenUp, Handler, Handling, JobRun
from mazhi.kernel.jobs.runner import Runner

__all__ = ["Handler", "JobRun", "Jobs"]


class Jobs:
    """The job table, its handlers and its workers."""

    def __init__(
        self,
        db: Database,
        folder: Path,
        *,
        lease: int = LEASE,
        pauses: Pauses | None = None,
        now: Callable[[], int] = clock.now,
    ) -> None:
        """Keep jobs in ``db`` and their files in ``folder``; ``lease`` is in microseconds."""
        self._db = db
        self._now = now
        self._handlers: dict[str, Handling] = {}
        self.files = Files(db, folder)
        self._runner = Runner(db, self.files, self._handlers, lease=lease, pauses=pauses or Pauses(), now=now)

    def handler(
        self, kind: str, function: Handler, *, max_attempts: int = MAX_ATTEMPTS, given_up: GivenUp | None = None
    ) -> None:
        """Name the function that does jobs of this kind, and perhaps one that is told of those that fail for good.

        Raises:
            ProgrammingError: The kind has one already.
        """
        if kind in self._handlers:
            raise ProgrammingError(f"job kind {kind!r} has two handlers")
        self._handlers[kind] = Handling(function, max_attempts, given_up)

    def hourly(self, function: Callable[[], object]) -> None:
        """Do something about once an hour as long as the workers run, whatever the clock says; it may come twice."""
        self._runner.hourly.append(function)

    def enqueue(
        self,
        tx: Tx,
        kind: str,
        body: Mapping[str, Any],
        *,
        actor: Actor,
        total: int | None = None,
        run_at: int | None = None,
        client_key: str | None = None,
        may_differ: Collection[str] = (),
        priority: int = 5,
        reserved: bool = False,
    ) -> str:
        """Add a job in the caller's transaction and return its id; lower ``priority`` goes first.

        The same client key again returns the same job's id and adds nothing; what the body has under the names
        ``may_differ`` is not compared. A reserved job is left to the caller's :meth:`run_now`; workers take it
        only if that does not come.

        Raises:
            ConflictError: The client key was used with another body (code ``client_key_reused``).
        """
        now = self._now()
        made = Job(
            id=new_id(), kind=kind, state="queued", body=dict(body), actor=actor, cursor=None, done=0,
            total=total, result=None, errors=[], attempts=0, created_at=now, started_at=None,
            finished_at=None,
        )  # fmt: skip
        key = None if client_key is None else _key(kind, actor, client_key)
        if reserved:
            run_at = now + RESERVED
        present = store.insert(tx, made, client_key=key, run_at=now if run_at is None else run_at, priority=priority)
        if present is None:
            self._runner.wake()
            return made.id
        if _compared(present.body, may_differ) != _compared(made.body, may_differ):
            raise ConflictError("client_key_reused", client_key=client_key)
        return present.id

    def by_client_key(self, actor: Actor, kind: str, client_key: str) -> Job | None:
        """Return the job that this actor enqueued with this client key, or None."""
        with self._db.read() as tx:
            return store.by_client_key(tx, _key(kind, actor, client_key))

    def run_now(self, actor: Actor, job_id: str) -> Job:
        """Do a reserved job in the calling thread, unless somebody does it already, and return it."""
        self._runner.run_this(job_id)
        return self.get(actor, job_id)

    def get(self, actor: Actor, job_id: str) -> Job:
        """Return one job: one's own, or any with the right ``jobs.view``.

        Raises:
            NotFoundError: There is none, or it is somebody else's (code ``unknown_job``).
        """
        with self._db.read() as tx:
            found = store.get(tx, job_id)
        if found is None or not (found.actor.name == actor.name or actor.may("jobs.view")):
            raise NotFoundError("unknown_job", job=job_id)
        return found

    def page(
        self,
        actor: Actor,
        *,
        state: str | None = None,
        kind: str | None = None,
        mine: bool = False,
        after: str | None = None,
        limit: int = 100,
    ) -> tuple[list[Job], str | None]:
        """Return jobs, newest first, and where the next page begins: one's own, or all with ``jobs.view``."""
        created_by = actor.name if mine or not actor.may("jobs.view") else None
        with self._db.read() as tx:
            found = store.page(tx, created_by=created_by, state=state, kind=kind, before=after, limit=limit + 1)
        return found[:limit], found[limit - 1].id if len(found) > limit else None

    def cancel(self, actor: Actor, job_id: str) -> Job:
        """End a queued job; a running one stops at its next checkpoint, and what it committed stays.

        Raises:
            NotFoundError: There is no such job (code ``unknown_job``).
            ConflictError: It is over already (code ``job_over``).
        """
        self.get(actor, job_id)
        with self._db.write() as tx:
            if not store.cancel(tx, job_id, errors=[Problem("job_cancelled")], now=self._now()):
                raise ConflictError("job_over", job=job_id)
        found = self.get(actor, job_id)
        if found.state == "failed":
            self._runner.tell_given_up(found, found.errors)
        return found

    def file(self, actor: Actor, job_id: str) -> StoredFile:
        """Return the result file of a job.

        Raises:
            NotFoundError: It has none, or its time is over (code ``unknown_file``).
        """
        found = self.get(actor, job_id)
        if found.file is None:
            raise NotFoundError("unknown_file")
        return self.files.get(found.file)

    def start(self, threads: int = 2) -> None:
        """Start the worker threads; what a dead process of this machine left goes on at once."""
        self._runner.start(threads)

    def stop(self) -> None:
        """Stop in good order: jobs under way give up their present chunk and go back into the queue."""
        self._runner.stop()

    def run_pending(self) -> int:
        """Do everything that is due in the calling thread and return how many jobs that were."""
        return self._runner.run_pending()

    def recover(self) -> int:
        """Put back the jobs of processes that are known to be dead; return how many."""
        return self._runner.recover()


def _key(kind: str, actor: Actor, client_key: str) -> str:
    return f"{kind}:{actor.name}:{client_key}"


def _compared(body: Mapping[str, Any], may_differ: Collection[str]) -> str:
    compared = {name: value for name, value in body.items() if name not in may_differ}
    return json.dumps(compared, ensure_ascii=False, sort_keys=True)
