"""Whether two pictures agree within one dot at every edge."""

from __future__ import annotations

import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageOps

from mazhi.engines.labels.bits import to_image
from mazhi.engines.labels.marks import DOTS_PER_MM, Laid
from mazhi.engines.labels.writers.raster import draw

POINTS_PER_MM = 72 / 25.4


def ink(laid: Laid) -> Image.Image:
    """The raster, 255 for black."""
    return to_image(draw(laid)).convert("L")


def ink_of_pdf(document: bytes, laid: Laid, page: int = 0) -> Image.Image:
    """A page drawn by an independent renderer at the label's resolution, 255 where at least half a dot is black."""
    scale = DOTS_PER_MM[laid.dpi] / POINTS_PER_MM
    opened = pypdfium2.PdfDocument(document)
    try:
        drawn = opened[page]
        top = drawn.get_mediabox()[3]
        # A label's edge need not be on a whole dot; the page is made whole, so that nothing is stretched.
        drawn.set_mediabox(0, top - (laid.height - 0.001) / scale, (laid.width - 0.001) / scale, top)
        picture = drawn.render(scale=scale, grayscale=True).to_pil().convert("L")
    finally:
        opened.close()
    assert picture.size == (laid.width, laid.height)
    return ImageOps.invert(picture).point([255 if value >= 128 else 0 for value in range(256)])


def astray(one: Image.Image, other: Image.Image) -> int:
    """Black dots of either picture that have no black dot of the other within a distance of one."""
    return _alone(one, other) + _alone(other, one)


def _alone(one: Image.Image, other: Image.Image) -> int:
    thick = ImageOps.expand(other, 1).filter(ImageFilter.MaxFilter(3)).crop((1, 1, other.width + 1, other.height + 1))
    return ImageChops.subtract(one, thick).histogram()[255]
