"""Every statement about edges: what is inside what. Each edge is kept twice, by parent and by child.

An edge is opened by one event and closed by another; nothing else of it ever changes. ``since_at`` and ``until_at``
say when that happened in the world: an edge whose opening was taken back has ``until_at = since_at`` and so held at
no moment at all; every other edge that was closed held for a microsecond at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import BigInteger, Column, Index, Table, text

from mazhi.kernel.db import Key, Tx, metadata
from mazhi.kernel.genealogy.model import ITEM, Edge

part_of = Table(
    "part_of",
    metadata,
    Column("parent_id", BigInteger, primary_key=True, autoincrement=False),
    Column("child_kind", Key, primary_key=True),
    Column("child_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since_event", BigInteger, primary_key=True, autoincrement=False),
    Column("until_event", BigInteger),
    Column("quantity", BigInteger, nullable=False),  # millionths; 1,000,000 for an item
    Column("since_at", BigInteger, nullable=False),
    Column("until_at", BigInteger),
    # What an event opened and what it closed, when it is sealed.
    Index("part_of_since", "since_event"),
    Index(
        "part_of_until",
        "until_event",
        sqlite_where=text("until_event IS NOT NULL"),
        postgresql_where=text("until_event IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)

part_in = Table(
    "part_in",
    metadata,
    Column("child_kind", Key, primary_key=True),
    Column("child_id", BigInteger, primary_key=True, autoincrement=False),
    Column("parent_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since_event", BigInteger, primary_key=True, autoincrement=False),
    Column("until_event", BigInteger),
    Column("quantity", BigInteger, nullable=False),
    Column("since_at", BigInteger, nullable=False),
    Column("until_at", BigInteger),
    # One open parent per item, held by the database.
    Index(
        "part_in_open",
        "child_id",
        unique=True,
        sqlite_where=text("child_kind = 'item' AND until_event IS NULL"),
        postgresql_where=text("child_kind = 'item' AND until_event IS NULL"),
    ),
    sqlite_with_rowid=False,
)

_COLUMNS = ", ".join(Edge._fields)
_TABLES = (part_of, part_in)


def open_edges(tx: Tx, edges: Iterable[Edge]) -> None:
    """Write new edges, in both directions."""
    rows = [tuple(edge) for edge in sorted(edges)]
    for table in _TABLES:
        tx.insert(table, Edge._fields, rows)


def close_items(tx: Tx, pairs: Iterable[tuple[int, int]], event: int, at: int | None) -> None:
    """Close the open edges of these pairs of parent and item; ``at`` None: as if they had never been."""
    rows = sorted(pairs)
    until = "since_at" if at is None else "CASE WHEN since_at < :at THEN :at ELSE since_at + 1 END"
    for table in _TABLES:
        name = table.name
        done = tx.run(
            f"UPDATE {name} SET until_event = :event, until_at = {until} "
            f"FROM ROWS(:rows, parent bigint, child bigint) r WHERE {name}.parent_id = r.parent "
            f"AND {name}.child_kind = '{ITEM}' AND {name}.child_id = r.child AND {name}.until_event IS NULL",
            rows=rows,
            event=event,
            **({} if at is None else {"at": at}),
        )
        if done.rowcount != len(rows):
            raise RuntimeError(f"{len(rows)} open edges to close, {done.rowcount} of them found in {name}")


def close_edges(tx: Tx, edges: Iterable[Edge], event: int, at: int | None) -> None:
    """Close these very edges; ``at`` None: as if they had never been."""
    rows = [(edge.parent_id, edge.child_kind, edge.child_id, edge.since_event) for edge in edges]
    if not rows:
        return
    until = "since_at" if at is None else "CASE WHEN since_at < :at THEN :at ELSE since_at + 1 END"
    for table in _TABLES:
        name = table.name
        tx.run(
            f"UPDATE {name} SET until_event = :event, until_at = {until} "
            f"FROM ROWS(:rows, parent bigint, kind text, child bigint, since bigint) r "
            f"WHERE {name}.parent_id = r.parent AND {name}.child_kind = r.kind AND {name}.child_id = r.child "
            f"AND {name}.since_event = r.since AND {name}.until_event IS NULL",
            rows=rows,
            event=event,
            **({} if at is None else {"at": at}),
        )


def ended_by(tx: Tx, item_ids: Iterable[int], event: int) -> dict[int, int]:
    """Return when the edges that an event closed ended, by item."""
    rows = tx.rows(
        f"SELECT child_id, until_at FROM part_in WHERE child_kind = '{ITEM}' AND child_id ANY(:ids, bigint) "
        "AND until_event = :event",
        ids=sorted(item_ids),
        event=event,
    )
    return {row[0]: row[1] for row in rows}


def quantities_in(tx: Tx, parent_ids: Iterable[int], event: int | None = None) -> list[Edge]:
    """Return the edges of quantities that are open, and those that an event opened or closed, by parent."""
    rows = tx.rows(
        f"SELECT {_COLUMNS} FROM part_of WHERE parent_id ANY(:ids, bigint) AND child_kind <> '{ITEM}' "
        "AND (until_event IS NULL OR until_event = :event OR since_event = :event)",
        ids=sorted(parent_ids),
        event=event,
    )
    return [Edge._make(row) for row in rows]


def parts_of(tx: Tx, parent_id: int) -> list[int]:
    """Return the ids of the items directly inside an item."""
    rows = tx.rows("SELECT id FROM item WHERE parent_id = :id ORDER BY id", id=parent_id)
    return [row[0] for row in rows]


def filled(tx: Tx, package_ids: Sequence[int]) -> set[int]:
    """Return those of these packages that something is inside of."""
    rows = tx.rows("SELECT DISTINCT parent_id FROM item WHERE parent_id ANY(:ids, bigint)", ids=sorted(package_ids))
    return {row[0] for row in rows}


def around(tx: Tx, item_id: int) -> list[int]:
    """Return what an item is inside of now, the innermost first; a step up is one look-up."""
    found: list[int] = []
    here: int | None = item_id
    while here is not None:
        here = tx.scalar("SELECT parent_id FROM item WHERE id = :id", id=here)
        if here is not None:
            found.append(here)
    return found
