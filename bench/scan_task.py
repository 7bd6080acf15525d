"""A scan task of thousands of serial numbers: fifty people scan into it, each into their own task of one step."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from bench.figure import Figure, figure
from bench.place import raw
from mazhi.bootstrap import System
from mazhi.engines.flows.kind import Asked
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.users import NewUser
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.making.model import MakeRequest
from mazhi.kernel.places.model import Place
from mazhi.kernel.products.model import Product

APP, FORM, FLOW = "scanning", "arrival", "check"
SCANNERS = 50
FLOOR_PIECES = 1_000
"""So many scans the floor is measured by: it is slow."""


@dataclass(frozen=True, slots=True)
class ScanTask:
    """A step, the people who scan into it, each with a task of theirs, and every code that is expected."""

    step: int
    people: Sequence[tuple[Actor, int]]
    codes: list[str]


def scanned(system: System, url: str, engine: str, pieces: int) -> Iterator[Figure]:
    """Let 50 people scan one step, every piece once, and complete it with its posting.

    The floor is the driver alone: for each scan the statements that cannot be left out, in a transaction of its own
    that locks the step's counter.
    """
    least = prepare(system, min(pieces, FLOOR_PIECES), "F")
    floor = _together(least, partial(_bare, url=url, step=least.step))
    ready = prepare(system, pieces, "A")

    def work(person: int, codes: Sequence[str], times: list[float]) -> None:
        actor, task = ready.people[person]
        for code in codes:
            start = time.perf_counter()
            said = system.task_scans.scan(actor, task, code, client_key=code)
            times.append(time.perf_counter() - start)
            if said.answer != "right":
                raise RuntimeError(said)

    ours = _together(ready, work)
    name = f"scans by {SCANNERS} into one task"
    yield figure("flow", name, ours[0], "1/s", floor=floor[0], engine=engine, rows=pieces)
    for share in (50, 99):
        value, least_value = (some[int(len(some) * share / 100)] * 1e3 for some in (ours[1], floor[1]))
        shown = f"one of these scans, p{share}"
        yield figure("flow", shown, value, "ms", floor=least_value, engine=engine, rows=pieces)
    actor, task = ready.people[0]
    start = time.perf_counter()
    system.running.act(actor, task, "complete", Asked())
    seconds = time.perf_counter() - start
    yield figure("flow", "completed with its posting", seconds, "s", floor=None, engine=engine, rows=pieces)


def _together(ready: ScanTask, work: Callable[[int, Sequence[str], list[float]], None]) -> tuple[float, list[float]]:
    """Let everybody scan their share at once; return how many scans a second that was, and the sorted times."""
    times: list[float] = []
    shares = [ready.codes[one::SCANNERS] for one in range(SCANNERS)]
    threads = [threading.Thread(target=work, args=(one, share, times)) for one, share in enumerate(shares)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begun
    if len(times) != len(ready.codes):
        raise RuntimeError(f"{len(times)} of {len(ready.codes)} scans were answered")
    return len(times) / seconds, sorted(times)


_ONE_WRITER = threading.Lock()


@contextmanager
def _transaction(conn: Any) -> Iterator[Callable[..., Any]]:
    if not isinstance(conn, sqlite3.Connection):
        yield lambda sql, *given: conn.execute(sql.replace("?", "%s"), given)
        conn.commit()
        return
    with _ONE_WRITER:
        conn.execute("BEGIN IMMEDIATE")
        yield lambda sql, *given: conn.execute(sql.replace(" FOR UPDATE", ""), given)
        conn.execute("COMMIT")


def _bare(person: int, codes: Sequence[str], times: list[float], *, url: str, step: int) -> None:
    conn = raw(url)
    for code in codes:
        start = time.perf_counter()
        with _transaction(conn) as ask:
            (last, done) = ask("SELECT last, done FROM flow_scan WHERE step_id = ? FOR UPDATE", step).fetchone()
            (item, product) = ask(
                "SELECT i.id, i.product_id FROM item i WHERE i.id = "
                "(SELECT item_id FROM identifier WHERE value = ? AND namespace = 'own')", code
            ).fetchone()  # fmt: skip
            known = ask(
                "SELECT seq FROM flow_scan_line WHERE step_id = ? AND client_key = ? AND client_key <> '' UNION ALL "
                "SELECT seq FROM flow_scan_line WHERE item_id = ? AND step_id = ? AND answer = 'right' AND item_id > 0",
                step, code, item, step,
            ).fetchall()  # fmt: skip
            (line,) = ask(
                "SELECT line FROM flow_expected WHERE step_id = ? AND product_id = ? AND item_id = ?",
                step, product, item,
            ).fetchone()  # fmt: skip
            values = (step, last + 1, "right", "right", code, "", "", "", item, product, 0, 1_000_000, line, 0, False,
                      code, done + 1_000_000, 0, str(person))  # fmt: skip
            if not known:
                ask(f"INSERT INTO flow_scan_line VALUES ({', '.join('?' * len(values))})", *values)
                ask("UPDATE flow_expected SET done = done + 1000000 WHERE step_id = ? AND line = ?", step, line)
                ask(
                    "UPDATE flow_scan SET matched = matched + 1000000, done = done + 1000000, good = good + 1, "
                    "last = last + 1 WHERE step_id = ?", step,
                )  # fmt: skip
        times.append(time.perf_counter() - start)
    conn.close()


def prepare(system: System, count: int, name: str) -> ScanTask:
    """Make serial numbers, and start a flow whose scan step expects exactly these and receives them at its end."""
    people = _draw(system)
    actor = people[0]
    codes = [f"{name}{number:06d}" for number in range(1, count + 1)]
    system.making.make(SYSTEM, MakeRequest(product="BENCH-WM", codes=f"{codes[0]}-{codes[-1]}", count=count))
    wanted = system.scan_lists.open(actor, f"{APP}/{FORM}", "wanted").id
    system.scan_lists.batch(actor, wanted, codes)
    (record,) = system.records.create(actor, APP, FORM, [{"wanted": wanted}])
    instance = system.running.start(actor, APP, FLOW, record)
    with system.db.read() as tx:
        rows = tx.rows(
            "SELECT id, user_id, step_id FROM flow_task WHERE instance_id = :id AND state = 'open'", id=instance
        )
    tasks = {row.user_id: row.id for row in rows}
    return ScanTask(rows[0].step_id, [(one, tasks[one.user_id]) for one in people], codes)


def _draw(system: System) -> list[Actor]:
    """Publish the form and the flow, unless they are there; return who scans."""
    names = [f"scanner{number:02d}" for number in range(SCANNERS)]
    try:
        for name in names:
            system.access.users.create(SYSTEM, NewUser(username=name, name=name, roles=("admin",)))
    except ConflictError:
        return _actors(system, names)
    system.products.create(SYSTEM, Product(code="BENCH-WM", name="水表", tracking="serial"))
    system.places.create(SYSTEM, Place(code="BENCH-WH", name="成品仓", kind="warehouse"))
    system.forms.create_app(SYSTEM, APP, "扫码")
    field = {"id": str(uuid5(NAMESPACE_OID, "wanted")), "code": "wanted", "kind": "scan_list", "title": "应到"}
    system.forms.create(SYSTEM, APP, FORM, "到货单", {"fields": [field]})
    system.forms.publish(SYSTEM, APP, FORM, base=0)
    scan: dict[str, Any] = {
        "who": {"ways": [{"kind": "member", "values": names}]},
        "against": {"kind": "items", "field": "wanted"},
        "operation": {"kind": "receive", "place": {"value": "BENCH-WH"}},
    }
    step = {"id": "scan", "kind": "scan", "title": "核对", "options": scan, "children": []}
    tree = {"id": "start", "kind": "start", "title": "发起", "options": {}, "children": [step]}
    system.flows.create(SYSTEM, APP, FLOW, "收货核对", FORM)
    system.flows.save_draft(SYSTEM, APP, FLOW, {"form": FORM, "tree": tree}, base=0)
    system.flows.publish(SYSTEM, APP, FLOW, base=0)
    return _actors(system, names)


def _actors(system: System, names: Sequence[str]) -> list[Actor]:
    with system.db.read() as tx:
        rows = tx.rows("SELECT id, username FROM user_account WHERE username ANY(:names, text)", names=names)
    return [Actor(row.username, user_id=row.id, everything=True) for row in rows]
