"""``flow``: a step with its commit while 10 or 10,000 instances run; 5,000 serials scanned by 50 and completed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from bench.crowd import crowded
from bench.figure import Figure, figure
from bench.place import fresh, raw
from bench.scan_task import scanned
from mazhi.bootstrap import System
from mazhi.engines.flows.kind import Asked
from mazhi.kernel import db as kernel_db
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.users import NewUser
from mazhi.kernel.counters.purse import with_purse

SIZES = (10, 10_000)
STEPS = 400
"""So many steps are timed."""
LONG = 450
"""So many steps the flow has, so that no instance ends."""
PIECES = 5_000
APP = "wms"


def run(engine: str, *, sizes: tuple[int, ...] = SIZES, steps: int = STEPS, pieces: int = PIECES) -> Iterator[Figure]:
    """Measure, and yield the figures; the floor is the very same statements by the driver alone, with a commit."""
    with fresh(engine) as (system, url):
        actor = _draw(system)
        running, measured = 0, []
        for size in sizes:
            _start(system, actor, size - running)
            running = size
            times: list[float] = []
            while len(times) < steps:
                times += [_timed(system, actor, task) for task in _tasks(system, actor)[: steps - len(times)]]
            measured.append((size, times, _said(system, actor, _tasks(system, actor)[-1])))
        # At the end: what is said again by the driver alone leaves rows that no flow would.
        for size, times, said in measured:
            ours, p99 = statistics.median(times) * 1e3, sorted(times)[int(len(times) * 0.99)] * 1e3
            floor = _floor(url, said, steps)
            yield figure("flow", "step with commit", ours, "ms", floor=floor, engine=engine, rows=size)
            yield figure("flow", "step with commit, p99", p99, "ms", floor=None, engine=engine, rows=size)
    with fresh(engine) as (system, url):
        yield from scanned(system, url, engine, pieces)
    with fresh(engine) as (system, _):
        yield from crowded(system, engine)


def _draw(system: System) -> Actor:
    """Publish a form and a flow in which one person agrees over and over."""
    system.access.users.create(SYSTEM, NewUser(username="boss", name="老板", roles=("admin",)))
    with system.db.read() as tx:
        actor = Actor(
            "boss", user_id=int(tx.scalar("SELECT id FROM user_account WHERE username = 'boss'")), everything=True
        )
    forms = system.forms
    forms.create_app(SYSTEM, APP, "仓储")
    amount = {"id": str(uuid5(NAMESPACE_OID, "amount")), "code": "amount", "kind": "number", "title": "数量"}
    forms.create(SYSTEM, APP, "receipt", "到货单", {"fields": [amount]})
    forms.publish(SYSTEM, APP, "receipt", base=0)
    who = {"ways": [{"kind": "member", "values": ["boss"]}]}
    work = [
        {"id": f"n{place}", "kind": "approve", "title": f"第 {place} 步", "options": {"who": who}, "children": []}
        for place in range(LONG)
    ]
    system.flows.create(SYSTEM, APP, "f", "收货", "receipt")
    tree = {"id": "s", "kind": "start", "title": "发起", "options": {}, "children": work}
    system.flows.save_draft(SYSTEM, APP, "f", {"form": "receipt", "tree": tree}, base=0)
    system.flows.publish(SYSTEM, APP, "f", base=0)
    return actor


def _start(system: System, actor: Actor, count: int) -> None:
    """Start so many instances, a thousand in one transaction."""
    for first in range(0, count, 1_000):
        some = min(1_000, count - first)
        records = system.records.create(SYSTEM, APP, "receipt", [{"amount": 1}] * some)

        def work(purse: Any, records: list[int] = records) -> None:
            with system.db.write() as tx:
                for record in records:
                    system.running.start_within(tx, purse, actor, APP, "f", record, authority="flow", origin="api")

        with_purse(work)


def _tasks(system: System, actor: Actor) -> list[int]:
    """Return the open tasks, those of the instances that have gone least far first."""
    with system.db.read() as tx:
        rows = tx.rows(
            "SELECT id FROM flow_task WHERE user_id = :user AND state = 'open' ORDER BY id", user=actor.user_id
        )
    return [row.id for row in rows]


def _timed(system: System, actor: Actor, task: int) -> float:
    start = time.perf_counter()
    system.running.act(actor, task, "approve", Asked(comment="同意"))
    return time.perf_counter() - start


class _Recorder:
    """Stands before a driver's connection and notes what is asked of it."""

    def __init__(self, driver: Any, said: list[tuple[str, Any]]) -> None:
        self._driver = driver
        self._said = said

    def execute(self, sql: str, params: Any = None) -> Any:
        self._said.append((sql, params))
        return self._driver.execute(sql) if params is None else self._driver.execute(sql, params)


@contextmanager
def _recorded() -> Iterator[list[tuple[str, Any]]]:
    said: list[tuple[str, Any]] = []
    plain = kernel_db._driver

    def noting(conn: Any) -> Any:
        return _Recorder(plain(conn), said)

    kernel_db._driver = noting
    try:
        yield said
    finally:
        kernel_db._driver = plain


def _said(system: System, actor: Actor, task: int) -> list[tuple[str, Any]]:
    """Return the statements of one step."""
    with _recorded() as said:
        _timed(system, actor, task)
    return [(sql, params) for sql, params in said if params is not None]


def _floor(url: str, said: list[tuple[str, Any]], rounds: int) -> float:
    """Run the same statements by the driver, and two lines of the trail, each round with a commit; in milliseconds."""
    conn = raw(url)
    mark = "?" if url.startswith("sqlite") else "%s"
    trail = f"INSERT INTO flow_trail VALUES ({', '.join([mark] * 8)})"
    times = []
    try:
        for number in range(rounds):
            start = time.perf_counter()
            conn.execute("BEGIN IMMEDIATE" if url.startswith("sqlite") else "SELECT 1")
            for sql, params in said:
                conn.execute(sql, params).fetchall() if "SELECT" in sql[:12] else conn.execute(sql, params)
            for line in range(2):
                conn.execute(trail, (-1, number * 2 + line, 0, "boss", "enter", "n1", 1, "{}"))
            conn.execute("COMMIT") if url.startswith("sqlite") else conn.commit()
            times.append(time.perf_counter() - start)
        conn.execute("DELETE FROM flow_trail WHERE instance_id = -1")
        conn.execute("SELECT 1") if url.startswith("sqlite") else conn.commit()
    finally:
        conn.close()
    return statistics.median(times) * 1e3
