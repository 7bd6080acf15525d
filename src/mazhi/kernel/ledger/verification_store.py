"""The statements that compare projections with the ledger; each returns only what differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from mazhi.kernel.db import Tx

CHECKS: dict[str, str] = {
    # The item's row must be what its last history row says.
    "item_differs": """
        SELECT i.code AS subject, i.seq AS seq, i.state AS item_state, h.to_state AS history_state,
               i.place_id AS item_place, h.to_place AS history_place
        FROM item i LEFT JOIN history h ON h.item_id = i.id AND h.seq = i.seq
        WHERE h.item_id IS NULL OR h.to_state <> i.state OR h.to_place <> i.place_id
        ORDER BY i.id LIMIT :most
    """,
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


def changing_rows(tx: Tx) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the rows with changes, by item and seq, beside what the items are now.

    Items that are as they were born and never changed are left out on both sides.
    """
    now = ", ".join(f"i.{name} AS now_{name}" for name in BORN)
    return tx.run(
        f"""
        SELECT i.id, i.code, {now}, h.seq, h.data FROM item i
        LEFT JOIN history h ON h.item_id = i.id AND h.data <> ''
        WHERE h.item_id IS NOT NULL OR i.quality <> 'released' OR i.owner_id <> 0 OR i.marks <> ''
           OR i.holder_id <> 0 OR i.parent_id IS NOT NULL OR i.warranty_start IS NOT NULL
        ORDER BY i.id, h.seq
        """
    )  # type: ignore[return-value]
