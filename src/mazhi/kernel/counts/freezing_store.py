"""What stands in the places of a session, frozen when it opens: a statement for pieces and one for quantities."""

from __future__ import annotations

from collections.abc import Collection

from mazhi.kernel.counts.model import GONE
from mazhi.kernel.db import Tx

LOCK = 0x6D7A_0003
"""The advisory lock of who opens sessions on PostgreSQL; any number that nothing else uses."""

STANDING = "NOT IN (" + ", ".join(f"'{state}'" for state in GONE) + ")"
_FEW = "JOIN count_product w ON w.session_id = :id AND w.product_id = {product} "


def lock_opening(tx: Tx) -> None:
    """Let nobody else open a session until this transaction ends, so that two do not overlap unseen."""
    if tx.dialect == "postgresql":
        tx.run("SELECT pg_advisory_xact_lock(:key)", key=LOCK)


def freeze(tx: Tx, session_id: int, tracking: Collection[str], *, few: bool) -> int:
    """Freeze what stands there, ``few``: of the products named only; return how many pieces and quantities."""
    pieces = quantities = 0
    if "serial" in tracking:
        only = _FEW.format(product="i.product_id") if few else ""
        pieces = tx.run(
            "INSERT INTO count_expected (session_id, item_id, product_id, batch_id, place_id, state, seq) "
            "SELECT :id, i.id, i.product_id, i.batch_id, i.place_id, i.state, i.seq FROM item i "
            f"JOIN count_place c ON c.session_id = :id AND c.place_id = i.place_id {only}"
            f"WHERE i.kind = 'serial' AND i.product_id > 0 AND i.state {STANDING}",
            id=session_id,
        ).rowcount
    only = _FEW.format(product="s.product_id") if few else ""
    quantities = tx.run(
        "INSERT INTO count_book (session_id, place_id, product_id, batch_id, quantity) "
        "SELECT :id, s.place_id, s.product_id, s.batch_id, sum(s.quantity) FROM stock s "
        f"JOIN count_place c ON c.session_id = :id AND c.place_id = s.place_id {only}"
        "JOIN product p ON p.id = s.product_id AND p.tracking ANY(:tracking, text) "
        f"WHERE s.slot = 0 AND s.state {STANDING} "
        "GROUP BY s.place_id, s.product_id, s.batch_id HAVING sum(s.quantity) <> 0",
        id=session_id,
        tracking=sorted(tracking),
    ).rowcount
    return int(pieces + quantities)
