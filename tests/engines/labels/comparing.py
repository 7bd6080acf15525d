"""How far two pictures of a label are apart."""

import re

from PIL import Image, ImageChops, ImageFilter, ImageOps

from mazhi.engines.labels.bits import to_image
from mazhi.engines.labels.marks import Laid
from mazhi.engines.labels.writers.raster import draw
from tests.engines.labels import bars, zpl_renderer


def raster(laid: Laid) -> Image.Image:
    """The label as the raster has it, in mode ``L`` with 0 for black."""
    return ImageOps.invert(to_image(draw(laid)).convert("L"))


def apart(one: Image.Image, other: Image.Image) -> int:
    """By how many dots edges differ at most: 0, 1, or 2 for more; both in mode ``L`` with 0 for black."""
    assert one.size == other.size
    black, dark = (picture.point(lambda value: 0 if value < 128 else 255) for picture in (one, other))
    if ImageChops.difference(black, dark).getbbox() is None:
        return 0
    return 1 if _within(black, dark) and _within(dark, black) else 2


def _within(one: Image.Image, other: Image.Image) -> bool:
    """Whether all black of one is at most a dot beside black of the other, and so is all white."""
    framed = ImageOps.expand(other, 2, 255)
    thick = framed.filter(ImageFilter.MinFilter(3)).crop((2, 2, other.width + 2, other.height + 2))
    thin = framed.filter(ImageFilter.MaxFilter(3)).crop((2, 2, other.width + 2, other.height + 2))
    missed = ImageChops.subtract(thick, one)  # white where the thickened one is white and this is black
    lost = ImageChops.subtract(one, thin)  # white where this is white and the thinned other is black
    return missed.getbbox() is None and lost.getbbox() is None


def inked(zpl: bytes) -> str | None:
    """The modules of the one Code 128 field of a label by the guide's table; None where it is a picture."""
    found = re.search(r"\^BC[NRIB],\d+,N,N,N,N\^FD([^^]*)\^FS", zpl.decode("ascii"))
    return None if found is None else bars.code128(zpl_renderer.values(found[1]))
