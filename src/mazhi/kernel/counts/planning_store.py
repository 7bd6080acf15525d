"""Every statement that planning a count needs: where the books have goods, and how often products leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from mazhi.kernel.counts.freezing_store import STANDING
from mazhi.kernel.db import Tx
from mazhi.kernel.posting.kinds import operation_kinds

MOST_EVENTS = 100_000
"""So many of the latest events tell how often products leave."""


def stocked(tx: Tx, places: Collection[int], products: Collection[int]) -> set[int]:
    """Return at which of some places the books have goods: of these products, or any where none is named."""
    only, params = _of(products)
    rows = tx.tuples(
        f"SELECT place_id FROM stock WHERE place_id ANY(:places, bigint) AND state {STANDING}{only} "
        "GROUP BY place_id, product_id, batch_id HAVING sum(quantity) <> 0",
        places=sorted(places),
        **params,
    )
    return {row[0] for row in rows}


def around(tx: Tx, places: Collection[int]) -> set[int]:
    """Return which of some places hold other places: they are no bins that can be looked into."""
    rows = tx.tuples("SELECT DISTINCT parent_id FROM place WHERE parent_id ANY(:places, bigint)", places=sorted(places))
    return {row[0] for row in rows}


def products_at(tx: Tx, places: Collection[int], products: Collection[int]) -> list[int]:
    """Return which products the books have at some places, of those named or (none named) of all."""
    only, params = _of(products)
    rows = tx.tuples(
        f"SELECT DISTINCT product_id FROM stock WHERE place_id ANY(:places, bigint) AND state {STANDING} "
        f"AND quantity <> 0{only}",
        places=sorted(places),
        **params,
    )
    return sorted(row[0] for row in rows)


def times_left(tx: Tx, products: Collection[int], since: int) -> dict[int, int]:
    """Return how often products left: by how many events that use things up or give them away."""
    uses = sorted(kind.name for kind in operation_kinds if kind.use)
    events = [
        row[0]
        for row in tx.tuples(
            "SELECT id FROM event WHERE recorded_at >= :since AND operation ANY(:uses, text) "
            f"ORDER BY recorded_at DESC LIMIT {MOST_EVENTS}",
            since=since,
            uses=uses,
        )
    ]
    found: Counter[int] = Counter()
    wanted = {*products}
    pieces = (
        "SELECT DISTINCT h.event_id, i.product_id FROM history h JOIN item i ON i.id = h.item_id "
        "WHERE h.event_id ANY(:events, bigint)"
    )
    moves = "SELECT DISTINCT event_id, product_id FROM stock_move WHERE event_id ANY(:events, bigint)"
    for pair in {pair for query in (pieces, moves) for pair in tx.tuples(query, events=events)} if events else ():
        found[pair[1]] += pair[1] in wanted
    return dict(found)


def _of(products: Collection[int]) -> tuple[str, dict[str, list[int]]]:
    return (" AND product_id ANY(:products, bigint)", {"products": sorted(products)}) if products else ("", {})
