"""``lookup``: an item by any identifier, and a life history, from 100,000 to ten million items of three events each."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from bench.figure import Figure, figure
from bench.load import ROWS_EACH, code, furnish, pour
from bench.place import fresh, raw
from mazhi.kernel.access.model import SYSTEM

SIZES = (100_000, 1_000_000, 10_000_000)
TRIES = 3_000


def run(engine: str, *, sizes: tuple[int, ...] = SIZES) -> Iterator[Figure]:
    """Measure, and yield the figures; the load itself is one of them."""
    for size in sizes:
        with fresh(engine) as (system, url):
            furnish(system)
            seconds = pour(url, 1, 1, size)
            yield figure("lookup", f"load {size} items", seconds, "s", floor=None, engine=engine, rows=ROWS_EACH * size)
            dice = random.Random(3)
            wanted = [code(dice.randrange(size)) for _ in range(TRIES)]
            ours = {
                "identifier → item": lambda value: system.items.find(SYSTEM, value),
                "life history": lambda value: system.items.history(SYSTEM, value),
                "scan": system.scanning.read,
            }
            for name, work in ours.items():
                floor = _times(_floor(url, name), wanted)
                for share, label in ((0.5, "p50"), (0.99, "p99")):
                    yield figure(
                        "lookup", f"{name} {label} at {size}", _percentile(_times(work, wanted), share), "ms",
                        floor=_percentile(floor, share), engine=engine, rows=size,
                    )  # fmt: skip


def _times(work: Callable[[str], Any], wanted: list[str]) -> list[float]:
    for value in wanted[:200]:
        work(value)
    times = []
    for value in wanted:
        start = time.perf_counter()
        work(value)
        times.append((time.perf_counter() - start) * 1000)
    return times


def _percentile(times: list[float], share: float) -> float:
    return sorted(times)[int(share * (len(times) - 1))]


def _floor(url: str, name: str) -> Callable[[str], Any]:
    conn = raw(url)
    mark = "?" if url.startswith("sqlite") else "%s"
    found = f"(SELECT item_id FROM identifier WHERE value = {mark} LIMIT 1)"
    query = f"SELECT * FROM item WHERE id = {found}"
    if name == "life history":
        query = f"SELECT * FROM history WHERE item_id = {found} ORDER BY seq"
    return lambda value: conn.execute(query, (value,)).fetchall()
