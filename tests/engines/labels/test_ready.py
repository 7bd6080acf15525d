"""The ready templates: nothing doubtful about them, drawn as they were approved, the same in PDF, and they scan."""

from __future__ import annotations

import io
from typing import Any

import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageOps

from mazhi.engines.labels.checks import check
from mazhi.engines.labels.data.catalogue import catalogue
from mazhi.engines.labels.marks import Laid, Symbol
from mazhi.engines.labels.model import parse, write
from mazhi.engines.labels.writers import pdf
from tests.engines.labels import golden
from tests.engines.labels.edges import astray, ink, ink_of_pdf

BODIES = golden.bodies()
every = pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
at_both = pytest.mark.parametrize("dpi", [203, 300])


def as_pdf(body: dict[str, Any], laid: Laid) -> bytes:
    return pdf.write([laid], body["template"]["width_mm"], body["template"]["height_mm"])


def test_there_are_fifteen() -> None:
    assert len(BODIES) >= 15


@every
def test_a_ready_template_says_what_it_is_in_both_languages(body: dict[str, Any]) -> None:
    assert all(body[name] for name in ("zh", "en", "zh_note", "en_note"))
    assert [one["name"] for one in body["template"]["elements"] if not one["name"]] == []


@every
def test_its_sample_names_only_fields_that_there_are(body: dict[str, Any]) -> None:
    assert [name for name in body["sample"] if not catalogue.knows(name)] == []


@every
def test_reading_and_writing_a_ready_template_changes_nothing(body: dict[str, Any]) -> None:
    template = parse(body["template"])
    assert parse(write(template)) == template


@at_both
@every
def test_nothing_is_doubtful_about_a_ready_template(body: dict[str, Any], dpi: int) -> None:
    assert check(parse(body["template"]), dpi, body["sample"].__getitem__) == []


@pytest.mark.parametrize("name", BODIES)
def test_a_ready_template_looks_as_it_was_approved(name: str) -> None:
    approved = ImageOps.invert(Image.open(io.BytesIO((golden.FOLDER / f"{name}.png").read_bytes())).convert("L"))
    assert ImageChops.difference(approved, ink(golden.laid(BODIES[name]))).getbbox() is None


@at_both
@every
def test_the_pdf_agrees_with_the_raster_within_a_dot_at_every_edge(body: dict[str, Any], dpi: int) -> None:
    laid = golden.laid(body, dpi)
    assert astray(ink(laid), ink_of_pdf(as_pdf(body, laid), laid)) == 0


@at_both
@every
def test_every_symbol_scans_from_raster_and_pdf(body: dict[str, Any], dpi: int) -> None:
    laid = golden.laid(body, dpi)
    wanted = sorted(mark.content for mark in laid.marks if isinstance(mark, Symbol))
    for picture in (ink(laid), ink_of_pdf(as_pdf(body, laid), laid)):
        framed = ImageOps.expand(ImageOps.invert(picture), 20, 255)
        found = zxingcpp.read_barcodes(framed, text_mode=zxingcpp.TextMode.HRI)
        assert sorted(one.text for one in found) == wanted
