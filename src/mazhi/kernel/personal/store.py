"""Every statement about personal data. An event holds the salted hash, this table the salt and the data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Row, String, Table, Text

from mazhi.kernel.db import Tx, metadata

payload = Table(
    "payload",
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),  # 0: of the event as a whole
    Column("salt", String, nullable=False),
    Column("body", Text, nullable=False),
    Column("erased_at", BigInteger),
    Column("erased_by", String, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)


def insert(tx: Tx, event_id: int, salt: str, body: str) -> None:
    """Keep the personal data of an event."""
    tx.run(
        "INSERT INTO payload (event_id, item_id, salt, body) VALUES (:event, 0, :salt, :body)",
        event=event_id,
        salt=salt,
        body=body,
    )


def of_events(tx: Tx, event_ids: Iterable[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the personal data of these events; what was erased has an empty body."""
    return tx.rows("SELECT * FROM payload WHERE event_id ANY(:ids, bigint)", ids=sorted(event_ids))


def erase(tx: Tx, event_id: int, at: int, by: str) -> int:
    """Erase salt and data of an event; return how many there were."""
    done = tx.run(
        "UPDATE payload SET salt = '', body = '', erased_at = :at, erased_by = :by "
        "WHERE event_id = :event AND erased_at IS NULL",
        event=event_id,
        at=at,
        by=by,
    )
    return done.rowcount


def page(tx: Tx, after: int, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the personal data of the next events after an id, with what those events say of it."""
    return tx.rows(
        "SELECT p.event_id, p.item_id, p.salt, p.body, p.erased_at, e.data FROM payload p "
        "LEFT JOIN event e ON e.id = p.event_id WHERE p.event_id > :after ORDER BY p.event_id LIMIT :most",
        after=after,
        most=limit,
    )


def missing(tx: Tx) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the events without a row, erased or not, that may hold a hash of personal data, and what they hold."""
    return tx.rows(
        "SELECT e.id, e.data FROM event e WHERE e.data LIKE '%\"personal_hash\":%' "
        "AND NOT EXISTS (SELECT 1 FROM payload p WHERE p.event_id = e.id) ORDER BY e.id"
    )
