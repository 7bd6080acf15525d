"""``ellipse``: an ellipse or circle, drawn or filled."""

from __future__ import annotations

from PIL import Image, ImageDraw

from mazhi.engines.labels.bits import to_bits
from mazhi.engines.labels.element import Drawn, Element, Plan, Spot
from mazhi.engines.labels.marks import Picture
from mazhi.engines.labels.properties import Property

_FINEST, _MOST = 8, 4000


def plan(spot: Spot) -> Plan:
    """Draw it once; it knows no data."""
    thick = spot.stroke(spot.number("thickness"))
    size = max(1, spot.width), max(1, spot.height)
    # Drawn up to eight times as large and taken down, so that the curve is even.
    finer = max(1, min(_FINEST, _MOST // max(size)))
    image = Image.new("L", (size[0] * finer, size[1] * finer))
    pen = ImageDraw.Draw(image)
    place = (0, 0, image.width - 1, image.height - 1)
    if spot.flag("fill"):
        pen.ellipse(place, fill=255)
    else:
        pen.ellipse(place, outline=255, width=thick * finer)
    small = image.resize(size, Image.Resampling.BOX).point(lambda value: 255 if value >= 128 else 0, mode="1")
    drawn = Drawn((Picture(spot.id, 0, 0, to_bits(small)),))
    return Plan(lambda _scope: drawn, fixed=True)


KIND = Element(
    name="ellipse",
    zh="椭圆",
    en="Ellipse",
    group="shape",
    properties=(
        Property("thickness", "线宽", "thickness", "number", 0.25, least=0.04, most=20, unit="mm"),
        Property("fill", "填黑", "filled", "boolean", False),
    ),
    example={"thickness": 0.25},
    plan=plan,
    size_mm=(10.0, 10.0),
)
