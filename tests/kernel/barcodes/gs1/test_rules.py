"""Rules that the shared vectors do not reach one by one."""

from __future__ import annotations

import pytest

from mazhi.kernel.barcodes.gs1.rules import COUNTRIES, CURRENCIES, PACKAGES, RULES
from mazhi.kernel.barcodes.gs1.table import TABLE, matching, part, starting
from mazhi.kernel.errors import ProgrammingError


def holds(rule: str, text: str) -> bool:
    return RULES[rule].test(text) is None


@pytest.mark.parametrize(
    ("rule", "good", "bad"),
    [
        ("zero", "0", "1"),
        ("nonzero", "0010", "0000"),
        ("natural", "10", "01"),
        ("natural", "1", "0"),
        ("nondigit", "12A", "123"),
        ("hour", "23", "24"),
        ("minute", "59", "60"),
        ("second", "00", "61"),
        ("hhmm", "0000", "2400"),
        ("yesno", "0", "9"),
        ("winding", "9", "2"),
        ("sex", "9", "4"),
        ("media", "10", "00"),
        ("media", "99", "79"),
        ("sequence", "1/1", "1-1"),
        ("sequence", "2/3", "1/02"),
        ("piece", "0101", "0201"),
        ("percent", "50%25", "50%"),
        ("percent", "%aF", "%a"),
        ("latitude", "1800000000", "1800000001"),
        ("longitude", "3600000000", "3600000001"),
        ("date", "000229", "010229"),
        ("date", "261130", "261131"),
        ("date0", "261100", "261300"),
        ("date8", "20000229", "19000229"),
        ("date8", "00010101", "00000101"),
        ("country999", "999", "998"),
        ("pair", "1987654Ad4X4bL5ttr2310c2K", "1987654Ad4X4bL5ttr2310cK2"),
        ("pair", "!22", "22"),
        ("iban", "FR7630006000011234567890189", "FR76"),
        ("prefix1", "6901", "690"),
        ("prefix2", "06901", "0690A"),
        ("offer", "061234567890121234569123456789012345", "0612345678901212345691234567890123456"),
        ("offer", "101234561234560123456", "071234561234560123456"),
        ("coupon", "012345612345611110123", "712345612345611110123"),
        ("coupon", "012345612345611110123" + "10110123" + "0123456", "012345612345611110123" + "14110123" + "0123456"),
        ("coupon", "01234561234561111012321101239", "01234561234561111012321151239"),
        ("coupon", "0123456123456111101235" + "0123456", "0123456123456111101235" + "9123456"),
        ("coupon", "0123456123456111101236" + "11234567", "0123456123456111101236" + "81234567"),
        ("coupon", "0123456123456111101239" + "0000", "0123456123456111101239" + "3000"),
        ("coupon", "0123456123456111101233261231" + "4261201", "0123456123456111101233261231" + "4271201"),
        ("coupon", "0123456123456111101234261201", "01234561234561111012342612"),
        ("coupon", "012345612345611110123", "01234561234561111A123"),
    ],
)
def test_a_rule_tells_good_from_bad(rule: str, good: str, bad: str) -> None:
    assert holds(rule, good)
    assert not holds(rule, bad)


def test_every_rule_is_used_by_the_table() -> None:
    assert {name for ai in TABLE.values() for part in ai.parts for name, _ in part.rules} == set(RULES)


def test_lists_of_codes_are_whole() -> None:
    assert (len(COUNTRIES), COUNTRIES["156"], COUNTRIES["344"]) == (249, "CN", "HK")
    assert (CURRENCIES["156"], CURRENCIES["978"], CURRENCIES["532"]) == ("CNY", "EUR", "XCG")
    assert {"1A", "8", "9", "201", "APE", "PX", "ZZ"} <= PACKAGES
    assert not {"", "A", "0", "-"} & PACKAGES


def test_every_identifier_has_titles_and_partners_that_exist() -> None:
    for ai in TABLE.values():
        assert ai.zh
        assert ai.en
        for pattern in (*ai.never, *(one for group in ai.needs for one in group)):
            assert matching(pattern) & TABLE.keys(), (ai.code, pattern)
        for order in ai.key or ():
            assert set(order) <= TABLE.keys()


def test_no_identifier_begins_like_another() -> None:
    for code in TABLE:
        found = starting(code + "0000")
        assert found is not None
        assert found.code == code


@pytest.mark.parametrize("text", ["", "0", "05", "3106", "23", "88", "4299", "ab", "31"])
def test_what_is_no_identifier_is_not_found(text: str) -> None:
    assert starting(text) is None


@pytest.mark.parametrize("text", ["", "q3", "n", "n3 Country", "3n"])
def test_a_part_that_is_written_wrongly_stops_the_start(text: str) -> None:
    with pytest.raises(ProgrammingError):
        part(text)
