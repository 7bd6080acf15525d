from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.kernel import clock
from mazhi.kernel.codes import calendar
from mazhi.kernel.codes.calendar import FORMATS
from mazhi.kernel.codes.periods import periods

DAY = date(2026, 11, 21)
days = st.dates(calendar.FIRST_DAY, calendar.LAST_DAY)


def signs(*forms: str) -> tuple[str, ...]:
    return tuple(f"{sign}@2001" if sign == "Y:letter" else sign for form in forms for sign in FORMATS[form].signs)


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_is_named_in_both_languages_and_has_one_width(form: str) -> None:
    assert FORMATS[form].zh
    assert FORMATS[form].en
    for sign in signs(form):
        assert len({len(text) for text in calendar.words(sign)}) == 1


@pytest.mark.parametrize("forms", [["YYMMDD"], ["YYWW"], ["DDMMYY"], ["Y", "M_1C", "D_1V"], ["MM", "DD"], ["HHMM"]])
def test_the_automaton_makes_exactly_the_texts_of_days(forms: list[str]) -> None:
    found = calendar.automaton(signs(*forms))
    texts = {""}
    at = {"": found.start}
    for _ in range(found.length):
        at = {text + sign: node for text in texts for sign, node in found.nodes[at[text]].items()}
        texts = set(at)
    assert texts == set(calendar.texts(signs(*forms)))
    assert set(at.values()) == {0}


def test_the_automaton_of_a_date_is_small() -> None:
    assert len(calendar.automaton(signs("YYMMDD")).nodes) < 30


@given(day=days, form=st.sampled_from([name for name, form in FORMATS.items() if form.slot == "day"]))
@settings(deadline=None)
def test_a_day_is_found_again_by_its_text(day: date, form: str) -> None:
    moment = datetime.combine(day, time(8), clock.DEFAULT_ZONE)
    written = tuple((sign, calendar.write(sign, moment)) for sign in signs(form))
    assert any(first <= day <= last for first, last in calendar.spans(written))


def test_a_week_is_a_run_of_seven_days() -> None:
    assert calendar.spans((("GG", "26"), ("WW", "47"))) == [(date(2026, 11, 16), date(2026, 11, 22))]
    assert calendar.spans((("YY", "26"), ("MM", "02"), ("DD", "30"))) == []


def test_minutes_are_read_back() -> None:
    assert calendar.minutes((("HH", "08"), ("mm", "05"))) == (time(8, 5), time(8, 5))
    assert calendar.minutes((("HH", "23"),)) == (time(23), time(23, 59))
    assert calendar.minutes((("HH", "24"),)) is None


@pytest.mark.parametrize(
    ("forms", "reset", "apart", "cycle"),
    [
        (["YYMMDD"], "day", True, None),
        (["YYMMDD"], "week", True, None),
        (["YYMMDD"], "month", True, None),
        (["YYMMDD"], "year", True, None),
        (["YYDDD"], "month", True, None),
        (["YYYYMM", "DD"], "day", True, None),
        (["YYMM"], "day", False, None),
        (["YYMM"], "week", False, None),
        (["YYMM"], "month", True, None),
        (["YYWW"], "week", True, None),
        (["YYWW"], "year", True, None),
        (["YYWW"], "month", False, None),
        (["YYWWD"], "day", True, None),
        (["YWW"], "week", True, 10),
        (["Y", "M_1C", "D_1V"], "day", True, 10),
        (["Y_VIN", "MM"], "month", True, 30),
        (["Y_LETTER"], "year", True, 26),
        (["MMDD"], "day", False, None),
        (["MM"], "month", False, None),
        (["HHMM"], "day", False, None),
        ([], "day", False, None),
        ([], "year", False, None),
    ],
)
def test_a_reset_must_be_seen_in_the_code(
    forms: list[str], reset: calendar.Reset, *, apart: bool, cycle: int | None
) -> None:
    shown = tuple(sign for form in forms if FORMATS[form].slot == "day" for sign in signs(form))
    found = periods(shown, reset)
    assert (found.apart, found.cycle_years) == (apart, cycle)


@pytest.mark.parametrize(
    ("reset", "forms", "label"),
    [
        ("day", ["YYMMDD"], "2026-11-21"),
        ("week", ["YYMMDD"], "2026-W47"),
        ("month", ["YYMMDD"], "2026-11"),
        ("year", ["YYMMDD"], "2026"),
        ("year", ["YYWW"], "2026-W"),
        ("week", ["YWW"], "2006-W47"),
    ],
)
def test_periods_have_names(reset: calendar.Reset, forms: list[str], label: str) -> None:
    assert periods(signs(*forms), reset).label(DAY) == label


@given(one=days, apart=st.integers(0, 40_000), data=st.data())
@settings(deadline=None)
def test_days_that_look_alike_are_in_one_period(one: date, apart: int, data: st.DataObject) -> None:
    forms, reset = data.draw(
        st.sampled_from([(("YWW",), "week"), (("Y", "MM"), "month"), (("YYWW",), "year"), (("YDDD",), "day")])
    )
    other = min(one + timedelta(days=apart), calendar.LAST_DAY)
    texts, found = calendar.texts(signs(*forms)), periods(signs(*forms), reset)
    if texts[(one - calendar.FIRST_DAY).days] == texts[(other - calendar.FIRST_DAY).days]:
        assert found.label(one) == found.label(other)
