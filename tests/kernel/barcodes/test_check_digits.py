from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.barcodes import check_digits

DIGITS = st.text("0123456789", min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("body", "digit"),
    [("690123456789", "2"), ("9638507", "4"), ("03600029145", "2"), ("37610425002123456", "9"), ("0", "0"), ("1", "7")],
)
def test_gs1_keys_published_with_their_check_digit(body: str, digit: str) -> None:
    assert check_digits.gs1_mod10(body) == digit
    assert check_digits.gs1_mod10_holds(body + digit)


@pytest.mark.parametrize(("body", "digit"), [("49015420323751", "8"), ("7992739871", "3"), ("0", "0"), ("5", "9")])
def test_luhn_numbers_published_with_their_check_digit(body: str, digit: str) -> None:
    assert check_digits.luhn(body) == digit


@pytest.mark.parametrize(("body", "character"), [("+A123BJC5D6E71", "G"), ("CODE39", "W"), ("159AZ", "H"), ("", "0")])
def test_code_39_characters_published(body: str, character: str) -> None:
    assert check_digits.mod43(body) == character


def test_code_39_has_no_check_character_for_what_it_cannot_write() -> None:
    assert check_digits.mod43("abc") is None


@pytest.mark.parametrize(
    ("body", "pair"),
    [
        ("1987654Ad4X4bL5ttr2310c", "2K"),
        ("12345678901234567890123", "NT"),
        ("6901234GS1-China1234567", "EH"),
        ("6901234GS1-China123", "5R"),
        ("", "22"),
    ],
)
def test_model_numbers_published_with_their_check_characters(body: str, pair: str) -> None:
    assert check_digits.gs1_pair(body) == pair


def test_model_numbers_have_none_for_characters_outside_their_set() -> None:
    assert check_digits.gs1_pair("水") is None


@pytest.mark.parametrize("account", ["DE91100000000123456789", "GB98MIDL07009312345678", "BE71096123456769"])
def test_bank_accounts_published(account: str) -> None:
    assert check_digits.iban_holds(account)
    assert not check_digits.iban_holds(account[:-1] + str((int(account[-1]) + 1) % 10))
    assert not check_digits.iban_holds(account.lower())


@pytest.mark.parametrize("number", ["1M8GDM9AXKP042788", "11111111111111111", "5GZCZ43D13S812715"])
def test_vehicle_numbers_published(number: str) -> None:
    assert check_digits.vin(number) == number[8]


@given(DIGITS, st.integers(0, 29), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body: str, place: int, shift: int) -> None:
    place %= len(body)
    wrong = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    assert check_digits.gs1_mod10(wrong) != check_digits.gs1_mod10(body)
    assert check_digits.luhn(wrong) != check_digits.luhn(body)
