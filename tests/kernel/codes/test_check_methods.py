from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mazhi.kernel.codes import check_methods
from mazhi.kernel.codes.alphabets import BASE_36, DIGITS, SEPARATORS, UPPER
from mazhi.kernel.codes.check_method import COVERED, SIGNS, CheckMethod
from mazhi.kernel.codes.segments.check import METHODS

FILES = sorted(file.stem for file in Path(check_methods.__path__[0]).glob("[a-z]*.py"))
PUBLISHED = [
    ("luhn", "7992739871", "3"),
    ("luhn", "49015420323751", "8"),  # an IMEI
    ("luhn", "US037833100", "5"),  # an ISIN: letters as two digits
    ("gs1_mod10", "629104150021", "3"),  # GTIN-13
    ("gs1_mod10", "10614141234567890", "8"),  # SSCC
    ("gs1_mod10", "0690123456789", "2"),
    ("iso7064_mod11_10", "0794", "5"),
    ("iso7064_mod11_10", "00200667308", "5"),
    ("iso7064_mod37_2", "G123498654321", "H"),  # a blood donation
    ("iso7064_mod37_36", "A12425GABC1234002", "M"),  # a Global Release Identifier
    ("iso7064_mod97_10", "5493001KJTIIGC8Y1R", "12"),  # an LEI
    ("iso7064_mod97_10", "WEST12345698765432GB", "82"),  # an IBAN
    ("verhoeff", "236", "3"),
    ("verhoeff", "12345", "1"),
    ("verhoeff", "142857", "0"),
    ("damm", "572", "4"),
]
ALL = pytest.mark.parametrize("method", list(METHODS), ids=lambda method: method.name)
numbers = st.text(DIGITS, min_size=1, max_size=20)


def holds(method: CheckMethod, code: str) -> bool:
    return method.compute(code[: -method.size]) == code[-method.size :]


def test_one_file_is_one_method_of_the_same_name() -> None:
    assert [method.name for method in METHODS] == FILES


@pytest.mark.parametrize(("name", "text", "expected"), PUBLISHED)
def test_published_values(name: str, text: str, expected: str) -> None:
    assert METHODS[name].compute(text) == expected


def test_every_method_has_a_published_value() -> None:
    assert {name for name, _, _ in PUBLISHED} == set(FILES)


@ALL
class TestEveryMethod:
    @given(text=st.text(BASE_36 + SEPARATORS, max_size=30))
    @settings(deadline=None)
    def test_gives_characters_of_its_alphabet(self, method: CheckMethod, text: str) -> None:
        found = method.compute(text)
        assert len(found) == method.size
        assert set(found) <= set(method.alphabet)

    @given(text=numbers, data=st.data())
    @settings(deadline=None)
    def test_finds_every_wrong_digit(self, method: CheckMethod, text: str, data: st.DataObject) -> None:
        code = text + method.compute(text)
        place = data.draw(st.integers(0, len(code) - 1))
        letters = DIGITS if place < len(text) else method.alphabet
        wrong = data.draw(st.sampled_from([sign for sign in letters if sign != code[place]]))
        assert not holds(method, code[:place] + wrong + code[place + 1 :])

    @given(text=numbers, data=st.data())
    @settings(deadline=None)
    def test_finds_the_swaps_that_it_promises(self, method: CheckMethod, text: str, data: st.DataObject) -> None:
        code = text + method.compute(text)
        place = data.draw(st.integers(0, len(text) - 1))
        assume(place + 1 < len(code) - (method.size - 1))
        one, other = code[place : place + 2]
        assume(one != other and other in DIGITS)
        missed = {
            "luhn": {"0", "9"} == {one, other},
            "gs1_mod10": abs(int(one) - int(other)) == 5,
        }
        if method.transpositions == "all" or method.name in missed:
            found = not holds(method, code[:place] + other + one + code[place + 2 :])
            assert found != missed.get(method.name, False)

    @given(text=st.text(UPPER, min_size=1, max_size=15), data=st.data())
    @settings(deadline=None)
    def test_finds_every_wrong_letter_if_it_says_so(self, method: CheckMethod, text: str, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(text) - 1))
        wrong = data.draw(st.sampled_from([sign for sign in UPPER if sign != text[place]]))
        if method.guards_letters:
            assert method.compute(text) != method.compute(text[:place] + wrong + text[place + 1 :])

    @given(text=st.text(BASE_36, max_size=20), separators=st.lists(st.sampled_from(SEPARATORS), max_size=5))
    @settings(deadline=None)
    def test_passes_over_separators(self, method: CheckMethod, text: str, separators: list[str]) -> None:
        divided = "".join(sign + (separators.pop() if separators else "") for sign in text)
        assert method.compute(divided) == method.compute(text)

    def test_its_table_says_the_same_as_its_steps(self, method: CheckMethod) -> None:
        states = {method.start}
        for _ in range(200):
            states |= {method.feed(state, sign) for state in states for sign in COVERED}
        assert all(
            method.table[state * SIGNS + ord(sign)] == method.feed(state, sign) * SIGNS
            for state in states
            for sign in COVERED
        )

    def test_is_named_in_both_languages(self, method: CheckMethod) -> None:
        assert method.zh
        assert method.en


def test_methods_that_do_not_guard_letters_really_miss_some() -> None:
    for method in METHODS:
        if not method.guards_letters:
            codes = {method.compute("1" + letter + "34") for letter in UPPER}
            assert len(codes) < len(UPPER)
