"""What stands in the preview where something cannot be drawn: a crossed box; it is never printed."""

from __future__ import annotations

from PIL import Image, ImageDraw

from mazhi.engines.labels.bits import to_bits
from mazhi.engines.labels.element import Spot
from mazhi.engines.labels.marks import Picture


def crossed(spot: Spot) -> tuple[Picture, ...]:
    """Return a box with a cross."""
    image = Image.new("1", (max(2, spot.width), max(2, spot.height)))
    right, bottom = image.width - 1, image.height - 1
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, right, bottom), outline=255)
    pen.line((0, 0, right, bottom), fill=255)
    pen.line((0, bottom, right, 0), fill=255)
    return (Picture(spot.id, 0, 0, to_bits(image)),)
