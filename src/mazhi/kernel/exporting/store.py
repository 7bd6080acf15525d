"""The statements of exports: by key range, so that the last chunk costs what the first one did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row

from mazhi.kernel.db import Tx


def born_in(tx: Tx, event_id: int, after: int, limit: int) -> list[int]:
    """Return the ids of items that were born in an event, those above ``after``."""
    rows = tx.rows(
        f"SELECT item_id FROM history WHERE event_id = :event AND item_id > :after ORDER BY item_id LIMIT {int(limit)}",
        event=event_id,
        after=after,
    )
    return [row.item_id for row in rows]


def codes(tx: Tx, ids: Collection[int]) -> Sequence[Row[Any]]:
    """Return id, code, product, batch and place of items, in order of their ids."""
    return tx.rows(
        "SELECT id, code, product_id, batch_id, place_id FROM item WHERE id ANY(:ids, bigint) ORDER BY id",
        ids=list(ids),
    )
