"""Templates: read with all faults at once, each with its place."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines.labels.model import FORMAT, UPGRADES, element_kinds, parse, write
from mazhi.kernel.errors import InvalidInputError


def faults(document: dict[str, Any]) -> dict[str | None, str]:
    with pytest.raises(InvalidInputError) as caught:
        parse(document)
    return {one.pointer: one.code for one in caught.value.problems}


def label(*elements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"format": 1, "width_mm": 60, "height_mm": 40, "elements": list(elements), **more}


TEXT = {"id": "t", "kind": "text", "x": 1, "y": 2, "w": 30, "h": 5, "value": "SN {item.code}"}


def test_a_template_as_in_the_contract_is_read() -> None:
    template = parse(label(TEXT))
    (element,) = template.elements
    assert (template.width_mm, template.height_mm, template.gap_mm) == (60, 40, 2)
    assert (element.id, element.kind, element.values["value"], element.values["size"]) == (
        "t",
        "text",
        "SN {item.code}",
        8,
    )


def test_what_is_written_is_read_as_the_same_and_is_plain_json() -> None:
    elements = [{"kind": kind.name, "x": 1, "y": 1, "w": 20, "h": 20, **kind.example} for kind in element_kinds]
    sheet = {"rows": 2, "columns": 2}
    template = parse(label(*elements, sheet=sheet, printing={"darkness": 9, "cut": "each", "rotate": 180}))
    assert parse(json.loads(json.dumps(write(template)))) == template


def test_every_fault_is_named_with_its_place() -> None:
    document = label(
        {"kind": "hologram"},
        {**TEXT, "value": "{item.", "size": "8", "rotation": 45, "colour": "red"},
        {**TEXT, "id": "t"},
        "text",
        {"kind": "barcode", "x": 0, "y": 0, "w": 9, "h": 9, "symbology": "runes"},
        {"kind": "barcode", "x": 0, "y": 0, "w": 9, "h": 9, "symbology": "pdf417", "ec": "H"},
        {"kind": "field", "x": 0, "y": 0, "w": 9, "h": 9, "field": "1 + 2"},
        {"kind": "formula", "w": 9, "h": 9, "value": ""},
        width_mm=1,
        height_mm=None,
        printing={"rotate": 90, "speed": 2.5, "colour": 1},
        sheet=[],
        author="x",
    )
    found = faults(document | {"sheet": {"rows": 0}})
    assert found == {
        "/author": "label_property_unknown",
        "/width_mm": "label_property_wrong",
        "/height_mm": "label_property_empty",
        "/sheet/rows": "label_property_wrong",
        "/printing/rotate": "label_property_wrong",
        "/printing/speed": "label_property_wrong",
        "/printing/colour": "label_property_unknown",
        "/elements/0/kind": "label_kind_unknown",
        "/elements/1/value": found["/elements/1/value"],
        "/elements/1/size": "label_property_wrong",
        "/elements/1/rotation": "label_property_wrong",
        "/elements/1/colour": "label_property_unknown",
        "/elements/2/id": "label_id_twice",
        "/elements/3": "label_not_an_object",
        "/elements/4/symbology": "label_property_wrong",
        "/elements/5/ec": "carrier_bad_option",
        "/elements/6/field": "label_property_wrong",
        "/elements/7/x": "label_property_empty",
        "/elements/7/y": "label_property_empty",
        "/elements/7/value": "label_property_empty",
    }
    assert found["/elements/1/value"].startswith("formula_")


def test_a_template_of_a_newer_version_is_refused_by_that_name() -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse(label(format=FORMAT + 1))
    assert caught.value.code == "label_format_newer"


@pytest.mark.parametrize("found", [0, "1", True, None])
def test_a_format_that_is_no_number_is_named(found: object) -> None:
    assert faults(label(format=found)) == {"/format": "label_format_wrong"}


def test_an_older_template_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mazhi.engines.labels.model.FORMAT", 2)
    monkeypatch.setitem(UPGRADES, 1, lambda old: {**old, "width_mm": old["width_mm"] * 2})
    assert parse(label()).width_mm == 120


def test_labels_that_pass_the_sheet_are_refused() -> None:
    sheet = {"rows": 9, "columns": 4, "left_mm": 5, "gap_y_mm": 2}
    assert faults(label(sheet=sheet)) == {
        "/sheet/columns": "label_sheet_too_narrow",
        "/sheet/rows": "label_sheet_too_short",
    }


def test_tables_name_the_cell_that_is_wrong() -> None:
    table = {"kind": "table", "x": 0, "y": 0, "w": 9, "h": 9, "columns": [{"share": -1}, 3], "rows": [["a", "{"]]}
    found = faults(label(table))
    assert set(found) == {"/elements/0/columns/0/share", "/elements/0/columns/1", "/elements/0/rows/0/1"}


WILD = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 300) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(
    [
        "id",
        "kind",
        "name",
        "x",
        "y",
        "w",
        "h",
        "rotation",
        *(one.name for kind in element_kinds for one in kind.properties),
    ]
)
KINDS = st.sampled_from([kind.name for kind in element_kinds])


@given(
    element=st.fixed_dictionaries({"kind": KINDS | WILD}).flatmap(
        lambda start: st.dictionaries(NAMES, WILD, max_size=5).map(lambda more: {**more, **start})
    ),
    more=st.dictionaries(st.sampled_from(["sheet", "printing", "gap_mm", "format", "elements"]), WILD, max_size=2),
)
@settings(max_examples=200, deadline=None)
def test_a_template_is_read_or_refused_but_never_breaks(element: dict[str, Any], more: dict[str, Any]) -> None:
    with contextlib.suppress(InvalidInputError):
        parse(label({"x": 0, "y": 0, "w": 5, "h": 5, **element}) | more)
