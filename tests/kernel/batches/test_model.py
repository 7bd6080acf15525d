from __future__ import annotations

from datetime import date

import pytest

from mazhi.kernel.batches.model import Batch, check_batch, last_day
from mazhi.kernel.master_data.model import Checks


def test_the_last_day_itself_is_still_good() -> None:
    batch = Batch(code="B", expires_on=date(2026, 11, 21))
    assert not batch.is_expired(date(2026, 11, 21))
    assert batch.is_expired(date(2026, 11, 22))
    assert not Batch(code="B").is_expired(date(2999, 1, 1))


@pytest.mark.parametrize(
    ("made_on", "days", "wanted"),
    [
        (date(2026, 11, 21), 540, date(2028, 5, 14)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (None, 540, None),
        (date(2026, 11, 21), None, None),
        (date(9999, 12, 1), 540, None),
    ],
)
def test_the_last_day_is_reckoned_from_the_shelf_life(
    made_on: date | None, days: int | None, wanted: date | None
) -> None:
    assert last_day(made_on, days) == wanted


def test_every_fault_of_a_batch_is_named() -> None:
    checks = Checks()
    check_batch(
        Batch(code=" ", made_on=date(2026, 2, 1), expires_on=date(2026, 1, 1), supplier_batch="x" * 65),
        checks,
    )
    assert [(problem.pointer, problem.code) for problem in checks.problems] == [
        ("/code", "bad_code"),
        ("/supplier_batch", "text_too_long"),
        ("/expires_on", "dates_out_of_order"),
    ]
