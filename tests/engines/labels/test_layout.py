"""Layout: what is fixed is laid out once, everything is on whole dots and on the label, and what is wrong is named."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines.labels.carriers.family import carriers
from mazhi.engines.labels.layout import Layout, extent
from mazhi.engines.labels.marks import Box, Picture, Symbol, Words
from mazhi.engines.labels.model import element_kinds, parse
from mazhi.engines.labels.writers.raster import draw, draw_all
from mazhi.kernel.errors import InvalidInputError


def layout(*elements: dict[str, Any], dpi: int = 203) -> Layout:
    return Layout(parse({"width_mm": 60, "height_mm": 40, "elements": list(elements)}), dpi)


def data(**values: object) -> Any:
    return {name.replace("_", "."): value for name, value in values.items()}.__getitem__


CODE = {"id": "code", "kind": "barcode", "x": 2, "y": 20, "w": 56, "h": 12, "value": "{item.code}"}
NAME = {"id": "name", "kind": "text", "x": 2, "y": 2, "w": 40, "h": 5, "value": "澄岳"}


def test_what_does_not_change_is_laid_out_once_and_comes_first() -> None:
    made = layout(CODE, NAME)
    first, second = made.lay(data(item_code="A1")), made.lay(data(item_code="A2"))
    assert first.fixed == 1
    assert first.marks[0] is second.marks[0]
    assert [mark.element for mark in first.marks] == ["name", "code"]


def test_a_run_drawn_at_once_is_the_same_as_label_by_label() -> None:
    made = layout(CODE, NAME)
    laids = [made.lay(data(item_code=f"A{number}"), number, 5) for number in range(5)]
    other = layout(NAME).lay(data())
    assert list(draw_all([*laids, other, laids[0]])) == [draw(one) for one in [*laids, other, laids[0]]]


def test_what_stays_from_label_to_label_is_the_very_same_mark() -> None:
    made = layout({**NAME, "value": "{product.name}"}, CODE)
    first = made.lay(data(product_name="净水机", item_code="A1"))
    second = made.lay(data(product_name="净水机", item_code="A2"))
    assert first.marks[0] is second.marks[0]
    assert first.marks[1] != second.marks[1]


def test_neighbours_meet_although_edges_are_rounded() -> None:
    boxes = [{"kind": "rect", "x": number * 1.37, "y": 0, "w": 1.37, "h": 1.3, "fill": True} for number in range(20)]
    for dpi in (203, 300, 600):
        marks = layout(*boxes, dpi=dpi).lay(data()).marks
        assert all(isinstance(mark, Box) for mark in marks)
        assert all(one.x + extent(one)[0] == next_.x for one, next_ in pairwise(marks))


def test_a_module_is_always_whole_dots() -> None:
    for dpi, dots in ((203, 3), (300, 4), (600, 8)):
        (symbol,) = layout({**CODE, "module_mm": 0.33}, dpi=dpi).lay(data(item_code="A1")).marks
        assert isinstance(symbol, Symbol)
        assert symbol.module == dots


def test_modules_that_are_not_said_are_as_large_as_fits() -> None:
    (symbol,) = layout({**CODE, "symbology": "qr", "w": 12.5, "h": 12}).lay(data(item_code="A1")).marks
    assert isinstance(symbol, Symbol)
    assert symbol.module == 3  # 21 modules and 4 to both sides in 96 dots


@pytest.mark.parametrize("readable", ["none", "below", "above"])
@pytest.mark.parametrize("symbology", ["qr", "code128"])
def test_symbol_quiet_zone_and_text_stay_in_the_box(symbology: str, readable: str) -> None:
    box = {"x": 10, "y": 5, "w": 40, "h": 20, "symbology": symbology, "readable": readable}
    marks = layout({**CODE, **box}).lay(data(item_code="SN0001")).marks
    (symbol,) = [mark for mark in marks if isinstance(mark, Symbol)]
    words = [mark for mark in marks if isinstance(mark, Words)]
    left, right, above, below = (side * symbol.module for side in symbol.matrix.quiet)
    width, height = symbol.size
    assert symbol.x - left >= 80
    assert symbol.x + width + right <= 400
    assert symbol.y - above >= 40
    assert symbol.y + height + below <= 200
    assert [one.text for one in words] == ([] if readable == "none" else ["SN0001"])
    for one in words:
        assert one.y >= 40
        assert one.y + one.bits.height <= 200
        assert (
            one.y >= symbol.y + height + below if readable == "below" else one.y + one.bits.height <= symbol.y - above
        )


@pytest.mark.parametrize(
    ("symbology", "value", "groups"),
    [
        ("ean13", "6901234567892", "6 901234 567892"),
        ("ean8", "96385074", "9638 5074"),
        ("upca", "036000291452", "0 36000 29145 2"),
    ],
)
def test_digits_of_retail_codes_stand_below_their_bars_between_longer_ones(
    symbology: str, value: str, groups: str
) -> None:
    marks = layout({**CODE, "symbology": symbology, "value": value, "readable": "below"}).lay(data()).marks
    (symbol,) = [mark for mark in marks if isinstance(mark, Symbol)]
    words = [mark for mark in marks if isinstance(mark, Words)]
    guards = [mark for mark in marks if isinstance(mark, Box)]
    assert [one.text for one in words] == groups.split()
    assert all(symbol.y + symbol.height == one.y for one in guards)
    assert not [one for one in words for bar in guards if one.x < bar.x + bar.width and bar.x < one.x + one.bits.width]


def test_every_option_of_a_symbology_can_be_said_in_a_template() -> None:
    said = {one.name for one in element_kinds["barcode"].properties}
    assert {option.name for carrier in carriers for option in carrier.options} <= said


@given(
    x=st.floats(-30, 80), y=st.floats(-30, 60), w=st.floats(0, 90), h=st.floats(0, 60),
    rotation=st.sampled_from([0, 90, 180, 270]),
    kind=st.sampled_from(
        [
            {"kind": "text", "value": "净水机 RO-26"}, {"kind": "rect"}, {"kind": "ellipse"}, {"kind": "line"},
            {"kind": "rect", "radius": 3}, {"kind": "text", "value": "反白", "invert": True}, {"kind": "table"},
            {"kind": "barcode", "symbology": "qr", "value": "A1", "module_mm": 0.5}, {"kind": "line", "flip": True},
        ]
    ),
)  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_no_mark_ever_leaves_the_label(
    x: float, y: float, w: float, h: float, rotation: int, kind: dict[str, Any]
) -> None:
    laid, _ = layout({**kind, "x": x, "y": y, "w": w, "h": h, "rotation": rotation}).try_lay(data())
    for mark in laid.marks:
        width, height = extent(mark)
        assert width > 0
        assert height > 0
        assert mark.x >= 0
        assert mark.y >= 0
        assert mark.x + width <= laid.width
        assert mark.y + height <= laid.height
    draw(laid)


def test_a_symbol_that_passes_the_edge_becomes_a_picture() -> None:
    laid = layout({**CODE, "x": 30}).lay(data(item_code="SN0001"))
    assert [type(mark) for mark in laid.marks] == [Picture]


def test_every_reason_not_to_print_is_named_with_its_element() -> None:
    made = layout(
        {**CODE, "id": "a", "name": "序列号码"},
        {**CODE, "id": "b", "value": "(01){product.gtin}", "symbology": "gs1_128"},
        {**CODE, "id": "c", "value": "6901234567891", "symbology": "ean13"},
        {**CODE, "id": "d", "value": "01234567890123456789", "w": 9},
        {**NAME, "id": "e", "value": "放不下的一行字", "w": 9},
        {**NAME, "id": "f", "value": "{1/0}"},
        {**NAME, "id": "g", "value": "表情\U0001f600"},
        {"id": "h", "kind": "image", "x": 0, "y": 0, "w": 5, "h": 5, "image": "lost"},
        {"id": "i", "kind": "table", "x": 0, "y": 0, "w": 20, "h": 1, "rows": [["一"], ["二"]], "row_mm": 3},
    )
    with pytest.raises(InvalidInputError) as caught:
        made.lay(data(item_code="", product_gtin=None))
    found = {one.params["id"]: one for one in caught.value.problems}
    assert caught.value.code == "label_cannot_print"
    assert {name: one.code for name, one in found.items()} == {
        "a": "label_field_missing",
        "b": "label_field_missing",
        "c": "carrier_wrong_check_digit",
        "d": "label_code_does_not_fit",
        "e": "label_text_does_not_fit",
        "f": found["f"].code,
        "g": "label_sign_missing",
        "h": "label_image_missing",
        "i": "label_table_does_not_fit",
    }
    assert found["f"].code.startswith("formula_")
    assert (found["a"].params["element"], found["a"].params["field"]) == ("序列号码", "item.code")


def test_a_field_that_does_not_exist_is_named_but_an_empty_one_in_a_text_is_left_out() -> None:
    made = layout({**NAME, "value": "批次 {batch.code}"})
    assert made.problems({"batch.code": None}.__getitem__) == []
    (problem,) = made.problems({}.__getitem__)
    assert problem.code == "formula_unknown_field"


def test_counters_and_pages_follow_the_run() -> None:
    place = {"x": 1, "y": 1, "w": 30, "h": 5}
    made = layout(
        {**place, "kind": "counter", "start": 10, "step": 5, "width": 4},
        {**place, "kind": "page", "format": "第 {page} 张，共 {pages} 张"},
    )
    texts = [[mark.text for mark in made.lay(data(), number, 3).marks if isinstance(mark, Words)] for number in (1, 3)]
    assert texts == [["0010", "第 1 张，共 3 张"], ["0020", "第 3 张，共 3 张"]]


@pytest.mark.parametrize(
    ("wanted", "days", "shown"),
    [
        ("yyyy-MM-dd", 0, "2026-09-08"),
        ("yy.M.d", 0, "26.9.8"),
        ("yyyy年MM月dd日", 730, "2028年09月07日"),
        ("'No' dd", 0, "No 08"),
    ],
)
def test_dates_are_written_as_wanted(wanted: str, days: int, shown: str) -> None:
    element = {"kind": "date", "x": 1, "y": 1, "w": 40, "h": 5, "source": "batch.made_on", "format": wanted}
    laid = layout({**element, "offset_days": days}).lay({"batch.made_on": "2026-09-08"}.__getitem__)
    assert "".join(mark.text for mark in laid.marks if isinstance(mark, Words)) == shown


def test_a_date_by_its_chinese_or_bracketed_name_and_one_that_does_not_exist() -> None:
    element = {"id": "d", "kind": "date", "x": 1, "y": 1, "w": 40, "h": 5}
    values = {"生产日期": "2026-09-08", "失效/复检": "2027-01-02"}
    for source, shown in (("生产日期", "2026-09-08"), ("[失效/复检]", "2027-01-02")):
        laid = layout({**element, "source": source}).lay(values.__getitem__)
        assert [mark.text for mark in laid.marks if isinstance(mark, Words)] == [shown]
    (problem,) = layout({**element, "source": "batch.none"}).problems(values.__getitem__)
    assert (problem.code, problem.params["id"]) == ("formula_unknown_field", "d")


def test_a_date_that_is_no_date_is_left_out_and_now_is_always_there() -> None:
    element = {"kind": "date", "x": 1, "y": 1, "w": 40, "h": 5}
    assert layout({**element, "source": "batch.made_on"}).lay({"batch.made_on": "soon"}.__getitem__).marks == ()
    assert layout(element).lay({}.__getitem__).marks


def test_a_date_beyond_the_calendar_is_named() -> None:
    element = {"kind": "date", "x": 1, "y": 1, "w": 40, "h": 5, "source": "batch.made_on", "offset_days": 30}
    (problem,) = layout(element).problems({"batch.made_on": "9999-12-20"}.__getitem__)
    assert problem.code == "formula_date_range"


def test_a_table_repeats_its_last_row_for_what_is_inside() -> None:
    element = {
        "kind": "table", "x": 0, "y": 0, "w": 50, "h": 30, "source": "contents", "header": True,
        "columns": [{"share": 1}, {"share": 2}], "rows": [["型号", "序列号"], ["{row.product}", "{row.code}"]],
    }  # fmt: skip
    inside = [{"product": "P1", "code": f"SN{number}"} for number in range(3)]
    laid = layout(element).lay({"contents": inside}.__getitem__)
    words = [mark for mark in laid.marks if isinstance(mark, Words)]
    assert [one.text for one in words] == ["型号", "序列号", "P1", "SN0", "P1", "SN1", "P1", "SN2"]
    assert {one.face for one in words[:2]} == {"sans_bold"}
    assert len([mark for mark in laid.marks if isinstance(mark, Box)]) == 5 + 3 * 4
