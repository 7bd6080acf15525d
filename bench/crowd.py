"""Ten thousand running instances of one flow with a hundred thousand steps: what people and managers see of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from bench.figure import Figure, best, figure
from mazhi.bootstrap import System
from mazhi.engines.flows import store
from mazhi.engines.flows.migrating.service import Wish
from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.access.store import user_account

APP, FORM, FLOW = "crowd", "order", "deliver"
INSTANCES = 10_000
STEPS = 10
"""So many steps each instance has; nine of them are done."""
MINE = 50
USERS = 200
ROUNDS = 200


def crowded(system: System, engine: str, instances: int = INSTANCES) -> Iterator[Figure]:
    """Measure how a flow goes, what moving all its instances would come to, and a list of one's own work."""
    mine = _fill(system, instances)
    steps = instances * STEPS

    def told(name: str, work: Callable[[int], object], floor: Callable[[int], object]) -> Figure:
        return figure("flow", name, best(work, 3), "s", floor=best(floor, 3), engine=engine, rows=steps)

    def statistics(_: int) -> object:
        return system.flow_statistics.of(SYSTEM, APP, FLOW)

    def preview(_: int) -> object:
        seen = system.flow_migrating.preview(SYSTEM, APP, FLOW, Wish(2))
        if seen.counts["can"] != instances:
            raise RuntimeError(seen.counts)
        return seen

    def one_pass(_: int) -> object:
        with system.db.read() as tx:
            return tx.tuples("SELECT node, count(*), max(left_at - entered_at) FROM flow_step GROUP BY node")

    def all_rows(_: int) -> object:
        with system.db.read() as tx:
            return tx.tuples("SELECT * FROM flow_step WHERE state IN ('open', 'failed', 'done') ORDER BY id")

    yield told("statistics of 30 days", statistics, one_pass)
    yield told("dry run of moving all to the next version", preview, all_rows)
    times, floors = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found, _, counts = system.work_list.page(mine, "todo")
        times.append(time.perf_counter() - start)
        if (len(found), counts.todo) != (MINE, MINE):
            raise RuntimeError((len(found), counts))
        start = time.perf_counter()
        with system.db.read() as tx:
            tx.tuples(
                "SELECT * FROM flow_task WHERE user_id = :user AND state = 'open' ORDER BY id DESC LIMIT 51",
                user=mine.user_id,
            )
        floors.append(time.perf_counter() - start)
    for share in (50, 99):
        value, floor = (sorted(some)[int(len(some) * share / 100)] * 1e3 for some in (times, floors))
        shown = f"own work: {MINE} open tasks, p{share}"
        yield figure("flow", shown, value, "ms", floor=floor, engine=engine, rows=instances)


def _fill(system: System, instances: int) -> Actor:
    """Publish two versions, and write down instances that have come to the last step of the first."""
    people = _people(system)
    system.forms.create_app(SYSTEM, APP, "发货")
    amount = {"id": str(uuid5(NAMESPACE_OID, "crowd")), "code": "amount", "kind": "number", "title": "数量"}
    system.forms.create(SYSTEM, APP, FORM, "发货单", {"fields": [amount]})
    system.forms.publish(SYSTEM, APP, FORM, base=0)
    flow_id, form_id, version = _draw(system, people[0].name)
    now = clock.now()
    for first in range(0, instances, 1_000):
        count = min(1_000, instances - first)
        records = system.records.create(SYSTEM, APP, FORM, [{"amount": 1}] * count)
        numbers = range(first + 1, first + count + 1)
        with system.db.write() as tx:
            values = [
                (number, flow_id, version, APP, FLOW, FORM, form_id, record, f"发货单 {number}", "running",
                 people[0].user_id, people[0].name, "api", 0, 0, STEPS, now - 10**9, None)
                for number, record in zip(numbers, records, strict=True)
            ]  # fmt: skip
            tx.insert(store.flow_instance, [one.name for one in store.flow_instance.columns], values)
            steps = [row for number in numbers for row in _steps(number, flow_id, now)]
            tx.insert(store.flow_step, [one.name for one in store.flow_step.columns], steps)
            tasks = [_task(step, people, now) for step in steps if step[4] != "start"]
            tx.insert(store.flow_task, [one.name for one in store.flow_task.columns], tasks)
    return people[0]


def _people(system: System) -> list[Actor]:
    with system.db.write() as tx:
        found = []
        for number in range(USERS):
            values = {"username": f"crowd{number:03d}", "name": f"人{number}", "created_at": 0, "updated_at": 0}
            statement = user_account.insert().values(**values, must_change=False).returning(user_account.c.id)
            found.append(Actor(str(values["username"]), user_id=tx.conn.execute(statement).scalar_one()))
    return found


def _draw(system: System, name: str) -> tuple[int, int, int]:
    who = {"ways": [{"kind": "member", "values": [name]}]}

    def node(key: str, kind: str, **options: Any) -> dict[str, Any]:
        return {"id": key, "kind": kind, "title": key, "options": {"who": who, **options}, "children": []}

    work = [node("n1", "scan", against={"kind": "free"})]
    work += [node(f"n{place}", "approve") for place in range(2, STEPS)]
    system.flows.create(SYSTEM, APP, FLOW, "发货", FORM)
    for base in (0, 1):
        tree = {"id": "s", "kind": "start", "title": "发起", "options": {}, "children": work}
        system.flows.save_draft(SYSTEM, APP, FLOW, {"form": FORM, "tree": tree}, base=base)
        system.flows.publish(SYSTEM, APP, FLOW, base=base)
        work = [*work, node("more", "approve")]
    with system.db.read() as tx:
        flow_id, version, _ = system.flows.in_force(tx, APP, FLOW)
        form_id = tx.scalar("SELECT id FROM design WHERE code = :code", code=f"{APP}/{FORM}")
    return flow_id, int(form_id), version - 1


def _steps(instance: int, flow_id: int, now: int) -> Iterator[tuple[Any, ...]]:
    for place in range(STEPS):
        kind = "start" if place == 0 else "scan" if place == 1 else "approve"
        last, at = place == STEPS - 1, now - (STEPS - place) * 10**8 - instance * 1_000
        yield (
            (instance - 1) * STEPS + place + 1, instance, flow_id, "s" if place == 0 else f"n{place}", kind,
            "open" if last else "done", 0, "", 0, "" if last else "done", "{}", None, "", at,
            None if last else at + 10**7 + instance, None,
        )  # fmt: skip


def _task(step: tuple[Any, ...], people: list[Actor], now: int) -> tuple[Any, ...]:
    number, instance, _, node, _, state = step[:6]
    open_ = state == "open"
    # Of the open ones 50 are the first user's, the rest everybody else's.
    user = people[0 if open_ and instance <= MINE else 1 + (number % (USERS - 1))].user_id
    return (
        number, instance, number, node, user, state, 0, "who", 0, "" if open_ else "approve", "", "{}", now, None,
        None if open_ else now, None,
    )  # fmt: skip
