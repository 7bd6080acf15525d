"""Killed without warning in the middle of a job: it goes on, and each label comes out once all the same."""

from __future__ import annotations

import random
import threading
from collections import Counter
from pathlib import Path

import pytest

from mazhi.engines.labels.printing.log import LogQuestion
from mazhi.engines.labels.printing.wiring import PrintSystem
from mazhi.kernel.access.model import SYSTEM
from tests.engines.labels.printing.conftest import add, order
from tests.engines.labels.printing.fake_printer import FakePrinter
from tests.workers import Worker

MANY = [f"S{number:05d}" for number in range(3_000)]
KILLS = 3


@pytest.mark.slow
def test_a_killed_process_neither_loses_nor_doubles_a_label(prints: PrintSystem, db_url: str, tmp_path: Path) -> None:
    dice = random.Random(20261122)
    with FakePrinter() as telling, FakePrinter(counter=False, status=False) as silent:
        add(prints, telling, "TELLS", window=40)
        add(prints, silent, "SILENT", window=40, options={"counter": "no", "status": "no"})
        jobs = {order(prints, MANY, "TELLS"): telling, order(prints, MANY, "SILENT", reason="again"): silent}
        kills = 0
        while any(prints.printing.get(SYSTEM, job)[0].state != "done" for job in jobs):
            worker = Worker("tests.engines.labels.printing.print_worker", db_url, tmp_path)
            assert worker.hear() == "ready\n"
            if kills < KILLS:
                threading.Event().wait(dice.uniform(0.0, 0.2))
                worker.kill()
                kills += 1
            else:
                assert worker.end() == 0
            for job, fake in jobs.items():
                settle(prints, fake, job)
        assert kills == KILLS, "it was done too soon to be a test"
        assert Counter(telling.printed) == Counter(silent.printed) == Counter(MANY)
    for job in jobs:
        found, counts = prints.printing.get(SYSTEM, job)
        assert (found.printed, counts) == (len(MANY), {"printed": len(MANY)})


def settle(prints: PrintSystem, fake: FakePrinter, job: str) -> None:
    """Where labels are in doubt, look what came out and say so, as an operator would."""
    fake.come_to_rest()
    found, _ = prints.printing.get(SYSTEM, job)
    if found.state == "doubtful":
        rows, _ = prints.log.page(SYSTEM, LogQuestion(job=job, state="doubtful"), limit=1000)
        out = set(fake.printed)
        prints.printing.resolve(SYSTEM, job, {row.n: "printed" if row.code in out else "again" for row in rows})
