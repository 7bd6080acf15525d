"""``trace``: 1,111 things down and 10,000 up, among many items that have parts of their own."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.figure import Figure, figure
from bench.load import code, furnish, pour
from bench.place import fresh, raw
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.batches.store import batch
from mazhi.kernel.genealogy.service import Question

SIZES = (100_000, 10_000_000)
TRIES = 30
LEVELS = (10, 100, 1_000)
USED = 10_000
ASKED = Question(limit=1_000)
_EDGE = "(parent_id, child_kind, child_id, since_event, until_event, quantity, since_at, until_at)"


def run(engine: str, *, sizes: tuple[int, ...] = SIZES) -> Iterator[Figure]:
    """Measure, and yield the figures; half of the items have a part, besides what is traced."""
    for size in sizes:
        with fresh(engine) as (system, url):
            product_id, place_id = furnish(system)
            pour(url, product_id, place_id, size)
            now = clock.now()
            with system.db.write() as tx:
                tx.conn.execute(batch.insert().values(code="PB", product_id=product_id, created_at=now, updated_at=now))
            _bind(url, size)
            works: dict[str, tuple[Callable[[], Any], Callable[[], Any]]] = {
                "1,111 down": (lambda: system.genealogy.of_item(SYSTEM, code(0), ASKED), _floor(url, "down")),
                "10,000 up": (lambda: system.genealogy.of_batch(SYSTEM, "PB", ASKED), _floor(url, "up")),
            }
            assert works["1,111 down"][0]()["total"] == 1 + sum(LEVELS)
            assert works["10,000 up"][0]()["total"] == 1 + USED
            for name, (ours, floor) in works.items():
                yield figure(
                    "trace", f"{name} at {size}", _median(ours), "ms", floor=_median(floor), engine=engine, rows=size
                )


def _median(work: Callable[[], Any]) -> float:
    times = []
    for _ in range(TRIES):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _bind(url: str, size: int) -> None:
    """Write the edges: a tree of four levels, a batch in many items, and one part each for the second half."""
    half = size // 2
    rows = [(1 + (child - 2) // 10, "item", child) for child in range(2, 2 + sum(LEVELS))]
    rows += [(parent, "batch", 1) for parent in range(20_001, 20_001 + USED)]
    conn = raw(url)
    sqlite = url.startswith("sqlite")
    if sqlite:
        conn.execute("BEGIN IMMEDIATE")
    mark = "?" if sqlite else "%s"
    for table in ("part_of", "part_in"):
        values = f"({mark}, {mark}, {mark}, 1, NULL, 1000000, 0, NULL)"
        conn.cursor().executemany(f"INSERT INTO {table} {_EDGE} VALUES {values}", rows)
        conn.execute(
            f"INSERT INTO {table} {_EDGE} SELECT id - {half // 2}, 'item', id, 1, NULL, 1000000, 0, NULL FROM item "
            f"WHERE id > {size - half // 2} ORDER BY id"
        )
    conn.execute("COMMIT") if sqlite else conn.commit()
    if not sqlite:
        conn.autocommit = True
    conn.execute("ANALYZE")
    conn.close()


def _floor(url: str, direction: str) -> Callable[[], Any]:
    """Do the same with the bare driver: the edges level by level, and the items they lead to."""
    conn = raw(url)
    sqlite = url.startswith("sqlite")
    among = "IN (SELECT value FROM json_each(?))" if sqlite else "= ANY(%s)"

    def ask(query: str, ids: list[int]) -> list[Any]:
        return list(conn.execute(query.format(among), (json.dumps(ids) if sqlite else ids,)).fetchall())

    def down() -> list[Any]:
        level, found = [1], [1]
        while level:
            edges = ask("SELECT parent_id, child_id FROM part_of WHERE parent_id {} AND until_event IS NULL", level)
            level = [row[1] for row in edges]
            found += level
        return ask("SELECT * FROM item WHERE id {}", found[:1_000])

    def up() -> list[Any]:
        query = "SELECT parent_id FROM part_in WHERE child_kind = 'batch' AND child_id {} AND until_event IS NULL"
        level = [row[0] for row in ask(query, [1])]
        ask("SELECT state, count(*) FROM item WHERE id {} GROUP BY state", level)
        ask(query.replace("batch", "item"), level)
        return ask("SELECT * FROM item WHERE id {}", level[:1_000])

    return down if direction == "down" else up
