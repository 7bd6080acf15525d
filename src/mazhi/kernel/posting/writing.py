"""Writing what was decided: items, history, stock and the event, in the order that avoids deadlocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from mazhi.kernel.db import Tx
from mazhi.kernel.life_cycles.model import VOID
from mazhi.kernel.posting import store
from mazhi.kernel.posting.marks import is_blocked
from mazhi.kernel.posting.model import MILLION, Change, Facts
from mazhi.kernel.posting.quantities import Move, StockKey


class Piece(NamedTuple):
    """A locked item; ``pointer`` and ``given`` say where and how the caller named it."""

    id: int
    seq: int
    code: str
    facts: Facts
    pointer: str = ""
    given: str = ""


class Stamp(NamedTuple):
    """What all rows of one event have in common."""

    event_id: int
    operation: str
    occurred_at: int
    recorded_at: int
    actor: str
    device: str
    document: str
    note: str
    data: str
    corrects: int | None = None


class Since(NamedTuple):
    """When an item came to its place and its state, where that is not simply the moment of the event."""

    place: int
    state: int


def stock_key(facts: Facts) -> StockKey | None:
    """Return the balance that an item counts in; packages and voided items count in none."""
    if facts.product_id == 0 or facts.state == VOID:
        return None
    return StockKey(
        facts.product_id,
        facts.batch_id,
        facts.place_id,
        facts.state,
        facts.quality,
        facts.owner_id,
        int(is_blocked(facts.marks)),
    )


def append(
    tx: Tx,
    stamp: Stamp,
    changed: Sequence[tuple[Piece, Change]],
    moves: Sequence[Move] = (),
    *,
    since: Mapping[int, Since] | None = None,
) -> None:
    """Write one event with everything that follows from it.

    ``since`` gives, by item id, times that differ from the event's own (a correction goes back to the old ones).
    """
    groups: dict[store.Target, list[int]] = {}
    flows: Counter[tuple[Facts, Facts]] = Counter()
    rows: list[tuple[Any, ...]] = []
    event_id, operation, occurred_at, recorded_at, actor, document = (*stamp[:5], stamp.document)
    for piece, (after, data) in changed:
        before = piece.facts
        flows[before, after] += 1
        target = _target(before, after, occurred_at, since.get(piece.id) if since else None)
        groups.setdefault(target, []).append(piece.id)
        rows.append(
            (piece.id, piece.seq + 1, event_id, operation, occurred_at, recorded_at, actor, document,
             before.state, after.state, before.place_id, after.place_id, data)
        )  # fmt: skip
    store.update_items(tx, groups)
    store.insert_history(tx, rows)
    store.insert_event(tx, stamp)
    store.insert_moves(tx, event_id, moves)
    balance(tx, flows, moves)


@lru_cache(maxsize=4096)
def _target(before: Facts, after: Facts, at: int, since: Since | None) -> store.Target:
    """Return the columns that change."""
    changed = [(name, new) for name, old, new in zip(Facts._fields, before, after, strict=True) if old != new]
    if since is not None:
        return (*changed, ("place_since", since.place), ("state_since", since.state))
    if after.place_id != before.place_id:
        changed.append(("place_since", at))
    if after.state != before.state:
        changed.append(("state_since", at))
    return tuple(changed)


def balance(tx: Tx, flows: Mapping[tuple[Facts, Facts], int], moves: Sequence[Move]) -> None:
    """Bring the stock up to date; always the last thing that a transaction locks."""
    pieces: Counter[StockKey] = Counter()
    for (before, after), count in flows.items():
        old, new = stock_key(before), stock_key(after)
        if old != new:
            if old is not None:
                pieces[old] -= count * MILLION
            if new is not None:
                pieces[new] += count * MILLION
    pool: Counter[StockKey] = Counter()
    for move in moves:
        if move.source is not None:
            pool[move.source] -= move.quantity
        if move.target is not None:
            pool[move.target] += move.quantity
    store.add_to_stock(tx, pool, slot=store.POOL_SLOT)
    store.add_to_stock(tx, pieces, slot=tx.slot + 1)
