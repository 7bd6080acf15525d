"""The statements that compare projections with the ledger; each returns only what differs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, text

from mazhi.kernel.db import Tx
from mazhi.kernel.ledger.model import HistoryRow, row_data


def _one_sided(table: str, other: str) -> str:
    """Write the query for the edges of one table that the other does not have in the same words."""
    return f"""
        SELECT a.parent_id, a.child_kind, a.child_id, a.since_event FROM {table} a LEFT JOIN {other} b
        ON b.parent_id = a.parent_id AND b.child_kind = a.child_kind AND b.child_id = a.child_id
        AND b.since_event = a.since_event
        WHERE b.parent_id IS NULL OR b.quantity <> a.quantity OR b.since_at <> a.since_at
        OR coalesce(b.until_event, 0) <> coalesce(a.until_event, 0)
        OR coalesce(b.until_at, 0) <> coalesce(a.until_at, 0)
    """


CHECKS: dict[str, str] = {
    # Rows 1 to seq must all be there.
    "rows_missing": """
        SELECT i.code AS subject, i.seq AS expected, n.rows AS found, n.last AS last
        FROM item i LEFT JOIN (
            SELECT item_id, count(*) AS rows, min(seq) AS first, max(seq) AS last FROM history GROUP BY item_id
        ) n ON n.item_id = i.id
        WHERE n.rows IS NULL OR n.rows <> i.seq OR n.first <> 1 OR n.last <> i.seq
        ORDER BY i.id LIMIT :most
    """,
    # Each row must start where the one before it ended; the first starts from nowhere.
    "broken_chain": """
        SELECT coalesce(i.code, '#' || CAST(c.item_id AS TEXT)) AS subject, c.seq AS seq, c.operation AS operation
        FROM (
            SELECT item_id, seq, operation, from_state, from_place,
                   lag(seq) OVER life AS before_seq, lag(to_state) OVER life AS before_state,
                   lag(to_place) OVER life AS before_place
            FROM history WINDOW life AS (PARTITION BY item_id ORDER BY seq)
        ) c LEFT JOIN item i ON i.id = c.item_id
        WHERE (c.before_seq IS NULL AND (c.seq <> 1 OR c.from_state <> '' OR c.from_place <> 0))
           OR (c.before_seq IS NOT NULL AND (c.seq <> c.before_seq + 1 OR c.from_state <> c.before_state
               OR c.from_place <> c.before_place))
        ORDER BY c.item_id, c.seq LIMIT :most
    """,
    # A history row belongs to an event, and both say the same of it.
    "event_differs": """
        SELECT coalesce(i.code, '#' || CAST(h.item_id AS TEXT)) AS subject, h.seq AS seq, h.event_id AS event
        FROM history h LEFT JOIN event e ON e.id = h.event_id LEFT JOIN item i ON i.id = h.item_id
        WHERE e.id IS NULL OR e.operation <> h.operation OR e.occurred_at <> h.occurred_at
           OR e.recorded_at <> h.recorded_at OR e.actor <> h.actor OR e.document <> h.document
        ORDER BY h.item_id, h.seq LIMIT :most
    """,
    # A history row belongs to an item.
    "item_missing": """
        SELECT '#' || CAST(h.item_id AS TEXT) AS subject, count(*) AS rows
        FROM history h LEFT JOIN item i ON i.id = h.item_id WHERE i.id IS NULL
        GROUP BY h.item_id ORDER BY h.item_id LIMIT :most
    """,
    # What is inside something now has an open edge to it, and an open edge leads to what is inside.
    "edge_missing": """
        SELECT i.code AS subject, i.parent_id AS parent FROM item i
        WHERE i.parent_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM part_in e WHERE e.child_kind = 'item' AND e.child_id = i.id AND e.parent_id = i.parent_id
            AND e.until_event IS NULL)
        ORDER BY i.id LIMIT :most
    """,
    "edge_astray": """
        SELECT coalesce(i.code, '#' || CAST(e.child_id AS TEXT)) AS subject, e.parent_id AS parent,
               e.since_event AS event
        FROM part_in e LEFT JOIN item i ON i.id = e.child_id
        WHERE e.child_kind = 'item' AND e.until_event IS NULL AND (i.id IS NULL OR i.parent_id IS NULL
            OR i.parent_id <> e.parent_id)
        ORDER BY e.child_id LIMIT :most
    """,
    # Both directions of an edge say the same.
    "edges_differ": f"""
        SELECT coalesce(i.code, '#' || CAST(d.parent_id AS TEXT)) AS subject, d.child_kind AS kind,
               d.child_id AS child, d.since_event AS event
        FROM ({_one_sided("part_of", "part_in")} UNION {_one_sided("part_in", "part_of")}) d
        LEFT JOIN item i ON i.id = d.parent_id
        ORDER BY d.parent_id, d.child_kind, d.child_id, d.since_event LIMIT :most
    """,
    # An item is found by its own code, and identifiers lead to items.
    "identifier_missing": """
        SELECT i.code AS subject, i.id AS id FROM item i
        WHERE NOT EXISTS (SELECT 1 FROM identifier n WHERE n.value = i.code AND n.item_id = i.id)
        ORDER BY i.id LIMIT :most
    """,
    "identifier_astray": """
        SELECT n.value AS subject, n.namespace AS namespace FROM identifier n
        WHERE NOT EXISTS (SELECT 1 FROM item i WHERE i.id = n.item_id)
        ORDER BY n.value LIMIT :most
    """,
    # The label of a roll leads to the item that it is bound to; one that is not bound leads nowhere.
    "label_astray": """
        SELECT l.code AS subject, r.code AS roll, l.state AS state FROM roll_label l JOIN roll r ON r.id = l.roll_id
        LEFT JOIN identifier n ON n.value = l.code AND n.namespace = l.namespace
        WHERE (l.state = 'bound' AND (n.item_id IS NULL OR n.item_id <> l.item_id))
           OR (l.state <> 'bound' AND n.item_id IS NOT NULL)
        ORDER BY l.code LIMIT :most
    """,
}

_KEY = "product_id, batch_id, place_id, state, quality, owner_id, blocked"
_BLOCKED = """CASE WHEN marks LIKE '%["held",%' OR marks LIKE '%["recalled",%' THEN 1 ELSE 0 END"""
_NAMES = """
    (SELECT code FROM product WHERE id = d.product_id) AS product,
    (SELECT code FROM batch WHERE id = d.batch_id) AS batch,
    (SELECT code FROM place WHERE id = d.place_id) AS place, d.state AS state
"""


def _difference(books: str, counted: str) -> str:
    """Write the statement that adds up two sides per key and returns where they differ."""
    return f"""
        SELECT {_NAMES}, d.books AS books, d.counted AS counted FROM (
            SELECT {_KEY}, sum(books) AS books, sum(counted) AS counted FROM (
                SELECT {_KEY}, quantity AS books, 0 AS counted FROM stock WHERE {books}
                UNION ALL {counted}
            ) both_sides GROUP BY {_KEY}
        ) d WHERE d.books <> d.counted ORDER BY d.product_id, d.batch_id, d.place_id, d.state LIMIT :most
    """


def _side(side: str, sign: str) -> str:
    keys = f"{side}_place_id, {side}_state, {side}_quality, {side}_owner_id, {side}_blocked"
    return f"SELECT product_id, batch_id, {keys}, 0, {sign}quantity FROM stock_move WHERE {side}_state <> ''"


STOCK_CHECKS: dict[str, str] = {
    "stock_differs": _difference(
        "slot > 0",
        f"SELECT product_id, batch_id, place_id, state, quality, owner_id, {_BLOCKED}, 0, 1000000 FROM item "
        "WHERE product_id <> 0 AND state <> ''",
    ),
    "quantity_differs": _difference("slot = 0", f"{_side('to', '')} UNION ALL {_side('from', '-')}"),
    # Quantities that are built in are inside units.
    "built_in_differs": """
        SELECT (SELECT code FROM product WHERE id = d.product_id) AS product,
               (SELECT code FROM batch WHERE id = d.batch_id) AS batch, '' AS place, 'built_in' AS state,
               d.books AS books, d.counted AS counted
        FROM (
            SELECT product_id, batch_id, sum(books) AS books, sum(counted) AS counted FROM (
                SELECT product_id, batch_id, quantity AS books, 0 AS counted FROM stock
                WHERE slot = 0 AND state = 'built_in'
                UNION ALL
                SELECT coalesce(b.product_id, e.child_id), coalesce(b.id, 0), 0, e.quantity
                FROM part_of e LEFT JOIN batch b ON e.child_kind = 'batch' AND b.id = e.child_id
                WHERE e.child_kind <> 'item' AND e.until_event IS NULL
            ) both_sides GROUP BY product_id, batch_id
        ) d WHERE d.books <> d.counted ORDER BY d.product_id, d.batch_id LIMIT :most
    """,
}

BORN: dict[str, Any] = {
    "quality": "released",
    "owner_id": 0,
    "marks": "",
    "holder_id": 0,
    "parent_id": None,
    "warranty_start": None,
    "warranty_end": None,
}
"""What an item is born with unless its first row says otherwise."""


COMPARED = (*BORN, "kind", "product_id", "batch_id", "state", "place_id", "place_since", "state_since")
"""The columns of an item that the ledger says everything about."""
_ROW = ", ".join(f"h.{name}" for name in HistoryRow._fields)


def histories_after(tx: Tx, after: int, items: int) -> list[HistoryRow]:
    """Return the whole histories of the next items after an id."""
    rows = tx.run(
        f"SELECT {_ROW} FROM history h JOIN (SELECT DISTINCT item_id FROM history WHERE item_id > :after "
        "ORDER BY item_id LIMIT :items) n ON n.item_id = h.item_id ORDER BY h.item_id, h.seq",
        after=after,
        items=items,
    )
    return [HistoryRow._make(row) for row in rows]


def born_in(tx: Tx, event_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return what all items born in these events have in common."""
    rows = tx.rows("SELECT id, data FROM event WHERE id ANY(:ids, bigint)", ids=sorted(event_ids))
    return {row[0]: row_data(row[1]).get("born", {}) for row in rows}


def items_by_ids(tx: Tx, ids: Iterable[int]) -> dict[int, Row[*tuple[Any, ...]]]:
    """Return item rows by id."""
    return {row.id: row for row in tx.rows("SELECT * FROM item WHERE id ANY(:ids, bigint)", ids=sorted(ids))}


def identifiers_by_item(tx: Tx, ids: Iterable[int]) -> dict[int, str]:
    """Return a code for each item from its identifiers, our own before foreign ones."""
    rows = tx.rows(
        "SELECT item_id, value FROM identifier WHERE item_id ANY(:ids, bigint) "
        "ORDER BY item_id, CASE WHEN namespace = 'own' THEN 1 ELSE 0 END, value",
        ids=sorted(ids),
    )
    return {row[0]: row[1] for row in rows}


def write_items(tx: Tx, rows: list[dict[str, Any]]) -> None:
    """Write item rows anew, those that are there and those that are gone."""
    names = list(rows[0])
    sets = ", ".join(f"{name} = excluded.{name}" for name in names if name not in {"id", "version"})
    tx.conn.execute(
        text(
            f"INSERT INTO item ({', '.join(names)}) VALUES ({', '.join(f':{name}' for name in names)}) "
            f"ON CONFLICT (id) DO UPDATE SET {sets}, version = item.version + 1"
        ),
        rows,
    )


def rebuild_stock(tx: Tx) -> None:
    """Count the stock anew: serial items by the items, quantities by the moves."""
    tx.run("DELETE FROM stock")
    columns = f"{_KEY}, slot, quantity"
    tx.run(
        f"INSERT INTO stock ({columns}) SELECT {_KEY}, 1, count(*) * 1000000 FROM ("
        f"SELECT product_id, batch_id, place_id, state, quality, owner_id, {_BLOCKED} AS blocked FROM item "
        f"WHERE product_id <> 0 AND state <> '') counted GROUP BY {_KEY}"
    )
    tx.run(
        f"INSERT INTO stock ({columns}) SELECT {_KEY}, 0, sum(quantity) FROM ("
        f"SELECT {_KEY}, quantity FROM ({_named_side('to')}) a "
        f"UNION ALL SELECT {_KEY}, -quantity FROM ({_named_side('from')}) b) moved GROUP BY {_KEY}"
    )


def _named_side(side: str) -> str:
    keys = ", ".join(f"{side}_{name} AS {name}" for name in ("place_id", "state", "quality", "owner_id", "blocked"))
    return f"SELECT product_id, batch_id, {keys}, quantity FROM stock_move WHERE {side}_state <> ''"
