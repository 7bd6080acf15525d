"""``scan``: one committed scan over HTTP with rights and idempotency, beside a bare route doing the same."""

from __future__ import annotations

import json
import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import free_port

from bench.client import Load, drive
from bench.figure import Figure, figure
from bench.load import code, fill, furnish
from bench.place import fresh
from mazhi.kernel import clock
from mazhi.kernel.places.store import place

ROOT = Path(__file__).resolve().parents[1]
STOCK = 50_000
CLIENTS = 16
SINGLE = 6_000
BATCH = 500
BATCHES = 60
EVERY = 0.2
"""A client with a person behind it scans so often, in seconds; the closed loop beside it never waits."""
PACED = 1_200
PASSWORD = "bench-password-1"


def run(engine: str) -> Iterator[Figure]:
    """Measure, and yield the figures."""
    with fresh(engine) as (system, url):
        product_id, place_id = furnish(system)
        fill(system, product_id, place_id, STOCK)
        now = clock.now()
        with system.db.write() as tx:
            for name in ("WH2", "WH3"):
                row = {"code": name, "name": name, "kind": "warehouse", "path": f"/{name}/"}
                tx.conn.execute(place.insert().values(**row, created_at=now, updated_at=now))
        system.db.close()
        floors = _loads(url, bare=True)
        ours = _loads(url, bare=False)
        single, paced, batch = ours
        floor, floor_paced, floor_batch = floors
        yield figure(
            "scan", f"scans/s, {CLIENTS} clients", single.rate, "1/s", floor=floor.rate, engine=engine, rows=STOCK
        )
        for share, name in ((0.5, "p50"), (0.99, "p99")):
            yield figure(
                "scan", f"one scan {name}, {CLIENTS} clients", single.percentile(share), "ms",
                floor=floor.percentile(share), engine=engine, rows=STOCK,
            )  # fmt: skip
        yield figure(
            "scan", f"one scan p99, {CLIENTS} clients of {1 / EVERY:g} scans/s", paced.percentile(0.99), "ms",
            floor=floor_paced.percentile(0.99), engine=engine, rows=STOCK,
        )  # fmt: skip
        yield figure(
            "scan", f"items/s in batches of {BATCH}", batch.rate * BATCH, "1/s", floor=floor_batch.rate * BATCH,
            engine=engine, rows=STOCK,
        )  # fmt: skip


def _loads(url: str, *, bare: bool) -> tuple[Load, Load, Load]:
    dice = random.Random(7)
    with _server(url, bare=bare) as (port, token):
        path = "/move" if bare else "/api/v1/operations/move"
        drive(port, path, token, [_body([code(dice.randrange(STOCK))], dice) for _ in range(400)], CLIENTS)
        single = [_body([code(dice.randrange(STOCK))], dice) for _ in range(SINGLE)]
        one = drive(port, path, token, single, CLIENTS)
        calm = [_body([code(dice.randrange(STOCK))], dice) for _ in range(PACED)]
        paced = drive(port, path, token, calm, CLIENTS, every=EVERY)
        many = [_body([code(n) for n in dice.sample(range(STOCK), BATCH)], dice) for _ in range(BATCHES)]
        return one, paced, drive(port, path, token, many, 4)


def _body(codes: list[str], dice: random.Random) -> bytes:
    where = dice.choice(("WH2", "WH3"))
    return json.dumps({"items": codes, "place": where, "client_key": str(uuid.uuid4())}).encode()


@contextmanager
def _server(url: str, *, bare: bool) -> Iterator[tuple[int, str]]:
    port = free_port()
    folder = Path(url.removeprefix("sqlite:///")).parent if url.startswith("sqlite") else Path("/tmp")
    env = {
        **os.environ, "MAZHI_DATABASE_URL": url, "MAZHI_DATA": str(folder / "data"), "BENCH_URL": url,
        "MAZHI_ADMIN_PASSWORD": PASSWORD, "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "bench.bare:app",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--log-level",
        "error",
        "--loop",
        "uvloop",
    ]
    if not bare:
        command = [str(Path(sys.executable).with_name("mazhi")), "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield port, "" if bare else _sign_in(port)
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int) -> None:
    for _ in range(600):  # a minute: the machine may be busy with other things
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server did not start")


def _sign_in(port: int) -> str:
    body = json.dumps({"username": "admin", "password": PASSWORD}).encode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/v1/login", data=body, headers={"content-type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return str(json.load(answer)["token"])
