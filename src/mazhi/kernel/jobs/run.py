"""What a handler is given: one job under way."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.jobs import store
from mazhi.kernel.jobs.files import Files
from mazhi.kernel.jobs.model import (
    Job,
    JobCancelledError,
    JobLostError,
    JobReleasedError,
    StoredFile,
    dump_problems,
)

_UNSET: Any = object()
PROGRESS_SECONDS = 0.5


class JobRun:
    """One job under way, as its handler sees it.

    Attributes:
        id: The job's id.
        body: What was given to ``enqueue``.
        actor: Whoever asked for the job, with the rights of that moment.
        cursor: What the last committed checkpoint said, None before the first.
        done: How far the job is.
        total: How far it has to go, where known.
    """

    def __init__(self, db: Database, files: Files, claimed: Job, lease: int, stopping: Event) -> None:
        self.id = claimed.id
        self.kind = claimed.kind
        self.body = claimed.body
        self.actor: Actor = claimed.actor
        self.cursor: Any = claimed.cursor
        self.done = claimed.done
        self.total = claimed.total
        self.attempt = claimed.attempts
        self.errors: list[Problem] = []
        self.files = files
        self.worker = claimed.worker
        self.finished = False
        self._db = db
        self._lease = lease
        self._stopping = stopping
        self._said = 0.0

    def checkpoint(self, tx: Tx, *, done: int | None = None, cursor: Any = _UNSET, total: int | None = None) -> None:
        """Write how far the job is, in the transaction that holds the chunk's effects.

        Both commit or neither does, so a job that goes on from ``cursor`` neither repeats nor skips one.

        Raises:
            JobLostError: The lease ran out and another worker has the job.
            JobCancelledError: Somebody cancelled it.
            JobReleasedError: The process is about to stop.
        """
        if self._stopping.is_set():
            raise JobReleasedError("job_released")
        values: dict[str, Any] = {"lease_until": clock.now() + self._lease}
        if done is not None:
            values["done"] = done
        if total is not None:
            values["total"] = total
        if cursor is not _UNSET:
            values["cursor"] = json.dumps(cursor, ensure_ascii=False)
            values["attempts"] = 0  # it came on: earlier failures no longer count
        self._advance(tx, values)
        self.done = self.done if done is None else done
        self.total = self.total if total is None else total
        self.cursor = self.cursor if cursor is _UNSET else cursor

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far a job is that changes nothing (an export); written at most twice a second."""
        if time.monotonic() - self._said >= PROGRESS_SECONDS:
            self._said = time.monotonic()
            with self._db.write() as tx:
                self.checkpoint(tx, done=done, total=total)

    def finish(self, tx: Tx, result: Mapping[str, object] | None = None, *, file: StoredFile | None = None) -> None:
        """End the job in the transaction of its last effects; else it ends when the handler returns."""
        now = clock.now()
        values: dict[str, Any] = {
            "state": "done",
            "worker": "",
            "result": json.dumps(result, ensure_ascii=False, default=str),
            "errors": dump_problems(self.errors),
            "finished_at": now,
        }
        if self.total is not None:
            values |= {"done": self.total, "total": self.total}
        if file is not None:
            values["file"] = file.id
        self._advance(tx, values)
        self.finished = True

    def _advance(self, tx: Tx, values: dict[str, Any]) -> None:
        if store.advance(tx, self.id, self.worker, values):
            return
        now_is = store.get(tx, self.id)
        if now_is is not None and now_is.cancelling and now_is.worker == self.worker:
            raise JobCancelledError("job_cancelled")
        raise JobLostError("job_lost")


Handler = Callable[[JobRun], Mapping[str, object] | None]
"""Does a job; what it returns is the job's result."""

GivenUp = Callable[[Job, list[Problem]], None]
"""Is told that a job has failed for good, and why; before that is written down, so perhaps more than once."""


@dataclass(frozen=True, slots=True)
class Handling:
    """What is done with the jobs of one kind.

    Attributes:
        work: Does one.
        max_attempts: So many times it is tried.
        given_up: Is told of one that has failed for good; None where nobody waits for it.
    """

    work: Handler
    max_attempts: int
    given_up: GivenUp | None = None
