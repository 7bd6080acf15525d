"""Reading a life out of history rows: what an item is now, and which events are still in force."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple


class HistoryRow(NamedTuple):
    """One row of an item's history, as far as replaying needs it."""

    item_id: int
    seq: int
    event_id: int
    operation: str
    occurred_at: int
    document: str
    from_state: str
    to_state: str
    from_place: int
    to_place: int
    data: str


@lru_cache(maxsize=65536)
def row_data(text: str) -> dict[str, Any]:
    """Return the ``data`` of a history row; callers must not change it."""
    found: dict[str, Any] = json.loads(text) if text else {}
    return found


def in_force(rows: Iterable[HistoryRow]) -> list[HistoryRow]:
    """Return the rows that no correction has taken back, oldest first; corrections themselves are not among them."""
    standing: list[HistoryRow] = []
    for row in rows:
        if row.operation == "correct":
            reversed_event = row_data(row.data)["corrects"]
            standing = [other for other in standing if other.event_id != reversed_event]
        else:
            standing.append(row)
    return standing


def since(rows: Sequence[HistoryRow]) -> tuple[int, int]:
    """Return when the item came to its place and when into its state, by rows in force; 0 where it never did."""
    place_since = state_since = 0
    for position, row in enumerate(rows):
        if position == 0 or row.to_place != row.from_place:
            place_since = row.occurred_at
        if position == 0 or row.to_state != row.from_state:
            state_since = row.occurred_at
    return place_since, state_since
