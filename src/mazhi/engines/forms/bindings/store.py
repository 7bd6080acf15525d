"""Every statement about items that are bound together."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mazhi.kernel.db import Tx


def parts(tx: Tx, ids: Collection[int]) -> dict[int, Any]:
    """Return items with their product and what they are inside of."""
    rows = tx.rows(
        "SELECT i.id, i.code, i.product_id, p.code AS product, p.name AS product_name, i.state, i.place_id, "
        "i.parent_id, o.code AS parent, i.marks FROM item i LEFT JOIN product p ON p.id = i.product_id "
        "LEFT JOIN item o ON o.id = i.parent_id WHERE i.id ANY(:ids, bigint)",
        ids=sorted(ids),
    )
    return {row.id: row for row in rows}


def products(tx: Tx, ids: Collection[int]) -> dict[int, Any]:
    """Return what products are called and how they are tracked."""
    rows = tx.rows("SELECT id, code, name, tracking FROM product WHERE id ANY(:ids, bigint)", ids=sorted(ids))
    return {row.id: row for row in rows}
