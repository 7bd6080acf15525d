"""Every statement about single labels: the print log."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, select

from mazhi.engines.labels.printers.store import printer
from mazhi.engines.labels.printing.model import LogEntry, LogFilter, first_id
from mazhi.engines.labels.printing.store import print_job, print_label
from mazhi.kernel.db import Tx
from mazhi.kernel.items.store import item

_COLUMNS = (
    "job_id", "n", "item_id", "code", "record", "copy", "label", "label_version", "state", "reprint", "void_reason",
    "void_by",
)  # fmt: skip


def insert(tx: Tx, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add the labels of a job, all at once: the columns in the order of ``_COLUMNS`` up to ``reprint``."""
    tx.insert(print_label, _COLUMNS, [(*row, "", "") for row in rows])


def labels_of(tx: Tx, label: str, item_ids: Collection[int]) -> dict[tuple[int, str], int]:
    """Count how often these items had a label of this template, by item and by the code that stood on it.

    A label counts from the moment when it is ordered, and also after it was declared void; cancelled ones never were.
    """
    rows = tx.rows(
        "SELECT l.item_id, l.code, count(*) AS labels FROM print_label l "
        "WHERE l.item_id ANY(:ids, bigint) AND l.label = :label AND l.state <> 'cancelled' "
        "GROUP BY l.item_id, l.code",
        ids=sorted(item_ids),
        label=label,
    )
    return {(row.item_id, row.code): row.labels for row in rows}


def void_older(tx: Tx, job_id: str, label: str, item_ids: Collection[int], *, reason: str, by: str, now: int) -> None:
    """Declare void the labels of these items that carry an earlier code than those of a job, which replace them."""
    if not item_ids:
        return
    tx.run(
        "UPDATE print_label SET state = 'spoiled', void_reason = :reason, void_by = :by, void_at = :now, "
        "replaced_by_job = CAST(:job AS text), replaced_by_n = "
        "(SELECT min(m.n) FROM print_label m WHERE m.job_id = CAST(:job AS text) "
        "AND m.item_id = print_label.item_id) "
        "WHERE item_id ANY(:ids, bigint) AND label = :label AND state IN ('sent', 'printed', 'doubtful') "
        "AND code <> (SELECT i.code FROM item i WHERE i.id = print_label.item_id)",
        job=job_id,
        label=label,
        ids=sorted(item_ids),
        reason=reason,
        by=by,
        now=now,
    )


def count_of_item(tx: Tx, item_id: int) -> int:
    """Count the labels that were ordered for an item and not cancelled."""
    found: int = tx.scalar("SELECT count(*) FROM print_label WHERE item_id = :id AND state <> 'cancelled'", id=item_id)
    return found


def next_window(tx: Tx, job_id: str, size: int) -> tuple[int, int] | None:
    """Return the first and last of the next labels to be sent: without a gap, at most ``size``."""
    rows = tx.rows(
        "SELECT n FROM print_label WHERE job_id = :job AND state = 'queued' ORDER BY n LIMIT :size",
        job=job_id,
        size=size,
    )
    if not rows:
        return None
    first = last = rows[0].n
    for row in rows[1:]:
        if row.n != last + 1:
            break
        last = row.n
    return first, last


def mark(tx: Tx, job_id: str, first: int, last: int, state: str, *, was: str, now: int) -> int:
    """Bring labels of one state into another; return how many."""
    at = {"sent": ", sent_at = :now", "printed": ", printed_at = :now"}.get(state, "")
    params = {"now": now} if at else {}
    done = tx.run(
        f"UPDATE print_label SET state = :state{at} "
        "WHERE job_id = :job AND n BETWEEN :first AND :last AND state = :was",
        job=job_id,
        first=first,
        last=last,
        state=state,
        was=was,
        **params,
    )
    return done.rowcount


def resolve(tx: Tx, job_id: str, numbers: Collection[int], state: str, now: int) -> int:
    """Bring certain doubtful labels into another state; return how many."""
    at = ", printed_at = :now" if state == "printed" else ""
    params = {"now": now} if at else {}
    done = tx.run(
        f"UPDATE print_label SET state = :state{at} WHERE job_id = :job AND n ANY(:numbers, bigint) "
        "AND state = 'doubtful'",
        job=job_id,
        numbers=sorted(numbers),
        state=state,
        **params,
    )
    return done.rowcount


def numbers_in(tx: Tx, job_id: str, state: str) -> list[int]:
    """Return the numbers of a job's labels of one state."""
    rows = tx.rows(
        "SELECT n FROM print_label WHERE job_id = :job AND state = :state ORDER BY n", job=job_id, state=state
    )
    return [row.n for row in rows]


def counts(tx: Tx, job_id: str) -> dict[str, int]:
    """Count a job's labels by state."""
    rows = tx.rows("SELECT state, count(*) AS labels FROM print_label WHERE job_id = :job GROUP BY state", job=job_id)
    return {row.state: row.labels for row in rows}


def lines(tx: Tx, job_id: str, first: int, last: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return number, item, code and copy of some labels."""
    return tx.rows(
        "SELECT n, item_id, code, copy FROM print_label WHERE job_id = :job AND n BETWEEN :first AND :last ORDER BY n",
        job=job_id,
        first=first,
        last=last,
    )


def void(tx: Tx, labels: Sequence[tuple[str, int]], *, reason: str, by: str, now: int) -> list[tuple[str, int]]:
    """Declare labels void; return those that were not printed, or were void already."""
    wanted = "SELECT t.job, t.n FROM ROWS(:labels, job text, n bigint) t"
    rows = tx.rows(
        "SELECT l.job_id, l.n FROM print_label l WHERE (l.job_id, l.n) IN "
        f"({wanted}) AND l.state IN ('sent', 'printed', 'doubtful') ORDER BY l.job_id, l.n /*LOCK*/",
        labels=list(labels),
    )
    good = {(row.job_id, row.n) for row in rows}
    wrong = [one for one in labels if one not in good]
    if not wrong:
        tx.run(
            "UPDATE print_label SET state = 'spoiled', void_reason = :reason, void_by = :by, void_at = :now "
            f"WHERE (job_id, n) IN ({wanted})",
            labels=list(labels),
            reason=reason,
            by=by,
            now=now,
        )
    return wrong


def page(tx: Tx, wanted: LogFilter, after: tuple[str, int] | None, limit: int) -> list[LogEntry]:
    """Return up to ``limit`` labels: of one job in their order, else newest job first."""
    query = (
        select(
            *(column for column in print_label.c),
            print_job.c.reason, print_job.c.created_by, print_job.c.created_at,
            printer.c.code.label("printer"), item.c.code.label("present_code"),
        )
        .join(print_job, print_job.c.id == print_label.c.job_id)
        .outerjoin(printer, printer.c.id == print_job.c.printer_id)
        .outerjoin(item, item.c.id == print_label.c.item_id)
        .limit(limit)
    )  # fmt: skip
    conditions = (
        (print_label.c.job_id, wanted.job),
        (print_label.c.item_id, wanted.item_id),
        (print_label.c.label, wanted.label),
        (print_label.c.state, wanted.state),
        (print_label.c.reprint, wanted.reprint),
        (print_job.c.printer_id, wanted.printer_id),
        (print_job.c.created_by, wanted.user),
    )
    for column, value in conditions:
        if value is not None:
            query = query.where(column == value)
    if wanted.areas is not None:
        seen = item.c.place_id.in_([0, *sorted(wanted.areas)])
        query = query.where(seen | (print_job.c.created_by == wanted.viewer))
    job_id, n = print_label.c.job_id, print_label.c.n
    if wanted.since is not None:
        query = query.where(job_id >= first_id(wanted.since))
    if wanted.until is not None:
        query = query.where(job_id < first_id(wanted.until))
    if after is not None:
        query = query.where((job_id < after[0]) | ((job_id == after[0]) & (n > after[1])))
    return [_entry(row) for row in tx.conn.execute(query.order_by(job_id.desc(), n))]


def _entry(row: Row[*tuple[Any, ...]]) -> LogEntry:
    return LogEntry(
        job=row.job_id,
        n=row.n,
        item=row.present_code,
        code=row.code,
        record=row.record,
        copy=row.copy,
        label=row.label,
        version=row.label_version,
        printer=row.printer or "",
        state=row.state,
        reprint=bool(row.reprint),
        reason=row.reason,
        user=row.created_by,
        created_at=row.created_at,
        sent_at=row.sent_at,
        printed_at=row.printed_at,
        void_reason=row.void_reason,
        void_by=row.void_by,
        void_at=row.void_at,
        replaced_by=None if row.replaced_by_job is None else (row.replaced_by_job, row.replaced_by_n),
    )
