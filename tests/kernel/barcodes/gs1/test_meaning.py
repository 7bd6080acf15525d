from __future__ import annotations

import pytest

from mazhi.kernel.barcodes.gs1.meaning import explain


@pytest.mark.parametrize(
    ("ai", "value", "meaning"),
    [
        ("17", "261200", "2026-12-31"),
        ("17", "261300", ""),  # no such date: the problem says so
        ("17", "26", ""),
        ("7003", "2612312359", "2026-12-31 23:59"),
        ("8008", "261231235901", "2026-12-31 23:59:01"),
        ("8008", "26123123", "2026-12-31 23"),
        ("7250", "19900228", "1990-02-28"),
        ("3103", "001250", "1.250"),
        ("3100", "001250", "1250"),
        ("3105", "001250", "0.01250"),
        ("3922", "5", "0.05"),
        ("3912", "1561250", "CNY 12.50"),
        ("422", "156", "CN"),
        ("423", "156643", "CN RU"),
        ("7030", "999ABC", "999 ABC"),
        ("4331", "000500-", "000500 -"),
        ("10", "B2611", ""),
    ],
)
def test_a_value_is_said_in_words(ai: str, value: str, meaning: str) -> None:
    (explained,) = explain({ai: value}, this_year=2026)
    assert (explained.ai, explained.value, explained.meaning) == (ai, value, meaning)


def test_what_is_no_identifier_is_left_out() -> None:
    assert [part.zh for part in explain({"01": "06901234567892", "add_on": "12"}, this_year=2026)] == [
        "贸易项目代码 GTIN"
    ]
