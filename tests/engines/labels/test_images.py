"""Pictures on labels: fitted into their box, made black and white, and missed when they are not there."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from mazhi.engines.labels.layout import Layout
from mazhi.engines.labels.model import parse
from mazhi.kernel.errors import NotFoundError
from tests.engines.labels.edges import ink


def images(name: str) -> Image.Image:
    """Twice as wide as high: black at the left, grey in the middle, white or nothing at the right."""
    if name not in {"grey", "clear", "palette"}:
        raise NotFoundError("not_found")
    drawn = Image.new("RGBA", (120, 60), (255, 255, 255, 0 if name == "clear" else 255))
    drawn.paste((0, 0, 0, 255), (0, 0, 40, 60))
    drawn.paste((110, 110, 110, 255), (40, 0, 80, 60))
    return drawn.convert("P") if name == "palette" else drawn


def drawn(**more: Any) -> Image.Image:
    element = {"kind": "image", "x": 10, "y": 10, "w": 20, "h": 20, "image": "grey", **more}
    laid = Layout(parse({"width_mm": 40, "height_mm": 40, "elements": [element]}), 203, images).lay({}.__getitem__)
    return ink(laid)


@pytest.mark.parametrize(
    ("fit", "box"), [("contain", (80, 120, 187, 200)), ("stretch", (80, 80, 187, 240)), ("cover", (80, 80, 240, 240))]
)
def test_a_picture_is_fitted_into_its_box(fit: str, box: tuple[int, int, int, int]) -> None:
    found = drawn(fit=fit).getbbox()
    assert found is not None
    assert found[:2] == box[:2]
    assert found[3] == box[3]
    assert abs(found[2] - box[2]) <= (1 if fit != "cover" else 40)


@pytest.mark.parametrize("image", ["grey", "clear", "palette"])
def test_what_lets_the_paper_through_is_white(image: str) -> None:
    found = drawn(image=image, fit="stretch")
    assert found.getpixel((100, 160)) == 255
    assert found.getpixel((220, 160)) == 0


def test_the_threshold_says_what_is_black() -> None:
    dark, light = drawn(fit="stretch", threshold=30), drawn(fit="stretch", threshold=60)
    assert (dark.getpixel((160, 160)), light.getpixel((160, 160))) == (0, 255)


def test_greys_become_dots() -> None:
    middle = drawn(fit="stretch", dither="diffusion").crop((140, 100, 180, 220))
    share = middle.histogram()[255] / (40 * 120)
    assert share == pytest.approx(1 - 110 / 255, abs=0.05)


@pytest.mark.parametrize("image", ["", "lost"])
def test_a_picture_that_is_not_there_is_named(image: str) -> None:
    element = {"id": "logo", "name": "商标", "kind": "image", "x": 1, "y": 1, "w": 9, "h": 9, "image": image}
    made = Layout(parse({"width_mm": 40, "height_mm": 40, "elements": [element]}), 203, images)
    (problem,) = made.problems({}.__getitem__)
    assert (problem.code, problem.params["element"], problem.params["id"]) == ("label_image_missing", "商标", "logo")
