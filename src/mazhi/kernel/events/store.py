"""Every statement about single events that a reader asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row

from mazhi.kernel.db import Tx


def counts(tx: Tx, event_id: int) -> tuple[int, int]:
    """Count the items and the quantity lines of an event."""
    items = tx.scalar("SELECT count(*) FROM history WHERE event_id = :id", id=event_id)
    return items, tx.scalar("SELECT count(*) FROM stock_move WHERE event_id = :id", id=event_id)


def corrections(tx: Tx, event_id: int) -> list[int]:
    """Return the events that have corrected this one, wholly or in part, oldest first."""
    return [row[0] for row in tx.rows("SELECT id FROM event WHERE corrects = :id ORDER BY id", id=event_id)]


def heads(tx: Tx, event_ids: Iterable[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return what is shown of events in a list, by id."""
    rows: Sequence[Row[*tuple[Any, ...]]] = tx.rows(
        "SELECT id, operation, occurred_at, recorded_at, actor, document FROM event WHERE id ANY(:ids, bigint)",
        ids=sorted(event_ids),
    )
    return {row.id: row for row in rows}
