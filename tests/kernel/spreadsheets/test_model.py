from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.clock import DEFAULT_ZONE
from mazhi.kernel.spreadsheets.dates import date_of, moment_of
from mazhi.kernel.spreadsheets.formats import shows_as
from mazhi.kernel.spreadsheets.model import (
    Fault,
    Odd,
    Value,
    clean,
    code_of,
    digits_of,
    is_blank,
    narrow,
    shown,
)

DAY = datetime(2026, 9, 8)  # noqa: DTZ001 - a cell has no zone

values = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.dates()
    | st.datetimes()
    | st.times()
    | st.builds(Odd, st.sampled_from(["error", "no_value", "shown"]), st.text())
)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("RO260908L010037", "RO260908L010037"),
        ("  SN1 ", "SN1"),
        ("\u200bSN\u00ad1\ufeff\xa0", "SN1"),
        ("ＳＮ－１２３", "SN-123"),
        ("SN　1", "SN 1"),
        (42, "42"),
        (260911010092.0, "260911010092"),
        (999_999_999_999_999.0, "999999999999999"),
        (Odd("shown", "000042"), "000042"),
        ("1E05", "1E05"),  # a code may look like that; what Excel writes has a plus sign
        ("", ""),
        (None, ""),
    ],
)
def test_a_code_is_what_a_person_means(value: Value, code: str) -> None:
    assert code_of(value) == code


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (1e15, "excel_scientific"),
        (1.2345678901234501e18, "excel_scientific"),
        ("1.23E+12", "excel_scientific"),
        ("2e+11", "excel_scientific"),
        (1.5, "code_not_whole"),
        (-3.0, "code_not_whole"),
        (True, "code_is_boolean"),
        (date(2026, 9, 8), "code_is_date"),
        (DAY, "code_is_date"),
        (time(1, 2), "code_is_date"),
        (Odd("error", "#N/A"), "cell_error"),
        (Odd("no_value"), "formula_without_value"),
        ("RO\ufffd\ufffd1", "text_damaged"),
        ("RO\0001", "text_damaged"),
        ("RO\ud8001", "text_damaged"),
    ],
)
def test_a_spoiled_code_is_told_apart(value: Value, fault: str) -> None:
    found = code_of(value)
    assert isinstance(found, Fault)
    assert found.code == fault


@given(values)
def test_every_cell_is_a_code_or_a_fault_and_never_a_crash(value: Value) -> None:
    for take in (code_of, shown, is_blank, digits_of, moment_of, date_of):
        take(value)


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert narrow(narrow(text)) == narrow(text)


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 9, 8),
        DAY,
        46273,
        46273.0,
        20260908,
        "2026-09-08",
        "2026/9/8",
        "2026.9.8",
        "20260908",
        "２０２６－９－８",
        "2026年9月8日",
        "2026 年 9 月 8 日",
        "2026-09-08 00:00:00",
        "2026-09-08T00:00:00+08:00",
        "2026-09-07T16:00:00Z",
    ],
)
def test_a_date_in_any_clear_form_is_the_same_date(value: Value) -> None:
    assert date_of(value) == date(2026, 9, 8)
    assert moment_of(value) == datetime(2026, 9, 8, tzinfo=DEFAULT_ZONE)


def test_a_time_of_day_is_kept() -> None:
    assert moment_of("2026/9/8 7:05") == datetime(2026, 9, 8, 7, 5, tzinfo=DEFAULT_ZONE)
    assert moment_of(46273.5) == datetime(2026, 9, 8, 12, tzinfo=DEFAULT_ZONE)
    assert moment_of(46273 - 1462, base_1904=True) == datetime(2026, 9, 8, tzinfo=DEFAULT_ZONE)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("2026-02-30", "no_such_date"),
        ("20261301", "no_such_date"),
        ("2026-09-08 25:00", "no_such_date"),
        ("9月8日", "date_without_year"),
        ("9/8", "date_without_year"),
        ("9/8/2026", "date_ambiguous"),
        ("08-09-26", "date_ambiguous"),
        ("明天", "not_a_date"),
        (12, "not_a_date"),
        (999_999, "not_a_date"),
        (True, "not_a_date"),
        ("", "not_a_date"),
        (Odd("error", "#VALUE!"), "cell_error"),
        (Odd("no_value"), "formula_without_value"),
    ],
)
def test_what_is_no_date_says_why(value: Value, fault: str) -> None:
    found = date_of(value)
    assert isinstance(found, Fault)
    assert found.code == fault


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("000000", "42", "000042"),
        ('"SN"0000', "42", "SN0042"),
        ('"RO-"0', "42", "RO-42"),
        ("\\R\\O000", "7", "RO007"),
        ('000"号"', "7", "007号"),
        ("0", "42", None),
        ("0.00", "42", None),
        ("General", "42", None),
        ("yyyy-mm-dd", "42", None),
        ("#,##0", "42", None),
        ("0%", "1", None),
        ("000", "1.5", None),
        ("000", "-1", None),
        ("000", "x", None),
        ("RO000", "7", "RO007"),
        ("E000", "7", None),
        ("", "1", None),
    ],
)
def test_a_number_format_that_makes_a_code_is_obeyed(code: str, number: str, text: str | None) -> None:
    assert shows_as(code, number) == text
