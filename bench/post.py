"""``post``: 10,000 and 90,000 items received with every line checked, with few and with many items in stock."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from bench.figure import Figure, figure
from bench.load import code, fill, furnish
from bench.place import fresh, raw
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.posting.model import ItemRef, PostRequest

SIZES = (10_000, 1_000_000)
COUNTS = (10_000, 90_000)
ROUNDS = 3


def run(engine: str, *, sizes: tuple[int, ...] = SIZES) -> Iterator[Figure]:
    """Measure, and yield the figures."""
    for size in sizes:
        with fresh(engine) as (system, url):
            product_id, place_id = furnish(system)
            fill(system, product_id, place_id, size)
            first = size
            for count in COUNTS:
                ours, floor = [], []
                for round_ in range(ROUNDS):
                    fill(system, product_id, 0, 2 * count, state="coded", first=first)
                    mine = [code(number) for number in range(first, first + count)]
                    theirs = [code(number) for number in range(first + count, first + 2 * count)]
                    first += 2 * count
                    request = PostRequest(
                        "receive", [ItemRef(one) for one in mine], place="WH1", document="PO-1", client_key=f"k{first}"
                    )
                    start = time.perf_counter()
                    outcome = system.posting.post(SYSTEM, request)
                    ours.append(time.perf_counter() - start)
                    assert outcome.accepted == count
                    floor.append(_floor(url, theirs, place_id, product_id, 10**12 + first + round_))
                name = f"receive {count} at {size}"
                yield figure("post", name, min(ours), "s", floor=min(floor), engine=engine, rows=size)


def _floor(url: str, codes: list[str], place_id: int, product_id: int, event_id: int) -> float:
    """Do the same with the bare driver: the same statements, nothing checked."""
    conn = raw(url)
    try:
        start = time.perf_counter()
        (_sqlite if url.startswith("sqlite") else _postgres)(conn, codes, place_id, product_id, event_id)
        return time.perf_counter() - start
    finally:
        conn.close()


_UPDATE = (
    "UPDATE item SET state = 'in_stock', place_id = {p}, place_since = {p}, state_since = {p}, "
    "seq = seq + 1, version = version + 1"
)


def _rows(found: list[Any], event_id: int, place_id: int, now: int) -> list[tuple[Any, ...]]:
    return [
        (row[0], row[1] + 1, event_id, "receive", now, now, "floor", "PO-1", "coded", "in_stock", 0, place_id, "")
        for row in found
    ]


def _sqlite(conn: Any, codes: list[str], place_id: int, product_id: int, event_id: int) -> None:
    now = clock.now()
    conn.execute("BEGIN IMMEDIATE")
    values = json.dumps(codes)
    ids = [
        r[0]
        for r in conn.execute(
            "SELECT item_id FROM identifier WHERE value IN (SELECT value FROM json_each(?))", (values,)
        )
    ]
    packed = json.dumps(ids)
    found = conn.execute(
        "SELECT id, seq, code, state, place_id, product_id, marks, quality FROM item "
        "WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id", (packed,)
    ).fetchall()  # fmt: skip
    conn.execute(_UPDATE.format(p="?") + " WHERE id IN (SELECT value FROM json_each(?))", (place_id, now, now, packed))
    conn.executemany(f"INSERT INTO history VALUES ({', '.join('?' * 13)})", _rows(found, event_id, place_id, now))
    conn.execute(
        "INSERT INTO event (id, operation, occurred_at, recorded_at, actor, document) "
        "VALUES (?, 'receive', ?, ?, 'floor', 'PO-1')",
        (event_id, now, now),
    )
    for state, place, delta in (("coded", 0, -len(ids)), ("in_stock", place_id, len(ids))):
        conn.execute(
            "INSERT INTO stock VALUES (?, 0, ?, ?, 'released', 0, 0, 1, ?) "
            "ON CONFLICT DO UPDATE SET quantity = quantity + excluded.quantity",
            (product_id, place, state, delta * 1_000_000),
        )
    conn.execute("COMMIT")


def _postgres(conn: Any, codes: list[str], place_id: int, product_id: int, event_id: int) -> None:
    now = clock.now()
    with conn.transaction(), conn.cursor() as cursor:
        ids = [r[0] for r in cursor.execute("SELECT item_id FROM identifier WHERE value = ANY(%s)", (codes,))]
        found = cursor.execute(
            "SELECT id, seq, code, state, place_id, product_id, marks, quality FROM item "
            "WHERE id = ANY(%s) ORDER BY id FOR UPDATE", (ids,)
        ).fetchall()  # fmt: skip
        cursor.execute(_UPDATE.format(p="%s") + " WHERE id = ANY(%s)", (place_id, now, now, ids))
        with cursor.copy("COPY history FROM STDIN") as copy:
            for row in _rows(found, event_id, place_id, now):
                copy.write_row(row)
        cursor.execute(
            "INSERT INTO event (id, operation, occurred_at, recorded_at, actor, document) "
            "VALUES (%s, 'receive', %s, %s, 'floor', 'PO-1')",
            (event_id, now, now),
        )
        for state, place, delta in (("coded", 0, -len(ids)), ("in_stock", place_id, len(ids))):
            cursor.execute(
                "INSERT INTO stock VALUES (%s, 0, %s, %s, 'released', 0, 0, 1, %s) "
                "ON CONFLICT (product_id, batch_id, place_id, state, quality, owner_id, blocked, slot) "
                "DO UPDATE SET quantity = stock.quantity + excluded.quantity",
                (product_id, place, state, delta * 1_000_000),
            )
