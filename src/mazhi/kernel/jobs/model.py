"""What a job (后台任务) is, and the rules of retrying it; no database here."""

from __future__ import annotations

import json
import secrets
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mazhi.kernel.access.model import Actor
from mazhi.kernel.clock import MICROS_PER_SECOND
from mazhi.kernel.errors import ConflictError, PlatformError, Problem

State = Literal["queued", "running", "done", "failed"]
"""A cancelled job is ``failed`` with the problem ``job_cancelled``."""

LEASE = 30 * MICROS_PER_SECOND
RESERVED = 60 * MICROS_PER_SECOND
"""So long the workers leave a job to whoever reserved it."""
MAX_ATTEMPTS = 5
FIRST_PAUSE = 2 * MICROS_PER_SECOND
LONGEST_PAUSE = 600 * MICROS_PER_SECOND
ERRORS_KEPT = 1000
"""So many problems a job carries at the most; what makes more of them writes a file."""


class JobLostError(ConflictError):
    """The worker's lease ran out and the job belongs to another; its transaction must not commit."""


class JobCancelledError(ConflictError):
    """Somebody cancelled the job; the chunk under way is rolled back, earlier chunks stay."""


class JobReleasedError(ConflictError):
    """The process stops in good order; the chunk under way is rolled back, the job goes on later."""


@dataclass(frozen=True, slots=True)
class Job:
    """One job as it stands in the table."""

    id: str
    kind: str
    state: State
    body: dict[str, Any]
    actor: Actor
    cursor: Any
    done: int
    total: int | None
    result: dict[str, Any] | None
    errors: list[Problem]
    attempts: int
    created_at: int
    started_at: int | None
    finished_at: int | None
    cancelling: bool = False
    file: str | None = None
    worker: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that belongs to a job: an upload waiting to be read, or a result waiting to be fetched."""

    id: str
    name: str
    media_type: str
    size: int
    created_at: int
    expires_at: int
    created_by: str


@dataclass(slots=True)
class Pauses:
    """Exponential back-off with jitter: 2 s, 4 s, 8 s … at most 10 minutes, each times 0.5 to 1.5."""

    first: int = FIRST_PAUSE
    longest: int = LONGEST_PAUSE
    random: secrets.SystemRandom = field(default_factory=secrets.SystemRandom)

    def after(self, attempt: int) -> int:
        """Return the microseconds to wait after the ``attempt``-th failure (the first is 1)."""
        whole = min(self.longest, self.first * 2 ** min(attempt - 1, 32))
        return int(whole * self.random.uniform(0.5, 1.5))


def new_id() -> str:
    """Return a new job's id: a UUID that begins with the time, so that ids sort in order of creation."""
    millis = time.time_ns() // 1_000_000
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def dump_actor(actor: Actor) -> str:
    """Write down whoever asked for the job, with the rights held at that moment."""
    rights = {right: None if areas is None else sorted(areas) for right, areas in actor.rights.items()}
    return json.dumps(
        [actor.name, actor.user_id, rights, actor.everything, actor.device],
        ensure_ascii=False,
        sort_keys=True,
    )


def load_actor(written: str) -> Actor:
    """Read back what :func:`dump_actor` wrote."""
    name, user_id, rights, everything, device = json.loads(written)
    areas = {right: None if places is None else frozenset(places) for right, places in rights.items()}
    return Actor(name=name, user_id=user_id, rights=areas, everything=everything, device=device)


def dump_problems(problems: list[Problem]) -> str:
    """Write problems as JSON, without texts: those are made for each reader."""
    kept = [[one.code, dict(one.params), one.pointer, one.item] for one in problems[:ERRORS_KEPT]]
    return json.dumps(kept, ensure_ascii=False, default=str)


def load_problems(written: str) -> list[Problem]:
    """Read back what :func:`dump_problems` wrote."""
    return [Problem(code, params, pointer, item) for code, params, pointer, item in json.loads(written or "[]")]


def problems_of(error: PlatformError) -> list[Problem]:
    """Return what a user-caused error says as a list of problems, its own code first if it has no details."""
    return list(error.problems) or [Problem(error.code, dict(error.params))]


def crash(error: BaseException, attempts: int) -> list[Problem]:
    """Describe an unexpected failure so that a person can read it."""
    params: Mapping[str, object] = {"reason": f"{type(error).__name__}: {error}"[:500], "attempts": attempts}
    return [Problem("job_broke", dict(params))]
