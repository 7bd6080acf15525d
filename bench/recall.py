"""``recall``: the scope of a recall by batch, time of making, and component, and how long until all of it is held.

Every tenth unit contains a part of the bad batch, so a scope is closed over the genealogy, not just selected.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from bench.figure import Figure, figure
from bench.load import CHUNK, code, furnish
from bench.place import fresh, raw
from mazhi.bootstrap import System
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.batches.store import batch
from mazhi.kernel.making.birth import Births, bear
from mazhi.kernel.posting.model import NEW
from mazhi.kernel.posting.writing import Stamp
from mazhi.kernel.recalls.model import OpenRequest

COUNT = 1_000_000
EVERY = 10
"""One unit in so many has a part of the batch inside."""
YEAR = 365 * clock.MICROS_PER_DAY


def run(engine: str, *, count: int = COUNT) -> Iterator[Figure]:
    """Measure, and yield the figures."""
    with fresh(engine) as (system, url):
        product_id, place_id = furnish(system)
        part = _load(system, url, product_id, place_id, count)
        floor = _floor(url)
        now = clock.now()
        window = {"product": "WM", "from": clock.to_text(now - YEAR), "to": clock.to_text(now + YEAR)}
        for name, criterion in (("batch", {"batch": "BAD"}), ("window", window), ("component", {"component": part})):
            start = time.perf_counter()
            seen = system.recalls.preview(SYSTEM, {"any": [criterion]})
            seconds = time.perf_counter() - start
            yield figure(
                "recall", f"seen by {name} ({seen['total']})", seconds, "s", floor=None, engine=engine, rows=count
            )
            request = OpenRequest(name, {"any": [criterion]}, mock=True, confirmed=True)
            start = time.perf_counter()
            opened = system.recalls.open(SYSTEM, request)
            seconds = time.perf_counter() - start
            yield figure(
                "recall", f"scope frozen by {name} ({opened['total']})", seconds, "s",
                floor=floor if name != "component" else None, engine=engine, rows=count,
            )  # fmt: skip
        start = time.perf_counter()
        opened = system.recalls.open(SYSTEM, OpenRequest("held", {"any": [{"batch": "BAD"}]}, confirmed=True))
        system.jobs.run_pending()
        seconds = time.perf_counter() - start
        held = system.recalls.reading.get(SYSTEM, opened["id"])["clock"]["held"]
        assert held is not None
        yield figure("recall", f"held ({opened['total']})", seconds, "s", floor=None, engine=engine, rows=count)


def _load(system: System, url: str, product_id: int, place_id: int, count: int) -> str:
    """Let units and parts of the bad batch be born, and put the parts into units; return the code of one part."""
    now = clock.now()
    with system.db.write() as tx:
        batch_id = tx.conn.execute(
            batch.insert()
            .values(code="BAD", product_id=product_id, created_at=now, updated_at=now)
            .returning(batch.c.id)
        ).scalar_one()
    parts = count // EVERY
    units = _bear(system, 0, count - parts, NEW._replace(product_id=product_id, place_id=place_id, state="in_stock"))
    # Of the batch: the parts inside, and as many units again as make the scope what its name says.
    inside = _bear(
        system, count, parts, NEW._replace(product_id=product_id, batch_id=batch_id, state="built_in", place_id=0)
    )
    conn = raw(url)
    (event_id,) = system.event_ids.take(1)
    conn.execute(f"UPDATE item SET batch_id = {batch_id} WHERE id >= {units + parts} AND id < {units + count - parts}")
    for table in ("part_of", "part_in"):
        conn.execute(
            f"INSERT INTO {table} (parent_id, child_kind, child_id, since_event, quantity, since_at) "
            f"SELECT id - {inside} + {units}, 'item', id, {event_id}, 1000000, {now} FROM item "
            f"WHERE id >= {inside} AND id < {inside + parts}"
        )
    conn.execute(f"UPDATE item SET parent_id = id - {inside} + {units} WHERE id >= {inside} AND id < {inside + parts}")
    conn.commit()
    if not url.startswith("sqlite"):
        conn.autocommit = True
    conn.execute("ANALYZE")
    conn.close()
    return code(count)


def _bear(system: System, first: int, count: int, facts: Any) -> int:
    """Let items be born and return the id of the first of them."""
    found = 0
    for start in range(0, count, CHUNK):
        size = min(CHUNK, count - start)
        (event_id,) = system.event_ids.take(1)
        ids = system.item_ids.take(size)
        now = clock.now()
        births = Births(ids, [code(first + start + number) for number in range(size)], facts)
        with system.db.write() as tx:
            bear(tx, Stamp(event_id, "commission", now, now, SYSTEM.name, "", "", "", ""), births)
        found = found or ids[0]
    return found


def _floor(url: str) -> float:
    """Write the ids of as many pieces down with the bare driver, in one statement, and nothing else."""
    conn = raw(url)
    conn.execute("CREATE TABLE floor_scope (item_id bigint PRIMARY KEY, code text, state text, place_id bigint)")
    conn.commit()
    start = time.perf_counter()
    conn.execute("INSERT INTO floor_scope SELECT id, code, state, place_id FROM item")
    conn.commit()
    seconds = time.perf_counter() - start
    conn.execute("DROP TABLE floor_scope")
    conn.commit()
    conn.close()
    return seconds
