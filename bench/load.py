"""Filling a database with many items the fastest way, past the services, so that size can be varied."""

from __future__ import annotations

import time

from bench.place import raw
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


ROWS_EACH = 3
"""So many history rows each item gets from ``pour``: born, picked, put back."""
_POUR = 1_000_000
_STEPS = (("commission", "", "in_stock", 0), ("pick", "in_stock", "picked", 1), ("putaway", "picked", "in_stock", 1))


def pour(url: str, product_id: int, place_id: int, count: int) -> float:
    """Let the database itself write ``count`` items with three history rows each; return the seconds it took.

    Rows are in the order of their keys and one event stands for a million of them; nothing is checked, so this is
    for look-ups only.
    """
    conn = raw(url)
    numbers = (
        "WITH RECURSIVE n(i) AS (SELECT {0} UNION ALL SELECT i + 1 FROM n WHERE i < {1}) "
        if url.startswith("sqlite")
        else "WITH n(i) AS (SELECT generate_series({0}, {1})) "
    )
    digits = "printf('%09d', i - 1)" if url.startswith("sqlite") else "lpad((i - 1)::text, 9, '0')"
    now = clock.now()
    start = time.perf_counter()
    for first in range(1, count + 1, _POUR):
        series = numbers.format(first, min(count, first + _POUR - 1))
        if url.startswith("sqlite"):
            conn.execute("BEGIN IMMEDIATE")
        for statement in (
            "INSERT INTO item (id, code, kind, product_id, batch_id, state, quality, owner_id, marks, holder_id, "
            f"place_id, place_since, state_since, seq, version) {series} SELECT i, 'SN' || {digits}, 'serial', "
            f"{product_id}, 0, 'in_stock', 'released', 0, '', 0, {place_id}, {now}, {now}, {ROWS_EACH}, 1 FROM n",
            f"INSERT INTO identifier (value, namespace, item_id) {series} SELECT 'SN' || {digits}, 'own', i FROM n",
        ):
            conn.execute(statement)
        values = ", ".join(
            f"({seq}, '{operation}', '{old}', '{new}', {place_id if inside else 0})"
            for seq, (operation, old, new, inside) in enumerate(_STEPS, 1)
        )
        steps = f", s(seq, operation, old, new, place) AS (VALUES {values})"
        conn.execute(
            "INSERT INTO history (item_id, seq, event_id, operation, occurred_at, recorded_at, actor, from_state, "
            f"to_state, from_place, to_place) {series.rstrip()} {steps} SELECT i, s.seq, {first} * 4 + s.seq, "
            f"s.operation, {now}, {now}, 'system', s.old, s.new, s.place, {place_id} FROM n, s ORDER BY i, s.seq"
        )
        for seq, (operation, *_) in enumerate(_STEPS, 1):
            conn.execute(
                "INSERT INTO event (id, operation, occurred_at, recorded_at, actor) "
                f"VALUES ({first * 4 + seq}, '{operation}', {now}, {now}, 'system')"
            )
        conn.execute("COMMIT") if url.startswith("sqlite") else conn.commit()
    if not url.startswith("sqlite"):
        conn.autocommit = True
    conn.execute("ANALYZE")
    seconds = time.perf_counter() - start
    if not url.startswith("sqlite"):
        # What follows measures a database at rest, not the server writing the load's pages behind it.
        conn.execute("VACUUM")
        conn.execute("CHECKPOINT")
    conn.close()
    return seconds
