"""Every function, present and future."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines.formula.errors import FaultError
from mazhi.engines.formula.evaluating import evaluate
from mazhi.engines.formula.function import FAMILIES, Function
from mazhi.engines.formula.functions import functions
from mazhi.engines.formula.nodes import Boolean, Call, Empty, Node, Number, String
from mazhi.engines.formula.parsing import parse
from mazhi.engines.formula.reference import reference
from mazhi.engines.formula.values import Fault, to_text
from mazhi.kernel.texts import catalogue

NOW = datetime.fromisoformat("2026-11-21T08:30")

LITERALS: st.SearchStrategy[Node] = st.one_of(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9).map(Number),
    st.text(max_size=12).map(String),
    st.sampled_from(["2026-11-21", "0.00", "yyyy-MM", "Y", "-5", "D", "1e5"]).map(String),
    st.booleans().map(Boolean),
    st.just(Empty()),
)


def test_names_are_unique_in_both_languages() -> None:
    names = [name for one in functions for name in (one.name, one.zh)]
    assert len(names) == len(set(names)) and len(functions) >= 50


def test_a_name_is_found_in_any_case_and_near_ones_are_offered() -> None:
    assert functions.find("round") is functions["ROUND"] is functions.find("四舍五入")
    assert functions.near("RUOND") == "ROUND"


@pytest.mark.parametrize("function", list(functions), ids=lambda one: one.name)
class TestEveryFunction:
    def test_is_told_in_both_languages(self, function: Function) -> None:
        assert function.doc_zh.endswith("。") and function.doc_en.endswith(".")
        assert function.family in FAMILIES and function.name == function.name.upper()
        assert function.described()["usage_zh"].startswith(f"{function.zh}(")

    def test_comes_to_what_its_example_says(self, function: Function) -> None:
        found = evaluate(parse(function.example[0]), {}.__getitem__, NOW)
        assert not isinstance(found, Fault) and to_text(found) == function.example[1]

    @settings(max_examples=15, deadline=None)
    @given(data=st.data())
    def test_takes_anything_and_never_crashes(self, function: Function, data: st.DataObject) -> None:
        least, most = function.arity
        count = data.draw(st.integers(least, min(most, least + 3)))
        if not function.complete(count):
            count = least
        call = Call(function.name, tuple(data.draw(st.lists(LITERALS, min_size=count, max_size=count))))
        found = evaluate(call, {}.__getitem__, NOW)
        if isinstance(found, Fault):
            assert found.code in catalogue()
        else:
            try:
                to_text(found)
            except FaultError as fault:
                assert fault.code in catalogue()
            assert not isinstance(found, Decimal) or found.is_finite()


def test_the_page_about_formulas_is_up_to_date() -> None:
    page = Path(__file__).parents[3] / "docs" / "formulas.md"
    assert page.read_text("utf-8") == reference()
