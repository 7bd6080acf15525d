from __future__ import annotations

import pytest

from mazhi.kernel.barcodes.gs1.dates import full_year, to_iso


@pytest.mark.parametrize(
    ("two_digits", "this_year", "year"),
    [
        (26, 2026, 2026),
        (76, 2026, 2076),  # 50 ahead
        (77, 2026, 1977),  # 51 ahead is 49 back
        (0, 2026, 2000),
        (99, 2026, 1999),
        (49, 2099, 2149),  # 50 back is 50 ahead
        (50, 2099, 2050),  # 49 back
        (48, 2099, 2148),
        (5, 1960, 2005),
        (99, 2049, 2099),
        (0, 2051, 2100),
    ],
)
def test_two_digits_mean_at_most_49_years_back_and_50_ahead(two_digits: int, this_year: int, year: int) -> None:
    assert full_year(two_digits, this_year) == year


def test_every_year_keeps_the_window() -> None:
    for this_year in range(1990, 2110):
        for two_digits in range(100):
            assert -49 <= full_year(two_digits, this_year) - this_year <= 50


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("261121", "2026-11-21"),
        ("260200", "2026-02-28"),
        ("280200", "2028-02-29"),
        ("261100", "2026-11-30"),
        ("991231", "1999-12-31"),
        ("261300", None),
        ("260001", None),
        ("260230", None),
    ],
)
def test_day_00_is_the_end_of_the_month(value: str, iso: str | None) -> None:
    assert to_iso(value, 2026) == iso
