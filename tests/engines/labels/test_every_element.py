"""What every kind of element is held to, those of today and those to come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from mazhi.engines.labels import elements
from mazhi.engines.labels.data.model import sample
from mazhi.engines.labels.element import Element
from mazhi.engines.labels.layout import Layout
from mazhi.engines.labels.model import element_kinds, parse
from mazhi.engines.labels.properties import Property
from mazhi.engines.labels.writers import pdf
from mazhi.kernel.errors import NotFoundError
from tests.engines.labels.edges import astray, ink, ink_of_pdf

FILES = sorted(file.stem for file in Path(str(elements.__file__)).parent.glob("*.py") if file.stem != "__init__")
PLACE = {"id": "it", "x": 5, "y": 5, "w": 30, "h": 30}


def picture(name: str) -> Image.Image:
    if name != "example":
        raise NotFoundError("not_found")
    drawn = Image.new("RGBA", (40, 20), (0, 0, 0, 0))
    drawn.paste((0, 0, 0, 255), (5, 5, 30, 15))
    return drawn


def layout(kind: Element, dpi: int = 203, **more: Any) -> Layout:
    document = {"width_mm": 40, "height_mm": 40, "elements": [{**PLACE, "kind": kind.name, **kind.example, **more}]}
    return Layout(parse(document), dpi, picture)


def test_one_file_is_one_kind_of_the_same_name() -> None:
    assert sorted(kind.name for kind in element_kinds) == FILES


@pytest.mark.parametrize("kind", list(element_kinds), ids=lambda kind: kind.name)
class TestEveryElement:
    def test_has_titles_in_both_languages(self, kind: Element) -> None:
        assert kind.zh
        assert kind.en
        assert kind.zh != kind.en

    def test_every_property_is_documented_in_both_languages(self, kind: Element) -> None:
        def said(one: Property) -> bool:
            titles = bool(one.zh and one.en) and bool(one.zh_hint) == bool(one.en_hint)
            return titles and all(choice.zh and choice.en for choice in one.choices)

        assert [one.name for one in kind.properties if not said(one)] == []

    def test_every_default_is_one_that_it_takes(self, kind: Element) -> None:
        taken = [one for one in kind.properties if one.default != "" or not one.required]
        assert [list(one.faults(one.default, "")) for one in taken] == [[] for _ in taken]

    def test_its_example_draws_something_and_may_be_printed(self, kind: Element) -> None:
        laid = layout(kind).lay(sample())
        assert laid.marks
        assert ink(laid).getbbox()

    @pytest.mark.parametrize("rotation", [0, 90, 180, 270])
    def test_it_stays_in_its_box_and_turns_with_it(self, kind: Element, rotation: int) -> None:
        upright, turned = ink(layout(kind).lay(sample())), ink(layout(kind, rotation=rotation).lay(sample()))
        left, top, right, bottom = turned.getbbox() or (0, 0, 0, 0)
        assert 40 <= left < right <= 280
        assert 40 <= top < bottom <= 280
        assert ImageChops.difference(upright.rotate(-rotation), turned).getbbox() is None

    @pytest.mark.parametrize("dpi", [203, 300, 600])
    def test_raster_and_pdf_agree(self, kind: Element, dpi: int) -> None:
        laid = layout(kind, dpi).lay(sample())
        assert astray(ink(laid), ink_of_pdf(pdf.write([laid], 40, 40), laid)) == 0

    def test_it_is_laid_out_the_same_twice(self, kind: Element) -> None:
        assert layout(kind).lay(sample()) == layout(kind).lay(sample())

    def test_hidden_it_is_not_drawn(self, kind: Element) -> None:
        assert layout(kind, hidden=True).lay(sample()).marks == ()

    def test_nothing_that_is_missing_breaks_it(self, kind: Element) -> None:
        def nothing(name: str) -> object:
            raise LookupError(name)

        laid, problems = layout(kind).try_lay(nothing)
        assert laid.width == 320
        assert all(problem.params["id"] == "it" for problem in problems)
