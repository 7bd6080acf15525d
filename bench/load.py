"""Filling a database with many items the fastest way, past the services, so that size can be varied."""

from __future__ import annotations

from mazhi.bootstrap import System
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.making.birth import Births, bear
from mazhi.kernel.places.store import place
from mazhi.kernel.posting.model import NEW
from mazhi.kernel.posting.writing import Stamp
from mazhi.kernel.products.store import product

CHUNK = 50_000


def furnish(system: System) -> tuple[int, int]:
    """Put in a product and a warehouse, and return their ids."""
    now = clock.now()
    with system.db.write() as tx:
        product_id = tx.conn.execute(
            product.insert()
            .values(code="WM", name="水表", tracking="serial", created_at=now, updated_at=now)
            .returning(product.c.id)
        ).scalar_one()
        place_id = tx.conn.execute(
            place.insert()
            .values(code="WH1", name="成品仓", kind="warehouse", path="/1/", created_at=now, updated_at=now)
            .returning(place.c.id)
        ).scalar_one()
    return product_id, place_id


def code(number: int) -> str:
    """Return the code of the n-th item."""
    return f"SN{number:09d}"


def fill(
    system: System, product_id: int, place_id: int, count: int, *, state: str = "in_stock", first: int = 0
) -> None:
    """Let ``count`` items be born, already in stock."""
    facts = NEW._replace(product_id=product_id, place_id=place_id, state=state)
    for start in range(first, first + count, CHUNK):
        size = min(CHUNK, first + count - start)
        (event_id,) = system.event_ids.take(1)
        ids = system.item_ids.take(size)
        now = clock.now()
        births = Births(ids, [code(number) for number in range(start, start + size)], facts)
        with system.db.write() as tx:
            bear(tx, Stamp(event_id, "commission", now, now, SYSTEM.name, "", "", "", ""), births)
