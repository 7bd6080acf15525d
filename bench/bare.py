"""The floor of ``scan``: a bare ASGI route that runs the same statements with the bare driver and commits.

Started by ``scan`` as ``uvicorn bench.bare:app`` with ``BENCH_URL`` set. One connection per thread; on SQLite the
threads queue at the database's write lock, on PostgreSQL at its rows.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.place import raw
from mazhi.kernel import clock

URL = os.environ.get("BENCH_URL", "")
_SQLITE = URL.startswith("sqlite")
_threads = ThreadPoolExecutor(40 if not _SQLITE else 16)
_own = threading.local()
_events = itertools.count(10**13)
_turn = threading.Lock()


def _connection() -> Any:
    conn = getattr(_own, "conn", None)
    if conn is None:
        conn = _own.conn = raw(URL)
    return conn


def _move(body: bytes) -> bytes:
    wanted = json.loads(body)
    codes = wanted["items"]
    conn = _connection()
    mark = "?" if _SQLITE else "%s"
    now, event = clock.now(), next(_events)
    cursor = conn.cursor()
    any_of = "IN (SELECT value FROM json_each(?))" if _SQLITE else "= ANY(%s)"
    pack = json.dumps if _SQLITE else list
    if _SQLITE:
        _turn.acquire()  # waiting at SQLite's own lock sleeps; a fair floor does not
        cursor.execute("BEGIN IMMEDIATE")
    try:
        cursor.execute(
            f"INSERT INTO request (client_key, body_hash, recorded_at, answer) VALUES ({mark}, '', {mark}, '')",
            (wanted["client_key"], now),
        )
        cursor.execute(f"SELECT id, path FROM place WHERE code = {mark}", (wanted["place"],))
        ((place_id, _),) = cursor.fetchall()
        cursor.execute(f"SELECT item_id FROM identifier WHERE value {any_of}", (pack(codes),))
        ids = [row[0] for row in cursor.fetchall()]
        lock = "" if _SQLITE else " FOR UPDATE"
        cursor.execute(
            f"SELECT id, seq, state, place_id, product_id FROM item WHERE id {any_of} ORDER BY id{lock}", (pack(ids),)
        )
        found = cursor.fetchall()
        cursor.execute(f"SELECT * FROM product WHERE id = {mark}", (found[0][4],))
        cursor.fetchall()
        cursor.execute(
            f"UPDATE item SET place_id = {mark}, place_since = {mark}, seq = seq + 1, version = version + 1 "
            f"WHERE id {any_of}",
            (place_id, now, pack(ids)),
        )
        rows = [
            (row[0], row[1] + 1, event, "move", now, now, "floor", "", row[2], row[2], row[3], place_id, "")
            for row in found
        ]
        cursor.executemany(f"INSERT INTO history VALUES ({', '.join([mark] * 13)})", rows)
        cursor.execute(
            f"INSERT INTO event (id, operation, occurred_at, recorded_at, actor) "
            f"VALUES ({mark}, 'move', {mark}, {mark}, 'floor')",
            (event, now, now),
        )
        cursor.execute(
            f"UPDATE request SET event_id = {mark}, answer = {mark} WHERE client_key = {mark}",
            (event, "{}", wanted["client_key"]),
        )
        deltas: dict[int, int] = {}
        for row in found:
            deltas[row[3]] = deltas.get(row[3], 0) - 1_000_000
            deltas[place_id] = deltas.get(place_id, 0) + 1_000_000
        cursor.executemany(
            f"INSERT INTO stock VALUES ({mark}, 0, {mark}, 'in_stock', 'released', 0, 0, {mark}, {mark}) "
            "ON CONFLICT (product_id, batch_id, place_id, state, quality, owner_id, blocked, slot) "
            "DO UPDATE SET quantity = stock.quantity + excluded.quantity",
            [(found[0][4], place, _slot(), delta) for place, delta in sorted(deltas.items()) if delta],
        )
        conn.commit() if not _SQLITE else cursor.execute("COMMIT")
    finally:
        if _SQLITE:
            _turn.release()
    return json.dumps({"event": event, "accepted": len(ids), "refused": []}).encode()


def _slot() -> int:
    return 1 if _SQLITE else threading.get_ident() // 64 % 16 + 1


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answer one request."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    answer = b"{}"
    if body:
        answer = await asyncio.get_running_loop().run_in_executor(_threads, _move, body)
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(answer)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": answer})
