"""Replaying: what an item must be, by its history and the events it was born and changed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.ledger import verification_store as store
from mazhi.kernel.ledger.model import HistoryRow, in_force, row_data, since

CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the ledger says of one item."""

    item_id: int
    seq: int
    values: Mapping[str, Any]
    """The columns of the item's row: facts, times and code (None where the ledger does not name the code)."""


def replay(tx: Tx) -> Iterator[Replayed]:
    """Replay every item's history, in the order of item ids, a chunk of items at a time."""
    after = 0
    while True:
        rows = store.histories_after(tx, after, CHUNK)
        if not rows:
            return
        born = store.born_in(tx, {row.event_id for row in rows if row.seq == 1})
        for item_id, life in groupby(rows, key=lambda row: row.item_id):
            yield _replayed(item_id, list(life), born)
            after = item_id


def _replayed(item_id: int, rows: list[HistoryRow], born: Mapping[int, Mapping[str, Any]]) -> Replayed:
    values: dict[str, Any] = {**store.BORN, "kind": "serial", "product_id": 0, "batch_id": 0, "code": None}
    values |= born.get(rows[0].event_id, {})
    for row in rows:
        for name, pair in row_data(row.data).items():
            if name in values and isinstance(pair, list):
                values[name] = pair[1]
    last = rows[-1]
    place_since, state_since = since(in_force(rows) or rows[:1])
    values |= {"state": last.to_state, "place_id": last.to_place}
    values |= {"place_since": place_since, "state_since": state_since}
    return Replayed(item_id, last.seq, values)
