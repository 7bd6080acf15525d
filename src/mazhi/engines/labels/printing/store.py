"""The tables of print jobs and labels, and the statements about jobs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Row, String, Table, Text, select, update

from mazhi.engines.labels.printing.model import OPEN, Confirmation, PrintJob
from mazhi.kernel.db import Key, Tx, metadata
from mazhi.kernel.errors import Problem
from mazhi.kernel.jobs.model import dump_actor, dump_problems, load_actor, load_problems

print_job = Table(
    "print_job",
    metadata,
    Column("id", Key, primary_key=True),  # begins with the time, so ids sort in order of creation
    Column("kind", String, nullable=False),  # labels | test
    Column("printer_id", BigInteger, nullable=False),
    Column("label", Key, nullable=False),  # code of the template
    Column("label_version", Integer, nullable=False),
    Column("state", Key, nullable=False),  # queued | running | paused | doubtful | ready | done | cancelled | failed
    Column("wish", String, nullable=False),  # "" | pause | cancel
    Column("total", Integer, nullable=False),
    Column("printed", Integer, nullable=False),
    Column("doubtful", Integer, nullable=False),
    Column("copies", Integer, nullable=False),
    Column("start", Integer, nullable=False),  # on sheets: the first free place
    Column("dpi", Integer, nullable=False),
    Column("source", Text, nullable=False),  # JSON: what is printed; long, so only read where it is needed
    Column("reason", Text, nullable=False),
    Column("document", String, nullable=False),
    Column("actor", Text, nullable=False),
    Column("created_by", Key, nullable=False),
    Column("client_key", Key, unique=True),  # "actor:key"
    Column("body_hash", String, nullable=False),
    # The window under way: from the moment before its first byte is sent until it is known what came out.
    Column("window_first", Integer, nullable=False),
    Column("window_last", Integer, nullable=False),
    Column("memo", Text, nullable=False),
    Column("trouble", Text, nullable=False),  # JSON, a list of one problem or none
    Column("trouble_at", BigInteger),
    Column("errors", Text, nullable=False),
    Column("confirmed", Text, nullable=False),  # JSON, or empty
    Column("file", String),
    Column("created_at", BigInteger, nullable=False),
    Column("started_at", BigInteger),
    Column("finished_at", BigInteger),
    Index("print_job_due", "printer_id", "state", "id"),
    Index("print_job_state", "state", "id"),
    Index("print_job_created_by", "created_by", "id"),
    sqlite_with_rowid=False,
)

print_label = Table(
    "print_label",
    metadata,
    Column("job_id", Key, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("item_id", BigInteger, nullable=False),  # 0 for records and test pages
    Column("code", Key, nullable=False),  # the item's code as it stands on the label
    Column("record", String, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("label", Key, nullable=False),
    Column("label_version", Integer, nullable=False),
    Column("state", Key, nullable=False),  # queued | sent | printed | doubtful | spoiled | cancelled
    Column("reprint", Boolean, nullable=False),
    Column("sent_at", BigInteger),
    Column("printed_at", BigInteger),
    Column("void_reason", Text, nullable=False),
    Column("void_by", String, nullable=False),
    Column("void_at", BigInteger),
    Column("replaced_by_job", Key),
    Column("replaced_by_n", Integer),
    Index("print_label_item", "item_id", "label", "job_id", "n"),
    sqlite_with_rowid=False,
)

printer_work = Table(
    "printer_work",
    metadata,
    Column("printer_id", BigInteger, primary_key=True, autoincrement=False),
    Column("worker", String, nullable=False),  # host:pid:process:claim, or empty
    Column("lease_until", BigInteger, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("trouble_at", BigInteger),
    Column("seen_at", BigInteger),
    sqlite_with_rowid=False,
)
"""Who works a printer; only one may, in whatever process."""

ID_LOCK = 0x6D7A_0010
"""The advisory lock under which labels are ordered on PostgreSQL, so that two first prints are not both first."""


_READ = tuple(column for column in print_job.c if column.name not in {"source", "body_hash", "client_key"})


def from_row(row: Row[Any]) -> PrintJob:
    """Build a job from a row of its table."""
    troubles = load_problems(row.trouble)
    return PrintJob(
        id=row.id,
        kind=row.kind,
        printer_id=row.printer_id,
        label=row.label,
        version=row.label_version,
        state=row.state,
        wish=row.wish,
        total=row.total,
        printed=row.printed,
        doubtful=row.doubtful,
        copies=row.copies,
        start=row.start,
        dpi=row.dpi,
        reason=row.reason,
        document=row.document,
        actor=load_actor(row.actor),
        first=row.window_first,
        last=row.window_last,
        memo=row.memo,
        trouble=troubles[0] if troubles else None,
        trouble_at=row.trouble_at,
        errors=load_problems(row.errors),
        confirmed=Confirmation(**json.loads(row.confirmed)) if row.confirmed else None,
        file=row.file,
        created_at=row.created_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
    )


def lock_orders(tx: Tx) -> None:
    """Let orders of labels pass one after the other; SQLite has one writer anyway."""
    if tx.dialect == "postgresql":
        tx.run("SELECT pg_advisory_xact_lock(:key)", key=ID_LOCK)


def insert(tx: Tx, job: PrintJob, source: Mapping[str, Any], *, client_key: str | None, body_hash: str) -> None:
    """Add a job."""
    tx.conn.execute(
        print_job.insert().values(
            id=job.id, kind=job.kind, printer_id=job.printer_id, label=job.label, label_version=job.version,
            state=job.state, wish=job.wish, total=job.total, printed=0, doubtful=0,
            copies=job.copies, start=job.start, dpi=job.dpi,
            source=json.dumps(source, ensure_ascii=False, default=str), reason=job.reason, document=job.document,
            actor=dump_actor(job.actor), created_by=job.actor.name, client_key=client_key, body_hash=body_hash,
            window_first=0, window_last=0, memo="", trouble="[]", errors="[]", confirmed="",
            created_at=job.created_at,
        )
    )  # fmt: skip


def by_client_key(tx: Tx, client_key: str) -> tuple[str, str] | None:
    """Return id and hash of the job with this key, or None."""
    row = tx.row("SELECT id, body_hash FROM print_job WHERE client_key = :key", key=client_key)
    return None if row is None else (row.id, row.body_hash)


def get(tx: Tx, job_id: str, *, lock: bool = False) -> PrintJob | None:
    """Return a job, or None; locked until the transaction ends where asked for."""
    query = select(*_READ).where(print_job.c.id == job_id)
    if lock and tx.dialect == "postgresql":
        query = query.with_for_update()
    row = tx.conn.execute(query).first()
    return None if row is None else from_row(row)


def source(tx: Tx, job_id: str) -> dict[str, Any]:
    """Return what a job prints."""
    return dict(json.loads(tx.scalar("SELECT source FROM print_job WHERE id = :id", id=job_id)))


def change(tx: Tx, job_id: str, **values: Any) -> None:
    """Set columns of a job."""
    tx.conn.execute(update(print_job).where(print_job.c.id == job_id).values(**values))


def page(
    tx: Tx,
    *,
    states: list[str] | None,
    printer_id: int | None,
    label: str | None,
    created_by: str | None,
    before: str | None,
    limit: int,
) -> list[PrintJob]:
    """Return jobs, newest first, those older than ``before``."""
    query = select(*_READ).order_by(print_job.c.id.desc()).limit(limit)
    if states is not None:
        query = query.where(print_job.c.state.in_(states))
    for column, value in (
        (print_job.c.printer_id, printer_id),
        (print_job.c.label, label),
        (print_job.c.created_by, created_by),
    ):
        if value is not None:
            query = query.where(column == value)
    if before is not None:
        query = query.where(print_job.c.id < before)
    return [from_row(row) for row in tx.conn.execute(query)]


def waiting(tx: Tx, printer_ids: list[int]) -> dict[int, int]:
    """Count the jobs that are not over, by printer."""
    rows = tx.rows(
        "SELECT printer_id, count(*) AS jobs FROM print_job WHERE printer_id ANY(:ids, bigint) "
        "AND state IN ('queued', 'running', 'paused', 'doubtful') GROUP BY printer_id",
        ids=printer_ids,
    )
    return {row.printer_id: row.jobs for row in rows}


def next_job(tx: Tx, printer_id: int) -> PrintJob | None:
    """Return the oldest job of a printer that is to go on: first in, first out."""
    row = tx.conn.execute(
        select(*_READ)
        .where(print_job.c.printer_id == printer_id, print_job.c.state.in_(OPEN))
        .order_by(print_job.c.id)
        .limit(1)
    ).first()
    return None if row is None else from_row(row)


def due_printers(tx: Tx) -> list[int]:
    """Return the printers that have something to do; a paused one only has what was asked of jobs under way."""
    rows = tx.rows(
        "SELECT p.id FROM printer p WHERE EXISTS (SELECT 1 FROM print_job j WHERE j.printer_id = p.id "
        "AND j.state IN ('queued', 'running') AND (p.paused = :no OR j.wish <> '')) ORDER BY p.id",
        no=False,
    )
    return [row.id for row in rows]


def worker_of(tx: Tx, printer_id: int) -> Row[*tuple[Any, ...]] | None:
    """Return who works a printer, and what troubles it."""
    return tx.row("SELECT * FROM printer_work WHERE printer_id = :id", id=printer_id)


def works(tx: Tx, printer_ids: list[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return who works these printers, by printer."""
    rows = tx.rows("SELECT * FROM printer_work WHERE printer_id ANY(:ids, bigint)", ids=printer_ids)
    return {row.printer_id: row for row in rows}


def claim_printer(tx: Tx, printer_id: int, worker: str, *, now: int, until: int, dead: str) -> bool:
    """Take the lease of a printer if it is free, over, or held by one known to be dead."""
    found = tx.scalar(
        "INSERT INTO printer_work (printer_id, worker, lease_until, trouble) VALUES (:id, :worker, :until, '[]') "
        "ON CONFLICT (printer_id) DO UPDATE SET worker = :worker, lease_until = :until "
        "WHERE printer_work.worker = '' OR printer_work.lease_until < :now OR printer_work.worker = :dead "
        "RETURNING printer_id",
        id=printer_id,
        worker=worker,
        now=now,
        until=until,
        dead=dead,
    )
    return found is not None


def prolong(tx: Tx, printer_id: int, worker: str, until: int) -> bool:
    """Push back the end of a lease; False where somebody else has the printer."""
    done = tx.run(
        "UPDATE printer_work SET lease_until = :until WHERE printer_id = :id AND worker = :worker",
        id=printer_id,
        worker=worker,
        until=until,
    )
    return done.rowcount == 1


def release_printer(tx: Tx, printer_id: int, worker: str) -> None:
    """Give a lease back."""
    tx.run(
        "UPDATE printer_work SET worker = '', lease_until = 0 WHERE printer_id = :id AND worker = :worker",
        id=printer_id,
        worker=worker,
    )


def set_trouble(tx: Tx, job: PrintJob, trouble: Problem | None, now: int) -> None:
    """Say what keeps a job, and its printer, from going on; None: nothing does."""
    written = dump_problems([] if trouble is None else [trouble])
    at = None if trouble is None else now
    change(tx, job.id, trouble=written, trouble_at=at)
    tx.run(
        "UPDATE printer_work SET trouble = :trouble, trouble_at = :at, seen_at = coalesce(:seen, seen_at) "
        "WHERE printer_id = :id",
        trouble=written,
        at=at,
        seen=now if trouble is None else None,
        id=job.printer_id,
    )
