"""``rect``: a frame or a filled rectangle, with square or round corners."""

from __future__ import annotations

from PIL import Image, ImageDraw

from mazhi.engines.labels.bits import to_bits
from mazhi.engines.labels.element import AnyMark, Drawn, Element, Plan, Spot
from mazhi.engines.labels.marks import Box, Picture
from mazhi.engines.labels.properties import Property


def plan(spot: Spot) -> Plan:
    """Draw it once; it knows no data."""
    thick = min(spot.stroke(spot.number("thickness")), max(1, min(spot.width, spot.height) // 2))
    drawn = Drawn(tuple(_round(spot, thick) if spot.number("radius") > 0 else _square(spot, thick)))
    return Plan(lambda _scope: drawn, fixed=True)


def _square(spot: Spot, thick: int) -> list[AnyMark]:
    width, height = max(1, spot.width), max(1, spot.height)
    if spot.flag("fill"):
        return [Box(spot.id, 0, 0, width, height)]
    return frame(spot.id, 0, 0, width, height, thick)


def frame(element: str, x: int, y: int, width: int, height: int, thick: int) -> list[AnyMark]:
    """Return the four sides of a rectangle, none drawn twice."""
    sides: list[AnyMark] = [
        Box(element, x, y, width, thick),
        Box(element, x, y + height - thick, width, thick),
        Box(element, x, y + thick, thick, height - 2 * thick),
        Box(element, x + width - thick, y + thick, thick, height - 2 * thick),
    ]
    return [side for side in sides if isinstance(side, Box) and side.width > 0 and side.height > 0]


def _round(spot: Spot, thick: int) -> list[AnyMark]:
    image = Image.new("1", (max(1, spot.width), max(1, spot.height)))
    radius = min(spot.dots(spot.number("radius")), min(image.size) // 2)
    place = (0, 0, image.width - 1, image.height - 1)
    pen = ImageDraw.Draw(image)
    if spot.flag("fill"):
        pen.rounded_rectangle(place, radius, fill=255)
    else:
        pen.rounded_rectangle(place, radius, outline=255, width=thick)
    return [Picture(spot.id, 0, 0, to_bits(image))]


KIND = Element(
    name="rect",
    zh="矩形",
    en="Rectangle",
    group="shape",
    properties=(
        Property("thickness", "线宽", "thickness", "number", 0.25, least=0.04, most=20, unit="mm"),
        Property("fill", "填黑", "filled", "boolean", False),
        Property("radius", "圆角", "corner radius", "number", 0, least=0, most=100, unit="mm"),
    ),
    example={"thickness": 0.25},
    plan=plan,
    size_mm=(20.0, 10.0),
)
