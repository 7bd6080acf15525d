"""The counter table: a row per name, advanced in blocks, never read and then written."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Table

from mazhi.kernel.db import Key, Tx, metadata

counter = Table(
    "counter",
    metadata,
    Column("name", Key, primary_key=True),
    Column("value", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)


def advance(tx: Tx, name: str, count: int, limit: int | None = None) -> int | None:
    """Add ``count`` to a counter and return its new value; None, and no change, if that would pass ``limit``."""
    value: int | None = tx.scalar(
        "INSERT INTO counter (name, value) SELECT :name, :count WHERE :count <= :limit "
        "ON CONFLICT (name) DO UPDATE SET value = counter.value + :count "
        "WHERE counter.value + :count <= :limit RETURNING value",
        name=name,
        count=count,
        limit=2**62 if limit is None else limit,
    )
    return value


def current(tx: Tx, name: str) -> int:
    """Return the last number handed out, 0 before the first."""
    value: int | None = tx.scalar("SELECT value FROM counter WHERE name = :name", name=name)
    return value or 0
