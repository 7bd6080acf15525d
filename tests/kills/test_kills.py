"""Killed at any moment: nothing acknowledged is lost, nothing is doubled, no half event, jobs go on."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from mazhi.bootstrap import Settings, build
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.ledger.verification import verify
from mazhi.kernel.making.model import MakeRequest
from mazhi.kernel.places.model import Place
from mazhi.kernel.products.model import Product
from tests.kills.worker import JOB_SIZE
from tests.workers import Worker

KILLS = 26
"""On each database; 52 in all."""


@pytest.mark.slow
def test_a_process_killed_at_any_moment_loses_and_doubles_nothing(db_url: str, tmp_path: Path) -> None:
    data, log = tmp_path / "data", tmp_path / "log"
    system = build(Settings(database_url=db_url, data=data))
    system.products.create(SYSTEM, Product(code="WM", name="水表", tracking="serial"))
    for code in ("WH1", "WH2"):
        system.places.create(SYSTEM, Place(code=code, name=code, kind="warehouse"))
    system.codes.create(
        SYSTEM,
        {"code": "R", "name": "R", "segments": [{"kind": "constant", "value": "R"}, {"kind": "counter", "width": 9}]},
    )
    system.making.make(SYSTEM, MakeRequest(product="WM", codes="B0000~B1999"))
    dice = random.Random(20261121)
    for number in range(KILLS):
        worker = Worker("tests.kills.worker", db_url, data, log, 1_000_000)
        assert worker.hear() == "ready\n"
        time.sleep(dice.uniform(0.02, 0.6))
        worker.kill()
        if number % 6 == 5:
            assert list(verify(system.db)) == []
    assert Worker("tests.kills.worker", db_url, data, log, 1).end() == 0
    facts = [json.loads(line) for line in log.read_text().splitlines()]
    acknowledged: dict[int, dict[str, object]] = {}
    for fact in facts:
        if fact["what"] == "ack":
            assert acknowledged.setdefault(fact["number"], fact) == fact, "a repeat was answered differently"
    assert len(acknowledged) > KILLS
    with system.db.read() as tx:
        for fact in acknowledged.values():
            if fact.get("event") is not None:
                rows = tx.scalar("SELECT count(*) FROM history WHERE event_id = :id", id=fact["event"])
                assert rows == fact.get("count", fact.get("accepted")), fact
        jobs = tx.rows("SELECT id, state, done FROM job")
        # A job that was killed too often without getting on says that it failed; what it did stays and is counted.
        assert {job.state for job in jobs} <= {"done", "failed"}
        assert all(job.done == JOB_SIZE for job in jobs if job.state == "done")
        made = tx.scalar("SELECT count(*) FROM item WHERE code LIKE 'R0%'")
        events = tx.scalar(
            "SELECT count(*) FROM history h JOIN item i ON i.id = h.item_id WHERE h.seq = 1 AND i.code LIKE 'R0%'"
        )
        keyed = tx.scalar(
            "SELECT count(*) FROM request WHERE client_key LIKE 'try-%' AND answer LIKE '%\"first\": \"R0%'"
        )
    assert made == events == keyed * 300 + sum(job.done for job in jobs)
    assert list(verify(system.db)) == []
    system.db.close()
