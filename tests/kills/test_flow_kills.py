"""Flows of a process that is killed: what was acknowledged is there once, and what was not goes on."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from mazhi.bootstrap import Settings, System, build
from mazhi.engines.flows import store
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.access.users import NewUser
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.making.model import MakeRequest
from mazhi.kernel.places.model import Place
from mazhi.kernel.products.model import Product
from tests.engines.flows.shop import field, members, node
from tests.kills.flow_worker import ITEMS
from tests.workers import Worker

KILLS = 5


@pytest.mark.slow
def test_flows_of_a_killed_process_lose_and_double_nothing(db_url: str, tmp_path: Path) -> None:
    data, log = tmp_path / "data", tmp_path / "log"
    system = build(Settings(database_url=db_url, data=data))
    _draw(system)
    dice = random.Random(20261122)
    for _ in range(KILLS):
        worker = Worker("tests.kills.flow_worker", db_url, data, log, 1_000_000)
        assert worker.hear() == "ready\n"
        _wait(log, _acknowledged(log) + dice.randint(1, 4))
        time.sleep(dice.uniform(0, 0.05))
        worker.kill()
        _whole(system)
    assert Worker("tests.kills.flow_worker", db_url, data, log, 1).end() == 0
    facts = [json.loads(line) for line in log.read_text().splitlines()]
    told = {fact["number"]: fact["instance"] for fact in facts if fact["what"] == "ack"}
    assert all(told[fact["number"]] == fact["instance"] for fact in facts if fact["what"] == "ack")
    assert len(told) >= KILLS
    with system.db.read() as tx:
        assert tx.scalar("SELECT count(*) FROM flow_instance") == len({*told.values()}) == len(told)
        assert tx.scalar("SELECT count(*) FROM flow_instance WHERE state <> 'done'") == 0
        twice = tx.rows("SELECT record_id FROM flow_instance GROUP BY record_id HAVING count(*) > 1")
    assert list(twice) == []
    _whole(system)
    assert list(verify(system.db)) == []
    system.db.close()


def _acknowledged(log: Path) -> int:
    return log.read_text().count('"ack"') if log.exists() else 0


def _wait(log: Path, count: int) -> None:
    """Wait until so many tries were acknowledged, however slow the machine is."""
    until = time.monotonic() + 60
    while _acknowledged(log) < count:
        assert time.monotonic() < until, "the worker does nothing"
        time.sleep(0.005)


def _whole(system: System) -> None:
    """Hold that every step is whole: what it posted is there, and whatever runs has somebody who can go on."""
    with system.db.read() as tx:
        for number in [row.id for row in tx.rows("SELECT id FROM flow_instance")]:
            instance, steps = store.instance(tx, number), store.steps(tx, number)
            assert instance is not None
            open_steps = {one.id for one in steps if one.state == "open"}
            open_tasks = {one.step_id for one in store.tasks_of(tx, number) if one.state == "open"}
            assert open_steps == open_tasks
            assert bool(open_steps) == (instance.state == "running")
            assert [line.seq for line in store.trail(tx, number)] == list(range(1, instance.seq + 1))
            for one in steps:
                if one.kind == "operation":
                    rows = tx.scalar("SELECT count(*) FROM history WHERE event_id = :id", id=one.event_id)
                    assert rows == one.data["count"] > 0
        posted = tx.scalar("SELECT count(*) FROM event WHERE operation = 'move'")
        assert posted == tx.scalar("SELECT count(*) FROM flow_step WHERE kind = 'operation' AND state = 'done'")


def _draw(system: System) -> None:
    system.access.users.create(SYSTEM, NewUser(username="boss", name="老板", roles=("admin",)))
    system.products.create(SYSTEM, Product(code="WM", name="水表", tracking="serial"))
    for code in ("WH1", "WH2"):
        system.places.create(SYSTEM, Place(code=code, name=code, kind="warehouse"))
    system.making.make(SYSTEM, MakeRequest(product="WM", codes=f"B0000~B{ITEMS - 1:04d}", place="WH1"))
    system.forms.create_app(SYSTEM, "wms", "仓储")
    fields = [field("items", "items"), field("place", "place")]
    system.forms.create(SYSTEM, "wms", "receipt", "移库单", {"fields": fields})
    system.forms.publish(SYSTEM, "wms", "receipt", base=0)
    system.flows.create(SYSTEM, "wms", "f", "移库", "receipt")
    move = node("operation", "move", operation="move", items={"field": "items"}, place={"field": "place"})
    steps = (node("fill", "one", who=members("boss")), move, node("approve", "two", who=members("boss")))
    system.flows.save_draft(SYSTEM, "wms", "f", {"form": "receipt", "tree": node("start", "start", *steps)}, base=0)
    system.flows.publish(SYSTEM, "wms", "f", base=0)
