"""Ten thousand labels on a printer that drops the line, each exactly once."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import pytest

from mazhi.engines.labels.printing.log import LogQuestion
from mazhi.engines.labels.printing.wiring import PrintSystem
from mazhi.kernel.access.model import SYSTEM
from tests.engines.labels.printing.conftest import add, order
from tests.engines.labels.printing.fake_printer import FakePrinter

MANY = [f"S{number:05d}" for number in range(10_000)]


@pytest.mark.slow
def test_a_printer_with_a_counter_gets_each_of_10000_labels_exactly_once(prints: PrintSystem) -> None:
    with FakePrinter(drops=1 / 150) as fake:
        add(prints, fake)
        job = order(prints, MANY)
        prints.spooler.run_pending()
        assert fake.dropped > 30
        assert fake.printed == MANY
    found, counts = prints.printing.get(SYSTEM, job)
    assert (found.state, found.printed, counts) == ("done", 10_000, {"printed": 10_000})


@pytest.mark.parametrize("forgetful", [False, True], ids=["the line", "the power"])
@pytest.mark.parametrize("language", ["zpl", "tspl"])
def test_a_printer_that_loses_what_it_held_gets_it_again(
    prints: PrintSystem, language: Literal["zpl", "tspl"], forgetful: bool
) -> None:
    with FakePrinter(language=language, drops=1 / 20, forgetful=forgetful) as fake:
        add(prints, fake)
        order(prints, MANY[:500])
        prints.spooler.run_pending()
        assert fake.dropped > 5
        assert fake.printed == MANY[:500]


@pytest.mark.slow
def test_without_a_counter_every_doubtful_label_is_listed_none_is_lost_and_the_truth_makes_it_exact(
    prints: PrintSystem,
) -> None:
    with FakePrinter(counter=False, status=False, drops=1 / 400, politely=0.0) as fake:
        add(prints, fake, options={"counter": "no", "status": "no"}, window=50)
        job = order(prints, MANY)
        doubts = 0
        while True:
            prints.spooler.run_pending()
            found, counts = prints.printing.get(SYSTEM, job)
            if found.state == "done":
                break
            assert found.state == "doubtful"
            doubts += 1
            rows, _ = prints.log.page(SYSTEM, LogQuestion(job=job, state="doubtful"), limit=1000)
            assert len(rows) == found.doubtful == counts["doubtful"] <= 50
            # Whatever is said to be printed did come out, and whatever is not sent did not.
            assert set(MANY[: rows[0].n - 1]) <= set(fake.printed)
            assert set(fake.printed) <= set(MANY[: rows[-1].n])
            truth = set(fake.printed)
            prints.printing.resolve(SYSTEM, job, {row.n: "printed" if row.code in truth else "again" for row in rows})
        assert doubts > 10
        assert Counter(fake.printed) == Counter(MANY)
    assert counts == {"printed": 10_000}
    assert found.printed == 10_000
