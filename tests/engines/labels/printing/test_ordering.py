"""Ordering labels: what is first, what is again, and what is refused."""

from __future__ import annotations

import threading

import pytest

from mazhi.engines.labels.printing.log import LogQuestion
from mazhi.engines.labels.printing.model import PrintRequest
from mazhi.engines.labels.printing.wiring import PrintSystem
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from tests.engines.labels.printing.conftest import TinyRuns, add, order
from tests.engines.labels.printing.fake_printer import FakePrinter


@pytest.fixture
def shop(prints: PrintSystem) -> PrintSystem:
    with FakePrinter() as fake:  # it is switched off again: nothing is printed here
        add(prints, fake)
    return prints


def test_of_two_who_order_the_first_label_at_once_one_is_refused(shop: PrintSystem) -> None:
    gate, answers = threading.Barrier(4), list[str]()

    def ask() -> None:
        gate.wait()
        try:
            order(shop, ["S1", "S2"])
            answers.append("ordered")
        except ConflictError as error:
            answers.append(error.code)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["label_printed_before"] * 3 + ["ordered"]


def test_the_same_key_at_once_makes_one_job(shop: PrintSystem) -> None:
    gate, jobs = threading.Barrier(4), list[str]()

    def ask() -> None:
        gate.wait()
        jobs.append(order(shop, ["S1"], client_key="k"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(jobs) == 4
    assert len(set(jobs)) == 1


def test_another_template_is_a_first_label_of_its_own(shop: PrintSystem) -> None:
    order(shop, ["S1"])
    order(shop, ["S1"], label="BOX")
    with pytest.raises(ConflictError, match="label_printed_before"):
        order(shop, ["S2", "S1"], label="BOX")


def test_a_code_twice_in_one_order_is_a_label_and_a_reprint(shop: PrintSystem) -> None:
    job = order(shop, ["S1", "S1"], copies=2)
    rows, _ = shop.log.page(SYSTEM, LogQuestion(job=job))
    assert [(row.n, row.copy, row.reprint) for row in rows] == [
        (1, 1, False),
        (2, 2, False),
        (3, 1, True),
        (4, 2, True),
    ]


def test_who_may_print_may_not_print_again(shop: PrintSystem) -> None:
    order(shop, ["S1"])
    line = Actor("line", rights={"labels.print": None})
    with pytest.raises(ForbiddenError):
        shop.printing.print(line, _request(["S1"], reason="torn"))
    assert shop.printing.print(line, _request(["S2"]))
    with pytest.raises(ForbiddenError):
        shop.printing.print(Actor("guest"), _request(["S3"]))


@pytest.mark.parametrize(
    ("about", "error"),
    [
        ({"printer": "NONE"}, NotFoundError),
        ({"label": "NONE"}, NotFoundError),
        ({"copies": 0}, InvalidInputError),
        ({"copies": 1000}, InvalidInputError),
    ],
)
def test_a_wrong_order_is_refused_before_anything_is_written(
    shop: PrintSystem, about: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        order(shop, ["S1"], **about)
    assert shop.printing.page(SYSTEM) == ([], None)


def test_ten_thousand_labels_are_ordered_at_once(shop: PrintSystem, runs: TinyRuns) -> None:
    codes = [f"S{number:05d}" for number in range(10_000)]
    job = order(shop, codes)
    assert shop.printing.get(SYSTEM, job)[1] == {"queued": 10_000}
    with pytest.raises(ConflictError) as refused:
        order(shop, codes)
    assert len(refused.value.problems) == 1000
    shop.printing.cancel(SYSTEM, job)
    order(shop, codes)  # what was cancelled was never printed
    assert runs.made == 3


def _request(codes: list[str], *, reason: str = "") -> PrintRequest:
    return PrintRequest(label="PLATE", printer="ZT-1", items=[(code, None) for code in codes], reason=reason)
