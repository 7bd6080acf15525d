"""What is doubtful is found, said in both languages, and mended by its own change."""

from __future__ import annotations

from typing import Any

import pytest

from mazhi.engines.labels.checks import Warning, check
from mazhi.engines.labels.model import parse
from mazhi.kernel import texts

QR = {
    "id": "qr",
    "kind": "barcode",
    "x": 38,
    "y": 1,
    "w": 21,
    "h": 21,
    "symbology": "qr",
    "value": "https://cy.example/1",
}
TEXT = {"id": "it", "kind": "text", "x": 2, "y": 30, "w": 30, "h": 5, "value": "净水机"}
CODE = {"id": "it", "kind": "barcode", "x": 2, "y": 25, "w": 50, "h": 9, "value": "{item.code}"}

CASES: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "a line in a quiet zone": (
        "label_check_quiet", [QR, {"id": "it", "kind": "line", "x": 2, "y": 8, "w": 38.5, "h": 0.25}]
    ),
    "a text in a quiet zone": ("label_check_quiet", [{**QR, "module_mm": 0.5}, {**TEXT, "x": 42, "y": 17, "w": 15}]),
    "small Chinese": ("label_check_chinese_small", [{**TEXT, "size": 5}]),
    "small Latin": ("label_check_text_small", [{**TEXT, "size": 3, "value": "RO26"}]),
    "small readable text": ("label_check_text_small", [{**CODE, "readable": "below", "readable_size": 3}]),
    "text that shrinks too far": (
        "label_check_chinese_small", [{**TEXT, "w": 5.5, "h": 10, "size": 7, "min_size": 4, "shrink": True}]
    ),
    "a long text": ("label_text_does_not_fit", [{**TEXT, "value": "宁波澄岳净水科技有限公司净水机"}]),
    "a narrow bar": ("label_check_module_small", [{**CODE, "w": 22}]),
    "small modules": ("label_check_module_small", [{**QR, "id": "it", "w": 6, "h": 6}]),
    "a symbol without room": ("label_code_does_not_fit", [{**CODE, "w": 12}]),
    "a narrow quiet zone": ("label_check_quiet_narrow", [{**QR, "id": "it", "quiet_mm": 0.5}]),
    "outside": ("label_check_outside", [{**TEXT, "x": 50, "y": 38, "w": 20}]),
    "a wrong check digit": ("carrier_wrong_check_digit", [{**CODE, "symbology": "ean13", "value": "6901234567891"}]),
}  # fmt: skip


def warnings(elements: list[dict[str, Any]], dpi: int = 203) -> list[Warning]:
    data = {"item.code": "RO260908L0100"}.__getitem__
    return check(parse({"width_mm": 60, "height_mm": 40, "elements": elements}), dpi, data)


@pytest.mark.parametrize(("code", "elements"), CASES.values(), ids=CASES)
class TestEveryWarning:
    def test_is_found_at_its_element_and_said_whole(self, code: str, elements: list[dict[str, Any]]) -> None:
        found = warnings(elements)
        assert [(one.element, one.code) for one in found] == [("it", code)]
        for language in ("zh", "en"):
            said = texts.message(code, language, dict(found[0].params)) + texts.advice(
                code, language, dict(found[0].params)
            )
            blank = texts.message(code, language, {}) + texts.advice(code, language, {})
            assert said != blank
            assert "“”" not in said

    def test_is_mended_by_its_change(self, code: str, elements: list[dict[str, Any]]) -> None:
        (found,) = warnings(elements)
        if code == "label_check_chinese_small" and elements[0].get("shrink"):
            return  # Its box is too small for it whatever its size: a smaller limit cannot mend that.
        assert found.fix is not None
        assert found.fix["element"] == "it"
        mended = [{**one, **found.fix["set"]} if one["id"] == "it" else one for one in elements]
        assert warnings(mended) == []


def test_what_forbids_printing_is_marked() -> None:
    assert [one.blocks for one in warnings([{**TEXT, "size": 5}, {**CODE, "id": "c", "w": 12}])] == [False, True]


def test_made_up_data_stands_in_where_there_is_none() -> None:
    template = parse({"width_mm": 60, "height_mm": 40, "elements": [CODE]})
    assert check(template, 203) == []


def test_a_smaller_dot_takes_smaller_letters() -> None:
    assert [one.code for one in warnings([{**TEXT, "size": 5}])] == ["label_check_chinese_small"]
    assert warnings([{**TEXT, "size": 5}], 300) == []


def test_a_frame_around_a_symbol_is_no_intrusion() -> None:
    assert warnings([QR, {"id": "it", "kind": "rect", "x": 0.5, "y": 0.5, "w": 59, "h": 39, "radius": 2}]) == []


def test_a_hidden_element_is_not_looked_at() -> None:
    assert warnings([{**TEXT, "size": 5, "hidden": True}]) == []
