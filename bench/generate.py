"""``generate``: serials made by a rule and stored with identifier and first history row, as a job in chunks."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from bench.figure import Figure, figure
from bench.load import furnish
from bench.place import fresh, raw
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.making.model import MOST_AT_ONCE, MakeRequest

COUNT = 1_000_000
RULES = {
    "sequential": [{"kind": "constant", "value": "G"}, {"kind": "counter", "width": 9}],
    "random": [{"kind": "constant", "value": "Z"}, {"kind": "random", "length": 12}],
}


def run(engine: str, *, count: int = COUNT) -> Iterator[Figure]:
    """Measure, and yield the figures."""
    for name, segments in RULES.items():
        with fresh(engine) as (_, url):
            floor = _floor(url, name, count)
        with fresh(engine) as (system, _):
            furnish(system)
            system.codes.create(SYSTEM, {"code": "R", "name": "R", "segments": segments})
            start = time.perf_counter()
            job = system.making.make(SYSTEM, MakeRequest(product="WM", rule="R", count=count))
            assert isinstance(job, str)
            system.jobs.run_pending()
            seconds = time.perf_counter() - start
            done = system.jobs.get(SYSTEM, job)
            assert (done.state, done.done) == ("done", count), done
        yield figure("generate", f"{count} {name}", seconds, "s", floor=floor, engine=engine, rows=count)


def _floor(url: str, name: str, count: int) -> float:
    """Insert the same rows with the bare driver, in as many transactions; the codes are there already."""
    import random

    codes = [f"G{number:09d}" for number in range(count)]
    if name == "random":
        dice = random.Random(1)
        codes = [f"Z{dice.getrandbits(60):015x}"[:13] for _ in range(count)]
    conn = raw(url)
    start = time.perf_counter()
    for first in range(0, count, MOST_AT_ONCE):
        _chunk(conn, codes[first : first + MOST_AT_ONCE], first + 1, sqlite=url.startswith("sqlite"))
    seconds = time.perf_counter() - start
    conn.close()
    return seconds


_ITEM = (
    "id, code, kind, product_id, batch_id, state, quality, owner_id, marks, holder_id, place_id, parent_id, "
    "warranty_start, warranty_end, place_since, state_since, seq, version"
)


def _chunk(conn: Any, codes: list[str], first: int, *, sqlite: bool) -> None:
    now = clock.now()
    event = (first, "commission", now, now, "floor", "", "", "", "")
    pairs = list(enumerate(codes, first))
    items = [
        (i, code, "serial", 1, 0, "coded", "released", 0, "", 0, 0, None, None, None, now, now, 1, 1)
        for i, code in pairs
    ]
    identifiers = [(code, "own", i) for i, code in pairs]
    rows = [(i, 1, first, "commission", now, now, "floor", "", "", "coded", 0, 0, "") for i, _ in pairs]
    event_columns = "id, operation, occurred_at, recorded_at, actor, device, document, note, data"
    if sqlite:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute(f"INSERT INTO event ({event_columns}) VALUES ({', '.join('?' * 9)})", event)
        conn.executemany(
            "INSERT INTO identifier (value, namespace, item_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", identifiers
        )
        conn.executemany(f"INSERT INTO item ({_ITEM}) VALUES ({', '.join('?' * 18)})", items)
        conn.executemany(f"INSERT INTO history VALUES ({', '.join('?' * 13)})", rows)
        conn.execute("COMMIT")
        return
    with conn.transaction(), conn.cursor() as cursor:
        cursor.execute(f"INSERT INTO event ({event_columns}) VALUES ({', '.join(['%s'] * 9)})", event)
        for target, values in (
            ("identifier (value, namespace, item_id)", identifiers),
            (f"item ({_ITEM})", items),
            ("history", rows),
        ):
            with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for row in values:
                    copy.write_row(row)
