"""Pictures of the library: how large they are, and smaller ones: upright, and not telling where they were taken."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Literal

from PIL import Image, ImageOps, UnidentifiedImageError

from mazhi.kernel.errors import InvalidInputError, TooLargeError

MOST_PIXELS = 64_000_000
"""A file of a few bytes may claim to be a picture of many gigabytes; it is refused before it is unpacked."""
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF")
Size = Literal["small", "large"]
EDGES: dict[Size, int] = {"small": 240, "large": 1600}
_UPRIGHT_TURNED = {5, 6, 7, 8}
_ORIENTATION = 0x0112
_ONE_BY_ONE = threading.Semaphore(2)
"""Unpacking takes memory: a page full of new pictures must not take all of it at once."""
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, KeyError)


def measure(path: Path) -> tuple[int, int]:
    """Return the width and height of a picture as it stands upright; it is not unpacked.

    Raises:
        TooLargeError: It has too many pixels (code ``file_pixels``).
        InvalidInputError: It is broken (code ``file_broken_picture``).
    """
    try:
        with Image.open(path, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooLargeError("file_pixels", width=picture.width, height=picture.height, limit=_MEGAPIXELS)
            # To look for it in a PNG, Pillow would unpack the whole.
            turned = picture.format != "PNG" and picture.getexif().get(_ORIENTATION) in _UPRIGHT_TURNED
            return (picture.height, picture.width) if turned else (picture.width, picture.height)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooLargeError("file_pixels", width="?", height="?", limit=_MEGAPIXELS) from None
    except _BROKEN:
        raise InvalidInputError("file_broken_picture") from None


_MEGAPIXELS = MOST_PIXELS // 1_000_000


def derive(source: Path, target: Path, size: Size) -> bool:
    """Write a smaller picture as WebP: upright, of the first frame, without anything besides its pixels.

    False if the picture cannot be unpacked.
    """
    edge = EDGES[size]
    with _ONE_BY_ONE:
        try:
            with Image.open(source, formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    return False
                opened.draft("RGB", (edge, edge))
                picture = ImageOps.exif_transpose(opened)
                picture.thumbnail((edge, edge), Image.Resampling.LANCZOS)
                shown = picture.convert("RGBA" if _is_clear(picture) else "RGB")
        except (*_BROKEN, Image.DecompressionBombError, Image.DecompressionBombWarning):
            return False
    shown.info.clear()
    shown.save(target, "WEBP", quality=80, method=4)
    return True


def _is_clear(picture: Image.Image) -> bool:
    return "A" in picture.getbands() or "transparency" in picture.info
