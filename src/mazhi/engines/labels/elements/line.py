"""``line``: along the box if it is as thin as its thickness, else from corner to corner."""

from __future__ import annotations

from PIL import Image, ImageDraw

from mazhi.engines.labels.bits import to_bits
from mazhi.engines.labels.element import Drawn, Element, Plan, Spot
from mazhi.engines.labels.marks import Box, Picture
from mazhi.engines.labels.properties import Property


def plan(spot: Spot) -> Plan:
    """Draw it once; it knows no data."""
    thick = spot.stroke(spot.number("thickness"))
    drawn = _drawn(spot, thick)
    return Plan(lambda _scope: drawn, fixed=True)


def _drawn(spot: Spot, thick: int) -> Drawn:
    width, height = spot.width, spot.height
    if height <= max(thick, 1):
        return Drawn((Box(spot.id, 0, (height - thick) // 2, max(width, 1), thick),))
    if width <= max(thick, 1):
        return Drawn((Box(spot.id, (width - thick) // 2, 0, thick, height),))
    image = Image.new("1", (width, height))
    reach = thick // 2
    start, end = (reach, height - 1 - reach), (width - 1 - reach, reach)
    if spot.flag("flip"):
        start, end = (reach, reach), (width - 1 - reach, height - 1 - reach)
    ImageDraw.Draw(image).line([start, end], fill=255, width=thick)
    return Drawn((Picture(spot.id, 0, 0, to_bits(image)),))


KIND = Element(
    name="line",
    zh="线",
    en="Line",
    group="shape",
    properties=(
        Property("thickness", "粗细", "thickness", "number", 0.25, least=0.04, most=20, unit="mm"),
        Property("flip", "反向", "flipped", "boolean", False, zh_hint="斜线从左上到右下；不选则从左下到右上",
                 en_hint="a slanted line runs down instead of up"),
    ),
    example={"thickness": 0.375},
    plan=plan,
    size_mm=(30.0, 0.25),
)  # fmt: skip
