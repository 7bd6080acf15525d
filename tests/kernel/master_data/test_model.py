from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.errors import InvalidInputError
from mazhi.kernel.master_data.model import Checks, is_code, page_of


@pytest.mark.parametrize("code", ["A", "WM-20", "螺钉 M4×10/304", "a" * 64, "%", "/", "..a", "A.B", "码"])
def test_printable_text_of_any_script_may_be_a_code(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize(
    "code", ["", " A", "A ", "a" * 65, "A\tB", "A\nB", "A\u200bB", "A\u3000B", "\ud800", ".", "..", "a/../b", "./a"]
)
def test_blank_ends_invisible_signs_and_folding_paths_are_no_codes(code: str) -> None:
    assert not is_code(code)


@given(code=st.text(max_size=70))
def test_a_code_is_short_printable_and_has_no_blank_ends(code: str) -> None:
    if is_code(code):
        assert 1 <= len(code) <= 64
        assert code.isprintable()
        assert code.strip() == code


def test_every_fault_is_collected_before_anything_is_refused() -> None:
    checks = Checks()
    checks.code("/code", " ")
    checks.text("/name", " ", needed=True)
    checks.text("/unit", "x" * 21, limit=20)
    checks.text("/note", "a\nb")
    checks.one_of("/kind", "zoo", ("bin", "zone"))
    checks.days("/days", -1)
    checks.days("/life", 0, least=1)
    checks.in_order("/expires_on", date(2026, 2, 1), date(2026, 1, 31))
    with pytest.raises(InvalidInputError) as refused:
        checks.done()
    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == [
        ("/code", "bad_code"),
        ("/name", "text_missing"),
        ("/unit", "text_too_long"),
        ("/note", "text_not_printable"),
        ("/kind", "not_one_of"),
        ("/days", "number_out_of_range"),
        ("/life", "number_out_of_range"),
        ("/expires_on", "dates_out_of_order"),
    ]


def test_what_is_right_is_let_through() -> None:
    checks = Checks()
    checks.code("/code", "A")
    checks.text("/name", "名", needed=True)
    checks.text("/unit", "", limit=20)
    checks.one_of("/kind", "bin", ("bin", "zone"))
    checks.days("/days", None)
    checks.days("/days", 36_500)
    checks.in_order("/expires_on", date(2026, 2, 1), date(2026, 2, 1))
    checks.in_order("/expires_on", None, date(2026, 2, 1))
    checks.done()


def test_a_page_names_the_key_of_its_last_row_only_if_there_are_more() -> None:
    full = page_of(["a", "b", "c"], 2, ["A", "B", "C"])
    last = page_of(["a", "b"], 2, ["A", "B"])
    assert (full.rows, full.next) == (["a", "b"], "B")
    assert (last.rows, last.next) == (["a", "b"], None)
