"""Every statement about what was done in recalls; rows are only ever inserted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from mazhi.kernel.db import Tx
from mazhi.kernel.recalls.store import recall_log, recall_log_item


def insert_log(tx: Tx, values: Mapping[str, Any], item_ids: Iterable[int]) -> None:
    """Write an action down, with the pieces that it was about."""
    tx.conn.execute(recall_log.insert().values(**values))
    tx.insert(recall_log_item, ("log_id", "item_id"), [(values["id"], item_id) for item_id in item_ids])


def log_page(tx: Tx, recall_id: int, before: int | None, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return what was done in a recall, newest first."""
    return tx.rows(
        f"SELECT * FROM recall_log WHERE recall_id = :id AND id < :before ORDER BY id DESC LIMIT {int(limit)}",
        id=recall_id,
        before=2**62 if before is None else before,
    )


def log_times(tx: Tx, recall_id: int) -> dict[str, tuple[int, int]]:
    """Return ``kind → (first, last)`` moment of the actions of a recall."""
    rows = tx.rows(
        "SELECT kind, min(occurred_at), max(occurred_at) FROM recall_log WHERE recall_id = :id GROUP BY kind",
        id=recall_id,
    )
    return {row[0]: (row[1], row[2]) for row in rows}
