"""What holds for every formula."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Context, Decimal, DecimalException

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.nodes import Binary, Boolean, Call, Field, Node, Number, String, Unary, from_json, to_json
from mazhi.engines.formula.parsing import DEEPEST, LONGEST, parse
from mazhi.engines.formula.printing import write
from mazhi.engines.formula.values import Fault, adopt
from mazhi.kernel.texts import catalogue, message

PIECES = st.sampled_from(
    [*'()（）+-*/^&%=<>≤≥≠,，;；、"“”[]【】.．{} 0１ａ序×÷', "IF(", "item.code", "1.5", "1E", "TRUE", "求和("]
)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
def test_reading_any_text_gives_a_tree_or_an_error_with_its_place(source: str) -> None:
    try:
        tree = parse(source)
    except FormulaError as error:
        assert 0 <= error.start <= error.end <= len(source)
        assert error.code in catalogue()
        return
    assert parse(write(tree)) == tree


_NAMES = st.one_of(
    st.sampled_from(["item.code", "序列号", "record.规格 型号", "a..b", "真", "TRUE", "x/y", "1号仓"]),
    st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="[]【】［］{}｛｝"), min_size=1, max_size=8
    )
    .map(str.strip)
    .filter(bool),
)
_LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.decimals(min_value=0, max_value=10**20, places=4).map(Number),
    st.text(max_size=8).map(String),
    st.booleans().map(Boolean),
    _NAMES.map(Field),
)
_OPERATORS = st.sampled_from(["+", "-", "*", "/", "^", "&", "=", "<>", "<", ">", "<=", ">="])
_TREES = st.recursive(
    _LEAVES,
    lambda below: st.one_of(
        st.builds(Unary, st.sampled_from("+-%"), below),
        st.builds(Binary, _OPERATORS, below, below),
        st.lists(below, min_size=1, max_size=3).map(lambda some: Call("SUM", tuple(some))),
    ),
    max_leaves=12,
)


@settings(max_examples=200, deadline=None)
@given(_TREES)
def test_a_printed_tree_reads_as_the_same_tree(tree: Node) -> None:
    assert parse(write(tree)) == tree
    assert from_json(to_json(tree)) == tree


_AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=6)


@settings(max_examples=200, deadline=None)
@given(_AMOUNTS, _AMOUNTS, st.sampled_from("+-*/"))
def test_arithmetic_is_that_of_decimal(left: Decimal, right: Decimal, operator: str) -> None:
    context = Context(prec=34, rounding="ROUND_HALF_UP")
    work = {"+": context.add, "-": context.subtract, "*": context.multiply, "/": context.divide}[operator]
    found = evaluate(parse(f"a{operator}b"), {"a": left, "b": right}.__getitem__)
    try:
        expected = work(left, right)
    except DecimalException:
        assert isinstance(found, Fault) and found.code == "formula_division_by_zero"
        return
    assert found == expected


@settings(max_examples=100, deadline=None)
@given(
    st.integers(-(10**34) + 1, 10**34 - 1), st.integers(0, 20), st.sampled_from(["ABS", "ROUND", "INT", "VALUE", "+"])
)
def test_all_34_digits_are_kept(digits: int, places: int, function: str) -> None:
    number = Decimal(digits).scaleb(-places, Context(prec=40))
    whole = number if function in {"+", "VALUE", "ABS"} else number.to_integral_value("ROUND_HALF_UP")
    if function == "INT":
        whole = number.to_integral_value("ROUND_FLOOR")
    source = "+x" if function == "+" else f"{function}(x)"
    assert evaluate(parse(source), {"x": number}.__getitem__) == (whole.copy_abs() if function == "ABS" else whole)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("(" * 10_000 + "1" + ")" * 10_000, "formula_too_long"),
        ("(" * 5_000 + "1" + ")" * 5_000, "formula_too_deep"),
        ("-" * 10_000 + "1", "formula_too_deep"),
        ("1" + "+1" * 5_000, "formula_too_deep"),
        ("1" + "%" * 5_000, "formula_too_deep"),
        ("NOT(" * 1_000 + "1" + ")" * 1_000, "formula_too_deep"),
        ("2^" * 5_000 + "1", "formula_too_deep"),
        ("a=" * 5_000 + "1", "formula_chained"),
        ("[" * 10_000, "formula_bracket_open"),
        ("1" * 10_000, "formula_number"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_monstrous_formulas_are_refused_in_words(source: str, code: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(source)
    assert caught.value.code == code
    assert message(code, "zh", caught.value.params) != message(code, "en", caught.value.params)


def test_the_deepest_that_is_allowed_can_be_worked_out() -> None:
    deep = DEEPEST - 1
    assert evaluate(parse("(" * deep + "1" + ")" * deep), {}.__getitem__) == Decimal(1)
    assert evaluate(parse("1" + "+1" * deep), {}.__getitem__) == Decimal(DEEPEST)
    assert parse(write(parse("NOT(" * (deep - 1) + "1" + ")" * (deep - 1)))) is not None
    assert LONGEST > 10_000


def test_an_error_says_what_was_expected_in_both_languages() -> None:
    with pytest.raises(FormulaError) as caught:
        parse("1+*2")
    params = caught.value.params
    assert "“*”" in message("formula_unexpected", "zh", params)
    assert "expected a number" in message("formula_unexpected", "en", params)
    assert caught.value.problem("/value", element="e1").params["element"] == "e1"
    assert caught.value.moved(5).start == 7


def test_values_from_outside_become_what_formulas_know() -> None:
    assert adopt(5) == Decimal(5) and adopt(0.1) == Decimal("0.1") and adopt(True) is True
    assert adopt([1, None, "x"]) == (Decimal(1), None, "x")
    assert adopt(datetime(2026, 11, 21, 0, 0, tzinfo=UTC)) == datetime.fromisoformat("2026-11-21T08:00")
    assert adopt(date(2026, 1, 1)) == date(2026, 1, 1)
    found = evaluate(parse("x"), {"x": object()}.__getitem__)
    assert isinstance(found, Fault) and found.code == "formula_bad_value"


def test_the_present_moment_is_taken_once() -> None:
    assert evaluate(parse("NOW()=NOW()"), {}.__getitem__) is True
