from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.scanning.near_miss import slips

CODES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=6, max_size=20)


@given(CODES, st.integers(0, 18))
def test_two_swapped_characters_are_among_the_slips(code: str, at: int) -> None:
    at %= len(code) - 1
    typed = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert typed == code or code in slips(typed)


@given(CODES, st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_among_the_slips(code: str, at: int, shift: int) -> None:
    at %= len(code)
    if code[at].isdigit():
        typed = code[:at] + str((int(code[at]) + shift) % 10) + code[at + 1 :]
        assert code in slips(typed)


@given(CODES, st.integers(0, 19))
def test_one_character_too_many_is_among_the_slips(code: str, at: int) -> None:
    at %= len(code)
    assert code in slips(code[:at] + "7" + code[at:])


@given(st.integers(0, 19), st.text("0123456789", min_size=6, max_size=20))
def test_one_missing_digit_is_among_the_slips(at: int, code: str) -> None:
    at %= len(code)
    assert code in slips(code[:at] + code[at + 1 :]) or len(code) < 5


@given(CODES)
def test_no_slip_is_the_code_itself_or_stands_twice(code: str) -> None:
    found = slips(code)
    assert code not in found
    assert len(found) == len(set(found))


def test_letters_that_look_like_digits_come_before_any_other() -> None:
    found = slips("SN000I")
    assert found.index("SN0001") < found.index("SN000A")


def test_small_letters_are_read_as_capitals() -> None:
    assert "SN0001" in slips("sn0010")


def test_nothing_is_guessed_for_what_nobody_types() -> None:
    for text in ("", "AB", "水表", "A B C D", "A" * 40, "-----", "SN\n001"):
        assert slips(text) == []
