"""Texts with formulas in braces."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.interpolating import LONGEST, parse_formula, parse_text

DATA = {"item.code": "SN1", "序列号": "SN1", "数量": 3, "空": None, "日期": date(2026, 11, 21)}


def render(source: str) -> str:
    return parse_text(source).render(DATA.__getitem__)


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("SN {item.code}", "SN SN1"),
        ("{序列号}/{数量}", "SN1/3"),
        ("{{x}} {数量}", "{x} 3"),
        ("}}{{", "}{"),
        ('{IF(数量>2, "}", "{")}', "}"),
        ("[{空}]", "[]"),
        ("{TEXT(日期, “yyyy年M月d日”)}", "2026年11月21日"),
        ("{ 数量 + 1 }", "4"),
        ("没有公式", "没有公式"),
        ("", ""),
        ("{TODAY()}", "2026-01-02"),
    ],
)
def test_a_text_is_written_with_its_data(source: str, written: str) -> None:
    assert parse_text(source).render(DATA.__getitem__, at=datetime.fromisoformat("2026-01-02")) == written


@pytest.mark.parametrize(
    ("source", "code", "start", "end"),
    [
        ("a}b", "formula_brace", 1, 2),
        ("ab{数量", "formula_brace", 2, 5),
        ("ab{}", "formula_empty", 3, 3),
        ("ab{1+}", "formula_unfinished", 5, 5),
        ('ab{"x}', "formula_quote_open", 3, 6),
        ("ab{FOO(1)}", "formula_function", 3, 6),
        ("x" * (LONGEST + 1), "formula_too_long", LONGEST, LONGEST + 1),
    ],
    ids=lambda value: str(value)[:10],
)
def test_a_wrong_text_is_refused_at_its_place(source: str, code: str, start: int, end: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse_text(source)
    assert (caught.value.code, caught.value.start, caught.value.end) == (code, start, end)


def test_a_value_that_cannot_be_worked_out_names_its_place_in_the_text() -> None:
    with pytest.raises(FormulaError) as caught:
        render("价 {数量/0}")
    assert (caught.value.code, caught.value.start, caught.value.end) == ("formula_division_by_zero", 3, 7)
    with pytest.raises(FormulaError, match="formula_unknown_field"):
        render("{无此字段}")


def test_a_text_knows_its_fields_and_which_of_them_are_missing() -> None:
    text = parse_text("(01){空}(21){item.code}{无}{LEFT(数量, 1)}{空}")
    assert text.names == {"空", "item.code", "无", "数量"}
    assert text.missing(DATA.__getitem__) == ("空", "无")
    assert not text.fixed and parse_text("x{{").fixed


def test_one_formula_is_a_text_too() -> None:
    assert parse_formula('序列号 & "-" & 数量').render(DATA.__getitem__) == "SN1-3"


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_plain_text_with_doubled_braces_stays_what_it_is(text: str) -> None:
    assert render(text.replace("{", "{{").replace("}", "}}")) == text


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from(list('{}a1+("“”[]数量. ')), max_size=20))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        parse_text(text)
    except FormulaError as error:
        assert 0 <= error.start <= error.end <= len(text)
