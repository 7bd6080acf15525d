"""What single carriers do with right and wrong contents."""

from __future__ import annotations

import string

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines.labels.carriers import code128_bars, drawing, elements
from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.carriers.kinds import gs1_128, gs1_datamatrix
from mazhi.engines.labels.carriers.model import LabelError
from mazhi.kernel.barcodes.check_digits import CODE39, gs1_mod10
from mazhi.kernel.barcodes.gs1.elements import value_problems
from mazhi.kernel.barcodes.gs1.spelling import bracketed
from tests.engines.labels import bars
from tests.kernel.barcodes.elements import messages

WRONG = [
    ("code39", "abc", "carrier_wrong_character", {"character": "a", "position": 1}),
    ("code39", "AB*", "carrier_wrong_character", {"character": "*", "position": 3}),
    ("code39", "A" * 61, "carrier_too_long", {"length": 61, "most": 60}),
    ("code128", "SN码1", "carrier_wrong_character", {"character": "码", "position": 3}),
    ("code128", "é", "carrier_wrong_character", {"character": "é"}),
    ("code128", "1" * 81, "carrier_too_long", {"length": 81, "most": 80}),
    ("ean13", "6901234567890", "carrier_wrong_check_digit", {"expected": "2"}),
    ("ean13", "690123456789", "carrier_wrong_length", {"length": 12, "expected": 13}),
    ("ean13", "690123456789X", "carrier_wrong_character", {"character": "X", "position": 13}),
    ("ean13", "16901234567899", "carrier_wrong_length", {"length": 14, "expected": 13}),
    ("ean13", "６901234567892", "carrier_wrong_character", {"character": "６", "position": 1}),
    ("ean8", "96385075", "carrier_wrong_check_digit", {"expected": "4"}),
    ("upca", "012345678900", "carrier_wrong_check_digit", {"expected": "5"}),
    ("itf14", "1690123456789", "carrier_wrong_length", {"length": 13, "expected": 14}),
    ("itf14", "16901234567890", "carrier_wrong_check_digit", {"expected": "9"}),
    ("gs1_128", "0106901234567892", "carrier_not_bracketed", {}),
    ("gs1_128", "(01)06901234567890", "check_digit", {"expected": "2"}),
    ("gs1_128", "(00)123", "value_too_short", {"ai": "00"}),
    ("gs1_128", "(05)123", "unknown_ai", {"text": "05"}),
    ("gs1_128", "(21)A1", "missing_partner", {"ai": "21"}),
    ("gs1_128", "(01)06901234567892(02)06901234567892(37)1", "excluded_partner", {}),
    ("gs1_128", "(01)06901234567892(10)A^B", "carrier_wrong_character", {"character": "^", "position": 24}),
    ("gs1_128", "(01)06901234567892(10)" + "A" * 20 + "(21)" + "B" * 20, "carrier_too_long", {"most": 48}),
    ("gs1_datamatrix", "(01)06901234567892(10)中", "wrong_character", {"ai": "10", "character": "中"}),
    ("qr", "好" * 1200, "carrier_too_much", {"length": 3600}),
    ("qr", "1" * 7090, "carrier_too_long", {"most": 7089}),
    ("qr", "A\0B", "carrier_wrong_character", {"character": "U+0000", "position": 2}),
    ("micro_qr", "a" * 16, "carrier_too_much", {}),
    ("micro_qr", "码", "carrier_wrong_character", {"character": "码"}),
    ("datamatrix", "好" * 600, "carrier_too_much", {}),
    ("pdf417", "A" * 2700, "carrier_too_much", {}),
    ("digital_link", "https://example.com/shop", "carrier_not_a_link", {}),
    ("digital_link", "example.com/01/06901234567892", "carrier_not_a_link", {}),
    ("digital_link", "https://example.com/01/06901234567890", "check_digit", {"expected": "2"}),
]


@pytest.mark.parametrize(("name", "content", "code", "params"), WRONG, ids=lambda value: str(value)[:20])
def test_what_is_wrong_is_named(name: str, content: str, code: str, params: dict[str, object]) -> None:
    kind = carriers[name]
    with pytest.raises(LabelError) as refused:
        kind.check(content, kind.settle({}))
    assert refused.value.code == code
    assert params.items() <= refused.value.params.items()


def test_all_that_is_wrong_with_gs1_elements_is_named_at_once() -> None:
    with pytest.raises(LabelError) as refused:
        carriers["gs1_128"].check("(01)06901234567890(17)271301(37)5", {})
    told = [problem.code for problem in refused.value.problems]
    assert told == ["check_digit", "bad_date", "excluded_partner", "missing_partner"]


@pytest.mark.parametrize(
    ("name", "given", "canonical"),
    [
        ("ean13", "06901234567892", "6901234567892"),
        ("ean8", "00000096385074", "96385074"),
        ("upca", "00012345678905", "012345678905"),
        ("upca", "0012345678905", "012345678905"),
        ("itf14", "6901234567892", "06901234567892"),
        ("gs1_128", "(01) 06901234567892 (10)A1", "(01)06901234567892(10)A1"),
    ],
)
def test_numbers_may_come_in_any_of_their_lengths(name: str, given: str, canonical: str) -> None:
    kind = carriers[name]
    assert kind.check(given, kind.settle({})) == canonical


def test_elements_become_a_link_behind_the_wanted_stem() -> None:
    kind = carriers["digital_link"]
    options = kind.settle({"stem": "https://m.example.com"})
    content = kind.check("(01)06901234567892(21)SN/1(17)271231", options)
    assert content == "https://m.example.com/01/06901234567892/21/SN%2F1?17=271231"


def test_a_check_character_is_added_where_one_is_wanted() -> None:
    kind = carriers["code39"]
    assert kind.check("CODE39", kind.settle({"check_character": "mod43"})) == "CODE39W"


@pytest.mark.parametrize(
    ("name", "content", "readable"),
    [
        ("ean13", "6901234567892", "6 901234 567892"),
        ("ean8", "96385074", "9638 5074"),
        ("upca", "012345678905", "0 12345 67890 5"),
        ("gs1_128", "(01)06901234567892(21)A1", "(01)06901234567892(21)A1"),
    ],
)
def test_people_read_digits_in_groups(name: str, content: str, readable: str) -> None:
    assert carriers[name].readable(content) == readable


@settings(max_examples=150, deadline=None)
@given(
    st.text(string.printable + "\x1d\x7f", min_size=1, max_size=30) | st.text(string.digits, min_size=1, max_size=30)
)
def test_code_128_is_as_short_as_zint_makes_it_or_shorter(text: str) -> None:
    row = carriers["code128"].encode(text, {}).rows[0]
    assert len(row) <= len(bars.modules(text, zxingcpp.BarcodeFormat.Code128))


def test_code_128_characters_are_those_of_zint() -> None:
    assert dict(enumerate(code128_bars.BARS)) == bars.code128_patterns()


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**13 - 1), st.sampled_from([13, 12, 8]))
def test_retail_codes_are_those_of_zint(number: int, digits: int) -> None:
    body = str(number % 10 ** (digits - 1)).zfill(digits - 1)
    content = body + gs1_mod10(body)
    name, kind = {13: ("ean13", "EAN13"), 12: ("upca", "UPCA"), 8: ("ean8", "EAN8")}[digits]
    assert carriers[name].encode(content, {}).rows[0] == bars.modules(content, getattr(zxingcpp.BarcodeFormat, kind))


@settings(max_examples=60, deadline=None)
@given(st.text(CODE39, min_size=1, max_size=15), st.sampled_from([2, 3]))
def test_code_39_is_that_of_zint_in_either_ratio(content: str, ratio: int) -> None:
    row = carriers["code39"].encode(content, {"ratio": str(ratio)}).rows[0]
    assert row == bars.two_widths(content, bars.FORMATS.Code39, 1, ratio)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**13 - 1), st.sampled_from([2, 3]))
def test_itf_14_is_that_of_zint_in_either_ratio(number: int, ratio: int) -> None:
    content = str(number).zfill(13) + gs1_mod10(str(number).zfill(13))
    row = carriers["itf14"].encode(content, {"ratio": str(ratio)}).rows[0]
    assert row == bars.two_widths(content, bars.FORMATS.ITF, 1, ratio)


@settings(max_examples=100, deadline=None)
@given(messages())
def test_sound_elements_are_drawn_whatever_their_identifiers(message: list) -> None:
    sound = [element for element in message if not value_problems(element.ai, element.value)]
    if not sound:
        return
    content = bracketed(sound)
    matrix = gs1_datamatrix.encode(content, {})
    assert len(matrix.rows) == len(matrix.rows[0])
    text = gs1_128.text(content)
    assert text[0] == code128_bars.FNC1
    assert text[1:].replace(code128_bars.FNC1, "\x1d") == elements.raw(content)


def test_the_same_symbol_is_not_drawn_twice() -> None:
    before = drawing.modules.cache_info().hits
    kind = carriers["qr"]
    options = kind.settle({})
    kind.encode(kind.check("https://m.example.com/once", options), options)
    assert drawing.modules.cache_info().hits == before + 1
