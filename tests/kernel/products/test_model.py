from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.products.model import Capture, CaptureRule, Product, capture_from, check_product, gtin14


@pytest.mark.parametrize(
    ("given_", "stored"),
    [
        ("06901234567892", "06901234567892"),
        ("6901234567892", "06901234567892"),
        ("036000291452", "00036000291452"),
        ("40170725", "00000040170725"),
        ("16901234567899", "16901234567899"),
        ("6901234567893", None),
        ("690123456789", None),
        ("690123456789２", None),
        ("00000000000000", None),
        ("069012345678920", None),
        ("", None),
    ],
)
def test_a_gtin_is_kept_with_14_digits_and_its_check_digit_is_proven(given_: str, stored: str | None) -> None:
    assert gtin14(given_) == stored


@given(digits=st.text("0123456789", min_size=13, max_size=13), place=st.integers(0, 13), shift=st.integers(1, 9))
def test_one_wrong_digit_of_a_gtin_is_always_noticed(digits: str, place: int, shift: int) -> None:
    right = [digits + str(check) for check in range(10) if gtin14(digits + str(check))]
    if not int(digits):
        assert right == []
        return
    assert len(right) == 1
    changed = str((int(right[0][place]) + shift) % 10)
    assert gtin14(right[0][:place] + changed + right[0][place + 1 :]) is None


def test_the_most_precise_capture_rule_counts() -> None:
    capture = Capture(
        (
            CaptureRule("optional"),
            CaptureRule("none", place="WH1"),
            CaptureRule("automatic", place="A-01"),
            CaptureRule("required", operation="ship"),
            CaptureRule("none", operation="ship", place="WH1"),
        )
    )
    assert capture.mode("receive") == "optional"
    assert capture.mode("receive", ["B-01", "WH1"]) == "none"
    assert capture.mode("receive", ["A-01", "WH1"]) == "automatic"
    assert capture.mode("ship") == "required"
    assert capture.mode("ship", ["A-01"]) == "required"
    assert capture.mode("ship", ["A-01", "WH1"]) == "none"


def test_without_a_rule_that_fits_the_default_holds() -> None:
    capture = Capture((CaptureRule("none", operation="ship"),))
    assert capture.mode("receive") == "required"
    assert capture.mode("receive", default="optional") == "optional"


@pytest.mark.parametrize(
    ("pattern", "fitting", "failing"),
    [
        ("", ["anything", ""], []),
        ("SN####", ["SN0001"], ["SN001", "SN00011", "SNA001", "sn0001", "SN０００１"]),
        ("@@?#", ["abC1", "ab11"], ["1b11", "abc", "abc-"]),
        ("A*Z|##", ["AZ", "A-b.Z", "07"], ["A", "007"]),
        ("1.5", ["1.5"], ["1x5"]),
    ],
)
def test_masks_say_which_foreign_serials_fit(pattern: str, fitting: list[str], failing: list[str]) -> None:
    capture = Capture(pattern=pattern)
    assert [serial for serial in fitting if not capture.fits(serial)] == []
    assert [serial for serial in failing if capture.fits(serial)] == []


def test_a_capture_rule_survives_being_written_as_json() -> None:
    capture = Capture((CaptureRule("none", "ship", "WH1"), CaptureRule("optional")), True, False, "##")
    assert capture_from(json.loads(json.dumps(capture.body()))) == capture
    assert capture_from({}) == Capture()


def faults(**fields: Any) -> list[tuple[str | None, str]]:
    checks = Checks()
    check_product(Product(**{"code": "P", "name": "产品", "tracking": "serial", **fields}), checks)
    return [(problem.pointer, problem.code) for problem in checks.problems]


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, []),
        ({"gtin": "6901234567893"}, [("/gtin", "bad_gtin")]),
        ({"tracking": "piece"}, [("/tracking", "not_one_of")]),
        ({"warranty_from": "birth"}, [("/warranty_from", "not_one_of")]),
        ({"shelf_life_days": 0}, [("/shelf_life_days", "number_out_of_range")]),
        ({"warranty_days": -1}, [("/warranty_days", "number_out_of_range")]),
        ({"warranty_delay_days": 36_501}, [("/warranty_delay_days", "number_out_of_range")]),
        ({"tracking": "sku", "batch_managed": True}, [("/batch_managed", "sku_has_no_batches")]),
        ({"tracking": "sku", "shelf_life_days": 9}, [("/shelf_life_days", "sku_has_no_batches")]),
        (
            {"inspect_on": ("receive", "fly", "receive", "exchange:new")},
            [(f"/inspect_on/{place}", "unknown_operation") for place in (1, 2, 3)],
        ),
        (
            {"tracking": "batch", "capture": Capture(track_only=True)},
            [("/capture/track_only", "capture_needs_serials")],
        ),
        ({"capture": Capture(outbound_only=True, track_only=True)}, [("/capture/track_only", "capture_contradicts")]),
        ({"capture": Capture(pattern="*****")}, [("/capture/pattern", "mask_with_many_stars")]),
        ({"capture": Capture(pattern="****|***")}, []),
        (
            {
                "capture": Capture(
                    (CaptureRule("never", "fly"), CaptureRule("none", "ship"), CaptureRule("optional", "ship"))  # type: ignore[arg-type]
                )
            },
            [
                ("/capture/rules/0/mode", "not_one_of"),
                ("/capture/rules/0/operation", "unknown_operation"),
                ("/capture/rules/2", "capture_rule_twice"),
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_product_is_named_where_it_stands(
    fields: dict[str, Any], wanted: list[tuple[str, str]]
) -> None:
    assert faults(**fields) == wanted


def test_batch_goods_and_batch_managed_pieces_have_batches() -> None:
    assert Product(code="P", name="n", tracking="batch").has_batches
    assert Product(code="P", name="n", tracking="serial", batch_managed=True).has_batches
    assert not Product(code="P", name="n", tracking="serial").has_batches
