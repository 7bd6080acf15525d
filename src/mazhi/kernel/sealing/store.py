"""Every statement about seals: what waits, the blocks and their checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Row, String, Table, Text

from mazhi.kernel.db import Key, Tx, metadata
from mazhi.kernel.sealing.model import Checkpoint

unsealed = Table(
    "unsealed",
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""The outbox: written in the transaction of each event, emptied in that of its block."""

sealed = Table(
    "sealed",
    metadata,
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("block", BigInteger, nullable=False),
    Index("sealed_block", "block"),
    sqlite_with_rowid=False,
)
"""Which block an event is in."""

seal_block = Table(
    "seal_block",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("leaves", Integer, nullable=False),
    Column("root", String, nullable=False),
    Column("total", BigInteger, nullable=False),
    Column("log_root", String, nullable=False),
    Column("previous", String, nullable=False),
    Column("sealed_at", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
    Column("key", String, nullable=False),
    Column("signature", String, nullable=False),
    Column("counts", Text, nullable=False),  # leaves per kind, JSON
    Column("seed", LargeBinary, nullable=False),  # the salts of the leaves come from it: secret
    sqlite_with_rowid=False,
)

seal_leaves = Table(
    "seal_leaves",
    metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("hashes", LargeBinary, nullable=False),
    Column("names", LargeBinary, nullable=False),  # of each leaf the key of its row, so that a fault has a name
)

seal_node = Table(
    "seal_node",
    metadata,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""The complete subtrees of the tree over all blocks."""

seal_key = Table(
    "seal_key",
    metadata,
    Column("key", Key, primary_key=True),
    Column("since", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""The public keys that checkpoints were signed with."""

seal_published = Table(
    "seal_published",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", Key, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("answer", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""Where checkpoints were sent, and the time stamps that came back."""

_LOCK = 0x6D615EA1
_BLOCK = tuple(column.name for column in seal_block.columns)
_CHECKPOINT = "number, leaves, root, total, log_root, previous, sealed_at, hash, key, signature"


def claim(tx: Tx) -> bool:
    """Try to become the one sealer until this snapshot ends; SQLite has the check of the head alone."""
    if tx.dialect == "sqlite":
        return True
    return bool(tx.scalar("SELECT pg_try_advisory_xact_lock(:key)", key=_LOCK))


def waiting(tx: Tx, most: int) -> list[int]:
    """Return events that wait, by id; notes of what is sealed or does not exist are left to ``verify``."""
    rows = tx.rows(
        "SELECT event_id FROM unsealed u WHERE NOT EXISTS (SELECT 1 FROM sealed s WHERE s.event_id = u.event_id) "
        "AND EXISTS (SELECT 1 FROM event e WHERE e.id = u.event_id) ORDER BY event_id LIMIT :most",
        most=most,
    )
    return [row[0] for row in rows]


def count_waiting(tx: Tx) -> tuple[int, int | None]:
    """Return how many events wait, and when the oldest of them was recorded."""
    count = tx.scalar("SELECT count(*) FROM unsealed")
    oldest = tx.scalar("SELECT min(recorded_at) FROM event WHERE id = (SELECT min(event_id) FROM unsealed)")
    return int(count), oldest


def sizes(tx: Tx, event_ids: Sequence[int]) -> dict[int, int]:
    """Return the history rows of each of these events."""
    rows = tx.rows(
        "SELECT event_id, count(*) FROM history WHERE event_id ANY(:ids, bigint) GROUP BY event_id", ids=list(event_ids)
    )
    return {row[0]: row[1] for row in rows}


def head(tx: Tx) -> Checkpoint | None:
    """Return the last checkpoint, or None where nothing was sealed yet."""
    row = tx.row(f"SELECT {_CHECKPOINT} FROM seal_block ORDER BY number DESC LIMIT 1")
    return None if row is None else Checkpoint(*row)


def checkpoints(tx: Tx, after: int, limit: int) -> list[Checkpoint]:
    """Return checkpoints after a number, in order."""
    rows = tx.rows(
        f"SELECT {_CHECKPOINT} FROM seal_block WHERE number > :after ORDER BY number LIMIT :most",
        after=after,
        most=limit,
    )
    return [Checkpoint(*row) for row in rows]


def checkpoint(tx: Tx, number: int) -> Checkpoint | None:
    """Return one checkpoint, or None."""
    row = tx.row(f"SELECT {_CHECKPOINT} FROM seal_block WHERE number = :number", number=number)
    return None if row is None else Checkpoint(*row)


def blocks(tx: Tx, after: int, limit: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return whole blocks with their leaves, in order."""
    names = ", ".join(f"b.{name}" for name in _BLOCK)
    return tx.rows(
        f"SELECT {names}, l.hashes, l.names FROM seal_block b LEFT JOIN seal_leaves l ON l.block = b.number "
        "WHERE b.number > :after ORDER BY b.number LIMIT :most",
        after=after,
        most=limit,
    )


def blocks_by_number(tx: Tx, numbers: Sequence[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return certain blocks with their leaves, in order."""
    names = ", ".join(f"b.{name}" for name in _BLOCK)
    return tx.rows(
        f"SELECT {names}, l.hashes, l.names FROM seal_block b LEFT JOIN seal_leaves l ON l.block = b.number "
        "WHERE b.number ANY(:numbers, bigint) ORDER BY b.number",
        numbers=list(numbers),
    )


def sealed_events(tx: Tx, first: int, last: int) -> dict[int, list[int]]:
    """Return ``block → its events by id`` for a range of blocks."""
    rows = tx.rows(
        "SELECT block, event_id FROM sealed WHERE block BETWEEN :first AND :last ORDER BY block, event_id",
        first=first,
        last=last,
    )
    found: dict[int, list[int]] = {}
    for block, event_id in rows:
        found.setdefault(block, []).append(event_id)
    return found


def blocks_of_events(tx: Tx, event_ids: Sequence[int]) -> dict[int, int]:
    """Return ``event → block`` for those that are sealed."""
    rows = tx.rows("SELECT event_id, block FROM sealed WHERE event_id ANY(:ids, bigint)", ids=list(event_ids))
    return {row[0]: row[1] for row in rows}


def nodes(tx: Tx, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return subtrees of the tree over all blocks, by (level, position)."""
    if not wanted:
        return {}
    rows = tx.rows(
        "SELECT n.level, n.position, n.hash FROM seal_node n JOIN ROWS(:rows, level integer, position bigint) r "
        "ON n.level = r.level AND n.position = r.position",
        rows=list(wanted),
    )
    return {(row[0], row[1]): bytes(row[2]) for row in rows}


def insert_block(tx: Tx, made: Checkpoint, counts: str, seed: bytes, hashes: bytes, names: bytes) -> None:
    """Append a block."""
    tx.conn.execute(seal_block.insert().values(**made.columns(), counts=counts, seed=seed))
    tx.conn.execute(seal_leaves.insert().values(block=made.number, hashes=hashes, names=names))


def insert_nodes(tx: Tx, made: Sequence[tuple[int, int, bytes]]) -> None:
    """Append the subtrees that a block completes."""
    tx.insert(seal_node, ("level", "position", "hash"), made)


def move_events(tx: Tx, event_ids: Sequence[int], block: int) -> int:
    """Take events out of the outbox into a block; return how many were there."""
    done = tx.run("DELETE FROM unsealed WHERE event_id ANY(:ids, bigint)", ids=list(event_ids))
    tx.insert(sealed, ("event_id", "block"), [(event_id, block) for event_id in event_ids])
    return done.rowcount


def keys(tx: Tx) -> dict[str, int]:
    """Return the public keys with the time since which each signs."""
    return {row[0]: row[1] for row in tx.rows("SELECT key, since FROM seal_key")}


def insert_key(tx: Tx, key: str, since: int) -> None:
    """Note a public key."""
    tx.run("INSERT INTO seal_key (key, since) VALUES (:key, :since) ON CONFLICT DO NOTHING", key=key, since=since)


def last_published(tx: Tx, channel: str) -> tuple[int, int]:
    """Return number and time of what was sent last; zeros before the first."""
    row = tx.row(
        "SELECT number, at FROM seal_published WHERE channel = :channel ORDER BY number DESC LIMIT 1", channel=channel
    )
    return (0, 0) if row is None else (row[0], row[1])


def note_published(tx: Tx, number: int, channel: str, at: int, answer: bytes) -> None:
    """Note that a checkpoint was sent."""
    tx.conn.execute(seal_published.insert().values(number=number, channel=channel, at=at, answer=answer))


def totals(tx: Tx) -> tuple[int, int]:
    """Return the number of blocks and of leaves in them."""
    row = tx.row("SELECT count(*), coalesce(sum(leaves), 0) FROM seal_block")
    return (0, 0) if row is None else (int(row[0]), int(row[1]))
