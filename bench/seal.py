"""``seal``: rows sealed in blocks, and verified against them; the floor reads the same rows and hashes them once."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from typing import Any

from bench.figure import Figure, figure
from bench.load import code, fill, furnish
from bench.place import fresh, raw
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.posting.model import ItemRef, PostRequest
from mazhi.kernel.sealing.verification import verify

ITEMS = 30_000
AT_ONCE = 5_000
ROUNDS = 3


def run(engine: str, *, items: int = ITEMS) -> Iterator[Figure]:
    """Measure, and yield the figures; the best of a few rounds, since others may use the machine."""
    with fresh(engine) as (system, url):
        product_id, place_id = furnish(system)
        sealed, rows = [], 0
        for round_ in range(ROUNDS):
            _live(system, product_id, range(round_ * items, (round_ + 1) * items))
            start = time.perf_counter()
            rows = system.seals.seal_all()
            sealed.append(rows / (time.perf_counter() - start))
        del place_id
        verified = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            faults = list(verify(system.db))
            verified.append(ROUNDS * rows / (time.perf_counter() - start))
            if faults:
                raise RuntimeError(f"the ledger is not what was sealed: {faults[:3]}")
        floor = max(_floor(url, ROUNDS * rows) for _ in range(ROUNDS))
        yield figure("seal", "rows sealed", max(sealed), "/s", floor=floor, engine=engine, rows=rows)
        yield figure("seal", "rows verified", max(verified), "/s", floor=floor, engine=engine, rows=ROUNDS * rows)
        head = system.seals.state()["head"]
        start = time.perf_counter()
        proof = system.seals.proof(SYSTEM, code(1))
        spent = (time.perf_counter() - start) * 1000
        yield figure("seal", f"proof of an item, {len(proof['rows'])} rows", spent, "ms", floor=None, engine=engine,
                     rows=head["total"])  # fmt: skip


def _live(system: Any, product_id: int, numbers: range) -> None:
    """Let items be born, received and moved: two history rows to an identifier."""
    for first in range(numbers.start, numbers.stop, AT_ONCE):
        fill(system, product_id, 0, AT_ONCE, state="coded", first=first)
        codes = [ItemRef(code(number)) for number in range(first, first + AT_ONCE)]
        system.posting.post(SYSTEM, PostRequest("receive", codes, place="WH1"))


def _floor(url: str, rows: int) -> float:
    """Read the same rows with the bare driver and hash each once."""
    conn = raw(url)
    try:
        start = time.perf_counter()
        for table in ("event", "history", "identifier"):
            for row in conn.execute(f"SELECT * FROM {table}"):
                hashlib.sha256(repr(row).encode()).digest()
        return rows / (time.perf_counter() - start)
    finally:
        conn.close()
