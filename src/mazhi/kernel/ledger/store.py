"""Every statement about events and history. Rows of both are only ever inserted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Row, String, Table, Text, text

from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.ledger.model import HistoryRow

event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("operation", String, nullable=False),
    Column("occurred_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("device", String, nullable=False, server_default=""),
    Column("document", Key, nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("data", Text, nullable=False, server_default=""),
    Column("corrects", BigInteger),  # the event that this one reverses
    Index("event_document", "document"),
    Index(
        "event_corrects",
        "corrects",
        sqlite_where=text("corrects IS NOT NULL"),
        postgresql_where=text("corrects IS NOT NULL"),
    ),
    Index("event_recorded", "recorded_at"),
    # What was made when: births are few among all events.
    Index(
        "event_births",
        "occurred_at",
        sqlite_where=text("operation = 'commission'"),
        postgresql_where=text("operation = 'commission'"),
    ),
)

history = Table(
    "history",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("event_id", BigInteger, nullable=False),
    Column("operation", String, nullable=False),
    Column("occurred_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("document", Key, nullable=False, server_default=""),
    Column("from_state", String, nullable=False),
    Column("to_state", String, nullable=False),
    Column("from_place", BigInteger, nullable=False, server_default="0"),
    Column("to_place", BigInteger, nullable=False, server_default="0"),
    Column("data", Text, nullable=False, server_default=""),
    Index("history_event", "event_id"),
    sqlite_with_rowid=False,
)

request = Table(
    "request",
    metadata,
    Column("client_key", Key, primary_key=True),
    Column("body_hash", String, nullable=False),
    Column("event_id", BigInteger),
    Column("recorded_at", BigInteger, nullable=False),
    Column("answer", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

_ROW = ", ".join(HistoryRow._fields)


def event_by_id(tx: Tx, event_id: int) -> Row[*tuple[Any, ...]] | None:
    """Return one event, or None."""
    return tx.row("SELECT * FROM event WHERE id = :id", id=event_id)


def events_by_ids(tx: Tx, ids: Iterable[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return events by id."""
    return {row.id: row for row in tx.rows("SELECT * FROM event WHERE id ANY(:ids, bigint)", ids=sorted(ids))}


def items_of_event(tx: Tx, event_id: int) -> set[int]:
    """Return the ids of the items that an event touched."""
    return {row[0] for row in tx.rows("SELECT item_id FROM history WHERE event_id = :id", id=event_id)}


def history_of(tx: Tx, item_ids: Iterable[int]) -> list[HistoryRow]:
    """Return the whole history of these items, by item and seq."""
    rows = tx.rows(
        f"SELECT {_ROW} FROM history WHERE item_id ANY(:ids, bigint) ORDER BY item_id, seq",
        ids=sorted(item_ids),
    )
    return [HistoryRow._make(row) for row in rows]


def moves_of_event(tx: Tx, event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the stock moves of an event, in their order."""
    return tx.rows("SELECT * FROM stock_move WHERE event_id = :id ORDER BY line", id=event_id)


def moves_correcting(tx: Tx, event_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the stock moves by which corrections have turned those of an event round."""
    corrections = [row[0] for row in tx.rows("SELECT id FROM event WHERE corrects = :id", id=event_id)]
    if not corrections:
        return []
    return tx.rows("SELECT * FROM stock_move WHERE event_id ANY(:ids, bigint)", ids=corrections)


def count_later(tx: Tx, event_id: int) -> int:
    """Count the other events on the items of an event: no chain of corrections is longer."""
    items = items_of_event(tx, event_id)
    if not items:
        return 0
    found = tx.scalar("SELECT count(DISTINCT event_id) FROM history WHERE item_id ANY(:ids, bigint)", ids=sorted(items))
    return int(found)


def life(tx: Tx, item_id: int, after: int, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return history rows of one item after a seq: one range of the primary key."""
    return tx.rows(
        "SELECT * FROM history WHERE item_id = :id AND seq > :after ORDER BY seq LIMIT :most",
        id=item_id,
        after=after,
        most=limit,
    )


def births(tx: Tx, item_ids: Iterable[int]) -> dict[int, int]:
    """Return when each of these items was born."""
    rows = tx.rows(
        "SELECT item_id, occurred_at FROM history WHERE item_id ANY(:ids, bigint) AND seq = 1", ids=sorted(item_ids)
    )
    return {row[0]: row[1] for row in rows}
