"""Every statement about edges: what is inside what. Each edge is kept twice, by parent and by child.

An edge is opened by one event and closed by another; nothing else of it ever changes. ``since_at`` and ``until_at``
say when that happened in the world: an edge whose opening was taken back has ``until_at = since_at`` and so held at
no moment at all; every other edge that was closed held for a microsecond at least.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Column, Index, Row, Table, text

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

EdgeRow = tuple[int, str, int, int, int | None, int, int, int | None]
"""An edge without its names; where there are thousands, making them takes longer than finding them."""
_COLUMNS = ", ".join(Edge._fields)
_TABLES = (part_of, part_in)


def open_edges(tx: Tx, edges: Iterable[Edge]) -> None:
    """Write new edges, in both directions."""
    rows = [tuple(edge) for edge in sorted(edges)]
    for table in _TABLES:
        tx.insert(table, Edge._fields, rows)


def close_items(tx: Tx, pairs: Iterable[tuple[int, int]], event: int, at: int | None) -> None:
    """Close the open edges of these pairs of parent and item; ``at`` None: as if they had never been."""
    _close(tx, {"parent_id": "bigint", "child_id": "bigint"}, sorted(pairs), f"child_kind = '{ITEM}'", event, at)


def close_edges(tx: Tx, edges: Iterable[Edge], event: int, at: int | None) -> None:
    """Close these very edges; ``at`` None: as if they had never been."""
    rows = [(edge.parent_id, edge.child_kind, edge.child_id, edge.since_event) for edge in edges]
    kinds = {"parent_id": "bigint", "child_kind": "text", "child_id": "bigint", "since_event": "bigint"}
    _close(tx, kinds, rows, "1 = 1", event, at)


def _close(
    tx: Tx, key: Mapping[str, str], rows: Sequence[tuple[Any, ...]], where: str, event: int, at: int | None
) -> None:
    """Close the open edges with these keys; every one of them must be there."""
    if not rows:
        return
    until = "since_at" if at is None else "CASE WHEN since_at < :at THEN :at ELSE since_at + 1 END"
    values = {"event": event} if at is None else {"event": event, "at": at}
    for table in _TABLES:
        name = table.name
        change = f"UPDATE {name} SET until_event = :event, until_at = {until}"
        if tx.dialect == "sqlite":
            # Its planner would go through the whole table for a list of keys.
            named = " AND ".join(f"{column} = :{column}" for column in key)
            cursor = tx.conn.connection.cursor()
            cursor.executemany(
                f"{change} WHERE {named} AND {where} AND until_event IS NULL",
                [values | dict(zip(key, row, strict=True)) for row in rows],
            )
            done = cursor.rowcount
            cursor.close()
        else:
            columns = ", ".join(f"{column} {kind}" for column, kind in key.items())
            named = " AND ".join(f"{name}.{column} = r.{column}" for column in key)
            done = tx.run(
                f"{change} FROM ROWS(:rows, {columns}) r WHERE {named} AND {where.replace('child_', f'{name}.child_')} "
                f"AND {name}.until_event IS NULL",
                rows=list(rows),
                **values,
            ).rowcount
        if done != len(rows):
            raise RuntimeError(f"{len(rows)} open edges to close, {done} of them found in {name}")


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


# A correction took back that the edge was opened. Items: for this very item; quantities: for the unit, and only if the
# event put them in, since what an event leaves behind after taking some out was there all the same.
_TAKEN_BACK = f"""
    EXISTS (SELECT 1 FROM event c JOIN history h ON h.event_id = c.id
            AND h.item_id = CASE WHEN e.child_kind = '{ITEM}' THEN e.child_id ELSE e.parent_id END
            WHERE c.corrects = e.since_event AND (e.child_kind = '{ITEM}' OR EXISTS (
                SELECT 1 FROM event o WHERE o.id = e.since_event AND o.operation IN ('assemble', 'install', 'swap'))))
"""
NOW = "e.until_event IS NULL"
"""The condition on an edge ``e`` that it holds now."""
EVER = f"(e.until_at IS NULL OR (e.until_at > e.since_at AND NOT {_TAKEN_BACK}))"
"""The condition on an edge ``e`` that it holds or held, and no correction said otherwise."""
THEN = f"(e.since_at <= :at AND (e.until_at IS NULL OR e.until_at > :at) AND {EVER})"
"""The condition on an edge ``e`` that it held at the moment ``:at``."""
_E = ", ".join(f"e.{name}" for name in Edge._fields)


def edges_down(tx: Tx, parent_ids: Iterable[int], condition: str, at: int | None) -> list[EdgeRow]:
    """Return the edges from these items to what is directly inside them."""
    rows: list[EdgeRow] = tx.tuples(
        f"SELECT {_E} FROM part_of e WHERE e.parent_id ANY(:ids, bigint) AND {condition}",
        ids=sorted(parent_ids),
        **({} if at is None else {"at": at}),
    )
    return rows


def edges_up(tx: Tx, kind: str, child_ids: Iterable[int], condition: str, at: int | None) -> list[EdgeRow]:
    """Return the edges from these children, all of one kind, to what they are directly inside of."""
    rows: list[EdgeRow] = tx.tuples(
        f"SELECT {_E} FROM part_in e WHERE e.child_kind = :kind AND e.child_id ANY(:ids, bigint) AND {condition}",
        kind=kind,
        ids=sorted(child_ids),
        **({} if at is None else {"at": at}),
    )
    return rows


def parents(tx: Tx, kind: str, child_ids: Iterable[int], condition: str) -> set[int]:
    """Return the ids of what these children, all of one kind, are directly inside of."""
    rows = tx.rows(
        f"SELECT DISTINCT e.parent_id FROM part_in e WHERE e.child_kind = :kind AND e.child_id ANY(:ids, bigint) "
        f"AND {condition}",
        kind=kind,
        ids=sorted(child_ids),
    )
    return {row[0] for row in rows}


def items_of_batch(tx: Tx, batch_id: int) -> list[int]:
    """Return the ids of the single items of a batch; voided ones are none."""
    rows = tx.rows("SELECT id FROM item WHERE batch_id = :id AND state <> '' ORDER BY id", id=batch_id)
    return [row[0] for row in rows]


class Shown(NamedTuple):
    """What a trace shows of an item."""

    id: int
    kind: str
    code: str
    product_id: int
    batch_id: int
    state: str
    quality: str
    marks: str
    place_id: int


def facts(tx: Tx, item_ids: Iterable[int]) -> dict[int, Shown]:
    """Return what a trace shows of items, by id."""
    rows = tx.tuples(
        f"SELECT {', '.join(Shown._fields)} FROM item WHERE id ANY(:ids, bigint)",
        ids=sorted(item_ids),
    )
    return {row[0]: Shown._make(row) for row in rows}


def stood(tx: Tx, item_ids: Iterable[int], at: int) -> dict[int, tuple[str, int]]:
    """Return ``item id → (state, place id)`` as of a moment; what was not born then is missing."""
    rows = tx.tuples(
        "SELECT h.item_id, h.to_state, h.to_place FROM history h WHERE h.item_id ANY(:ids, bigint) "
        "AND h.occurred_at <= :at AND NOT EXISTS (SELECT 1 FROM history n WHERE n.item_id = h.item_id "
        "AND n.occurred_at <= :at AND (n.occurred_at > h.occurred_at OR (n.occurred_at = h.occurred_at "
        "AND n.seq > h.seq)))",
        ids=sorted(item_ids),
        at=at,
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def by_state(tx: Tx, item_ids: Iterable[int]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Count items by product and state."""
    return tx.rows(
        "SELECT product_id, state, count(*) AS pieces FROM item WHERE id ANY(:ids, bigint) AND kind <> 'package' "
        "GROUP BY product_id, state ORDER BY product_id, state",
        ids=sorted(item_ids),
    )


def balances(tx: Tx, product_id: int, batch_id: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the quantities of a batch (or of a product without batches) by state and place."""
    return tx.rows(
        "SELECT state, place_id, sum(quantity) AS quantity FROM stock WHERE product_id = :product "
        "AND batch_id = :batch AND slot = 0 GROUP BY state, place_id HAVING sum(quantity) <> 0 "
        "ORDER BY state, place_id",
        product=product_id,
        batch=batch_id,
    )


def products_of_batches(tx: Tx, batch_ids: Iterable[int]) -> dict[int, int]:
    """Return the product of each of these batches."""
    wanted = sorted(batch_ids)
    if not wanted:
        return {}
    rows = tx.rows("SELECT id, product_id FROM batch WHERE id ANY(:ids, bigint)", ids=wanted)
    return {row[0]: row[1] for row in rows}
