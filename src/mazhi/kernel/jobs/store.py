"""Every statement about jobs and their files."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    Row,
    String,
    Table,
    Text,
    false,
    func,
    select,
    update,
)

from mazhi.kernel.db import Key, Tx, metadata
from mazhi.kernel.errors import Problem
from mazhi.kernel.jobs.model import (
    Job,
    StoredFile,
    dump_actor,
    dump_problems,
    load_actor,
    load_problems,
)

job = Table(
    "job",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),  # queued | running | done | failed
    Column("priority", Integer, nullable=False),  # lower goes first
    Column("body", Text, nullable=False),  # JSON
    Column("actor", Text, nullable=False),  # JSON, see model.dump_actor
    Column("created_by", String, nullable=False),
    Column("client_key", String, unique=True),  # "kind:actor:key"
    Column("cursor", Text, nullable=False),  # JSON: where to go on; null before the first chunk
    Column("done", BigInteger, nullable=False),
    Column("total", BigInteger),
    Column("result", Text, nullable=False),  # JSON
    Column("errors", Text, nullable=False),  # JSON, see model.dump_problems
    Column("attempts", Integer, nullable=False),  # claims since the last chunk that was committed
    Column("worker", String, nullable=False),  # one value per claim, which fences off whoever lost the lease
    Column("run_at", BigInteger, nullable=False),
    Column("lease_until", BigInteger, nullable=False),
    Column("cancelling", Boolean, nullable=False),
    Column("file", String),
    Column("created_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("finished_at", BigInteger),
    Index("job_due", "state", "priority", "run_at", "id"),
    Index("job_of_file", "file"),
    Index("job_created_by", "created_by", "id"),
    sqlite_with_rowid=False,
)

job_file = Table(
    "job_file",
    metadata,
    Column("id", String, primary_key=True),  # also the name on disk
    Column("name", String, nullable=False),
    Column("media_type", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("created_by", String, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("job_file_expires", "expires_at"),
    sqlite_with_rowid=False,
)


def _job(row: Row[Any]) -> Job:
    return Job(
        id=row.id,
        kind=row.kind,
        state=row.state,
        body=json.loads(row.body),
        actor=load_actor(row.actor),
        cursor=json.loads(row.cursor),
        done=row.done,
        total=row.total,
        result=json.loads(row.result),
        errors=load_problems(row.errors),
        attempts=row.attempts,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        cancelling=bool(row.cancelling),
        file=row.file,
        worker=row.worker,
    )


def insert(tx: Tx, made: Job, *, client_key: str | None, run_at: int, priority: int) -> Job | None:
    """Insert a queued job; where its client key is taken, change nothing and return that job."""
    new = tx.scalar(
        "INSERT INTO job (id, kind, state, priority, body, actor, created_by, client_key, cursor, done, "
        "total, result, errors, attempts, worker, run_at, lease_until, cancelling, created_at) "
        "VALUES (:id, :kind, 'queued', :priority, :body, :actor, :created_by, :client_key, 'null', 0, "
        ":total, 'null', '[]', 0, '', :run_at, 0, :false, :created_at) "
        "ON CONFLICT (client_key) DO NOTHING RETURNING id",
        id=made.id,
        kind=made.kind,
        priority=priority,
        body=json.dumps(made.body, ensure_ascii=False, sort_keys=True),
        actor=dump_actor(made.actor),
        created_by=made.actor.name,
        client_key=client_key,
        total=made.total,
        run_at=run_at,
        false=False,
        created_at=made.created_at,
    )
    if new is not None:
        return None
    return by_client_key(tx, client_key or "")


def get(tx: Tx, job_id: str) -> Job | None:
    """Return a job, or None."""
    row = tx.conn.execute(select(job).where(job.c.id == job_id)).first()
    return None if row is None else _job(row)


def by_client_key(tx: Tx, client_key: str) -> Job | None:
    """Return the job with this client key, or None."""
    row = tx.conn.execute(select(job).where(job.c.client_key == client_key)).first()
    return None if row is None else _job(row)


def page(
    tx: Tx, *, created_by: str | None, state: str | None, kind: str | None, before: str | None, limit: int
) -> list[Job]:
    """Return jobs, newest first, those older than ``before``."""
    chosen = select(job).order_by(job.c.id.desc()).limit(limit)
    for column, value in ((job.c.created_by, created_by), (job.c.state, state), (job.c.kind, kind)):
        if value is not None:
            chosen = chosen.where(column == value)
    if before is not None:
        chosen = chosen.where(job.c.id < before)
    return [_job(row) for row in tx.conn.execute(chosen)]


def anything_due(tx: Tx, kinds: list[str], now: int) -> bool:
    """Tell, without a lock, whether a claim could succeed."""
    waiting = select(job.c.id).where(job.c.state == "queued", job.c.run_at <= now, job.c.kind.in_(kinds))
    orphaned = select(job.c.id).where(job.c.state == "running", job.c.lease_until < now, job.c.kind.in_(kinds))
    return any(tx.conn.execute(chosen.limit(1)).first() is not None for chosen in (waiting, orphaned))


def requeue_orphans(tx: Tx, now: int) -> int:
    """Put jobs whose lease ran out back into the queue; return how many."""
    # A row that is locked belongs to a chunk under way: its worker is alive after all, so it is left alone.
    orphaned = (
        select(job.c.id)
        .where(job.c.state == "running", job.c.lease_until < now)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    freed = tx.conn.execute(
        update(job).where(job.c.id.in_(orphaned)).values(state="queued", worker="", run_at=now, lease_until=0)
    )
    return freed.rowcount


def claim(
    tx: Tx, kinds: list[str], *, worker: str, now: int, lease_until: int, job_id: str | None = None
) -> Job | None:
    """Take the next due job in one statement; workers that come at the same time get different ones.

    With ``job_id`` take that one, due or not.
    """
    which = job.c.run_at <= now if job_id is None else job.c.id == job_id
    chosen = (
        select(job.c.id)
        .where(job.c.state == "queued", which, job.c.kind.in_(kinds))
        .order_by(job.c.priority, job.c.run_at, job.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)  # SQLite leaves this out: its writers come one by one anyway
        .scalar_subquery()
    )
    row = tx.conn.execute(
        update(job)
        .where(job.c.id == chosen)
        .values(
            state="running",
            worker=worker,
            lease_until=lease_until,
            attempts=job.c.attempts + 1,
            started_at=func.coalesce(job.c.started_at, now),
        )
        .returning(*job.c)
    ).first()
    return None if row is None else _job(row)


def advance(tx: Tx, job_id: str, worker: str, values: dict[str, Any]) -> bool:
    """Change a running job that belongs to ``worker`` and that nobody cancelled; tell whether it did."""
    done = tx.conn.execute(
        update(job)
        .where(job.c.id == job_id, job.c.worker == worker, job.c.state == "running", job.c.cancelling == false())
        .values(**values)
    )
    return done.rowcount == 1


def prolong(tx: Tx, workers: list[str], lease_until: int) -> None:
    """Push back the end of the leases."""
    tx.conn.execute(
        update(job).where(job.c.worker.in_(workers), job.c.state == "running").values(lease_until=lease_until)
    )


def running_workers(tx: Tx) -> list[str]:
    """Return the lease holders of all running jobs."""
    return list(tx.conn.execute(select(job.c.worker).where(job.c.state == "running")).scalars())


def release(tx: Tx, workers: list[str], now: int) -> int:
    """Put the jobs of these lease holders back into the queue, due at once; return how many."""
    freed = tx.conn.execute(
        update(job)
        .where(job.c.worker.in_(workers), job.c.state == "running")
        .values(state="queued", worker="", run_at=now, lease_until=0)
    )
    return freed.rowcount


def postpone(tx: Tx, job_id: str, worker: str, *, run_at: int, errors: list[Problem], attempts: int) -> None:
    """Put one job back, to be tried again at ``run_at``; ``attempts`` is how many failures count."""
    tx.conn.execute(
        update(job)
        .where(job.c.id == job_id, job.c.worker == worker, job.c.state == "running")
        .values(state="queued", worker="", run_at=run_at, attempts=attempts, errors=dump_problems(errors))
    )


def fail(tx: Tx, job_id: str, worker: str, *, errors: list[Problem], now: int) -> None:
    """End a running job without success."""
    tx.conn.execute(
        update(job)
        .where(job.c.id == job_id, job.c.worker == worker, job.c.state == "running")
        .values(state="failed", worker="", errors=dump_problems(errors), finished_at=now)
    )


def cancel(tx: Tx, job_id: str, *, errors: list[Problem], now: int) -> bool:
    """End a queued job, or ask a running one to stop; False where it is already over."""
    ended = tx.conn.execute(
        update(job)
        .where(job.c.id == job_id, job.c.state == "queued")
        .values(state="failed", cancelling=True, errors=dump_problems(errors), finished_at=now)
    )
    if ended.rowcount:
        return True
    asked = tx.conn.execute(update(job).where(job.c.id == job_id, job.c.state == "running").values(cancelling=True))
    return asked.rowcount == 1


def insert_file(tx: Tx, made: StoredFile) -> None:
    """Record a file that lies on disk."""
    tx.conn.execute(
        job_file.insert().values(
            id=made.id,
            name=made.name,
            media_type=made.media_type,
            size=made.size,
            created_by=made.created_by,
            created_at=made.created_at,
            expires_at=made.expires_at,
        )
    )


def get_file(tx: Tx, file_id: str) -> StoredFile | None:
    """Return a file's record, or None."""
    row = tx.conn.execute(select(job_file).where(job_file.c.id == file_id)).first()
    return None if row is None else StoredFile(**row._mapping)


def expired_files(tx: Tx, now: int, limit: int = 1000) -> list[str]:
    """Return the ids of files whose time is over."""
    chosen = select(job_file.c.id).where(job_file.c.expires_at < now).order_by(job_file.c.expires_at).limit(limit)
    return list(tx.conn.execute(chosen).scalars())


def forget_files(tx: Tx, ids: list[str]) -> None:
    """Remove the records of deleted files; their jobs then have none."""
    tx.conn.execute(update(job).where(job.c.file.in_(ids)).values(file=None))
    tx.conn.execute(job_file.delete().where(job_file.c.id.in_(ids)))


def forget_jobs(tx: Tx, finished_before: int) -> int:
    """Remove jobs that ended long ago; return how many."""
    gone = tx.conn.execute(job.delete().where(job.c.state.in_(["done", "failed"]), job.c.finished_at < finished_before))
    return gone.rowcount
