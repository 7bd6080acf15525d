"""The statements that compare a scope with production dates."""

from __future__ import annotations

from mazhi.kernel.db import Tx
from mazhi.kernel.recalls import store

_BORN = "JOIN history h ON h.item_id = r.item_id AND h.seq = 1"
# Affected while it was made: named itself, or a part that makes it so was assembled into it, not fitted later.
_FROM_THE_START = """(
    r.cause = r.item_id OR EXISTS (
        SELECT 1 FROM part_of e JOIN event v ON v.id = e.since_event
        WHERE e.parent_id = r.item_id AND v.operation = 'assemble' AND (
            (e.child_kind = 'item' AND EXISTS (
                SELECT 1 FROM recall_item c WHERE c.recall_id = r.recall_id AND c.item_id = e.child_id))
            OR (e.child_kind = 'batch' AND e.child_id = -r.cause))
    )
)"""


def made_between(tx: Tx, recall_id: int) -> list[tuple[int, int, int, int]]:
    """Return, per product, the first and last birth of units affected from the start, and how many units there are.

    Where every unit was made affected later, all of them count.
    """
    counts = {
        row[0]: int(row[1])
        for row in tx.rows(
            "SELECT product_id, count(*) FROM recall_item WHERE recall_id = :id AND role = 'unit' GROUP BY product_id",
            id=recall_id,
        )
    }
    spans: dict[int, tuple[int, int]] = {}
    for condition in (_FROM_THE_START, "1 = 1"):
        for row in tx.rows(
            f"SELECT r.product_id, min(h.occurred_at), max(h.occurred_at) FROM recall_item r {_BORN} "
            f"WHERE r.recall_id = :id AND r.role = 'unit' AND {condition} GROUP BY r.product_id",
            id=recall_id,
        ):
            spans.setdefault(row[0], (row[1], row[2]))
        if len(spans) == len(counts):
            break
    return [(product_id, *spans[product_id], counts[product_id]) for product_id in sorted(spans)]


def made_in(tx: Tx, recall_id: int, product_id: int, start: int, end: int) -> tuple[int, int]:
    """Count the pieces of a product made in a span of time, and those of them that are units of the recall."""
    row = tx.row(
        "SELECT count(*), count(r.item_id) FROM history h JOIN item i ON i.id = h.item_id "
        "LEFT JOIN recall_item r ON r.recall_id = :id AND r.item_id = i.id AND r.role = 'unit' "
        "WHERE h.event_id ANY(:events, bigint) AND h.seq = 1 AND i.product_id = :product AND i.state <> ''",
        id=recall_id,
        events=store.births_between(tx, start, end),
        product=product_id,
    )
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def missed(tx: Tx, recall_id: int, product_id: int, start: int, end: int, limit: int) -> list[str]:
    """Return the codes of units that were not made in a span of time."""
    rows = tx.rows(
        f"SELECT i.code FROM recall_item r {_BORN} JOIN item i ON i.id = r.item_id "
        "WHERE r.recall_id = :id AND r.role = 'unit' AND r.product_id = :product "
        f"AND (h.occurred_at < :start OR h.occurred_at > :stop) ORDER BY i.code LIMIT {int(limit)}",
        id=recall_id,
        product=product_id,
        start=start,
        stop=end,
    )
    return [row[0] for row in rows]
