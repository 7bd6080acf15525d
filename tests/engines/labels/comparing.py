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
    """By how many dots edges differ at most: 0, 1, or 2 for more; both in mode ``L`` with 0 for black.

    Where a picture is grey, at the soft edges of drawn letters, an edge may be taken anywhere in the grey.
    """
    assert one.size == other.size
    if ImageChops.difference(one.point(_clear), other.point(_clear)).getbbox() is None:
        return 0
    white, shade = ImageOps.invert(one), ImageOps.invert(other)
    near = _near(one, other) and _near(other, one) and _near(white, shade) and _near(shade, white)
    return 1 if near else 2


def _clear(value: int) -> int:
    return 0 if value < 128 else 255


def _near(one: Image.Image, other: Image.Image) -> bool:
    """Whether what is surely dark in one is at most a dot beside what is not quite white in the other."""
    dark = one.point(lambda value: 255 if value < 48 else 0)
    shaded = other.point(lambda value: 255 if value < 224 else 0)
    # Paper goes on beyond the label.
    framed = ImageOps.expand(shaded, 1, 255)
    thick = framed.filter(ImageFilter.MaxFilter(3)).crop((1, 1, other.width + 1, other.height + 1))
    return ImageChops.subtract(dark, thick).getbbox() is None


def inked(zpl: bytes) -> str | None:
    """The modules of the one Code 128 field of a label by the guide's table; None where it is a picture."""
    found = re.search(r"\^BC[NRIB],\d+,N,N,N,N\^FD([^^]*)\^FS", zpl.decode("ascii"))
    return None if found is None else bars.code128(zpl_renderer.values(found[1]))
