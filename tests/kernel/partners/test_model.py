from __future__ import annotations

from typing import Any

import pytest

from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.partners.model import Partner, check_partner, covers, is_region


@pytest.mark.parametrize("region", ["110000", "440106", "710000", "810000", "820000", "659000"])
def test_six_digits_that_begin_with_a_province_are_a_region(region: str) -> None:
    assert is_region(region)


@pytest.mark.parametrize("region", ["", "44000", "4400000", "990000", "160000", "44０000", "44000a", "840000"])
def test_anything_else_is_no_region(region: str) -> None:
    assert not is_region(region)


@pytest.mark.parametrize(
    ("region", "inside", "outside"),
    [
        ("440000", ["440000", "440100", "440106"], ["450000", "110000"]),
        ("440100", ["440100", "440106"], ["440000", "440300"]),
        ("440106", ["440106"], ["440100", "440107"]),
        ("100000", [], ["440000"]),
    ],
)
def test_a_region_holds_what_lies_in_it(region: str, inside: list[str], outside: list[str]) -> None:
    assert [other for other in inside if not covers(region, other)] == []
    assert [other for other in outside if covers(region, other)] == []


def faults(**fields: Any) -> list[tuple[str | None, str]]:
    checks = Checks()
    check_partner(Partner(**{"code": "D", "name": "经销商", "kind": "dealer", **fields}), checks)
    return [(problem.pointer, problem.code) for problem in checks.problems]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, []),
        ({"region": "440000", "regions": ("440100", "450000"), "phone": "+86 (20) 8888-6666#12"}, []),
        ({"kind": "friend"}, [("/kind", "not_one_of")]),
        ({"region": "99"}, [("/region", "bad_region")]),
        (
            {"regions": ("440000", "x", "440000")},
            [("/regions/1", "bad_region"), ("/regions/2", "region_twice")],
        ),
        ({"phone": "12"}, [("/phone", "bad_phone")]),
        ({"phone": "call me"}, [("/phone", "bad_phone")]),
        ({"code": "a\n", "name": ""}, [("/code", "bad_code"), ("/name", "text_missing")]),
    ],
)
def test_what_is_wrong_with_a_partner_is_named_where_it_stands(
    fields: dict[str, Any], wanted: list[tuple[str, str]]
) -> None:
    assert faults(**fields) == wanted


@pytest.mark.parametrize(
    ("phone", "masked"), [("13812345678", "138****5678"), ("12345678", "****"), ("1234", "****"), (None, None)]
)
def test_a_masked_phone_number_cannot_be_called(phone: str | None, masked: str | None) -> None:
    partner = Partner(code="D", name="n", kind="person", phone=phone)
    assert partner.masked_phone == masked
    assert partner.facts()["phone"] == masked
