"""Pictures on labels (图片): taken in as any usual file, kept in grey as PNG, named by their content."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from mazhi.engines.labels.element import Images as Pictures
from mazhi.engines.labels.templates import store
from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError, TooLargeError, invalid

RIGHT = "labels.edit"
LARGEST_FILE = 5 * 1024 * 1024
MOST_PIXELS = 25_000_000
"""A file of a few bytes may claim to be a picture of many gigabytes; it is refused before it is unpacked."""
LONGEST_EDGE = 3_000
"""Dots that a label of 127 mm has at 600 dpi; more would never be printed."""
FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP")
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class StoredImage:
    """A picture that was taken in."""

    id: str
    name: str
    width: int
    height: int
    size: int
    uploaded_at: int
    uploaded_by: str


class LabelImages:
    """Keeps pictures."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def add(self, actor: Actor, name: str, data: bytes) -> StoredImage:
        """Take a picture in; the same one again is the same picture.

        Raises:
            TooLargeError: The file or the picture is too large (``label_image_too_large``, ``label_image_pixels``).
            InvalidInputError: It is no picture (code ``label_image_unreadable``).
        """
        actor.require(RIGHT)
        if len(data) > LARGEST_FILE:
            raise TooLargeError("label_image_too_large", most=LARGEST_FILE // 1024 // 1024)
        picture = normalised(data)
        buffer = io.BytesIO()
        picture.save(buffer, "PNG", optimize=True)
        written = buffer.getvalue()
        image_id = hashlib.sha256(written).hexdigest()
        values = {
            "id": image_id,
            "name": "".join(sign for sign in name if sign.isprintable())[:LONGEST_NAME],
            "width": picture.width,
            "height": picture.height,
            "size": len(written),
            "uploaded_at": clock.now(),
            "uploaded_by": actor.name,
        }
        with self._db.write() as tx:
            if store.add_image(tx, {**values, "data": written}):
                audit.record(tx, actor, subject="label_image", key=image_id, action="create", after=values)
            found = store.image(tx, image_id)
            return _from_row(found)

    def find(self, after: str | None, limit: int) -> tuple[list[StoredImage], str | None]:
        """Return one page of pictures, and the id to go on after."""
        with self._db.read() as tx:
            rows = store.images(tx, after, limit)
        page = [_from_row(row) for row in rows[:limit]]
        return page, page[-1].id if len(rows) > limit else None

    def data(self, image_id: str) -> bytes:
        """Return a picture as PNG.

        Raises:
            NotFoundError: There is none such (code ``unknown_label_image``).
        """
        with self._db.read() as tx:
            found = store.image_data(tx, [image_id])
        if image_id not in found:
            raise NotFoundError("unknown_label_image")
        return found[image_id]

    def load(self, tx: Tx, image_ids: Collection[str]) -> Pictures:
        """Read the pictures of a template at once; what is returned gives each by its id."""
        found = store.image_data(tx, image_ids)

        def picture(image_id: str) -> Image.Image:
            if image_id not in found:
                raise NotFoundError("unknown_label_image")
            return _opened(found[image_id])

        return picture


def _from_row(row: Any) -> StoredImage:
    return StoredImage(row.id, row.name, row.width, row.height, row.size, row.uploaded_at, row.uploaded_by)


@lru_cache(maxsize=32)
def _opened(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def normalised(data: bytes) -> Image.Image:
    """Unpack a picture, upright, in grey with its transparency, no larger than labels can show.

    Raises:
        TooLargeError: It has too many pixels; it is not unpacked then.
        InvalidInputError: It is no picture, or a broken one.
    """
    try:
        picture: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise TooLargeError("label_image_pixels", width=picture.width, height=picture.height)
        picture = ImageOps.exif_transpose(picture)
        seen = "A" in picture.getbands() or "transparency" in picture.info
        picture = picture.convert("RGBA").convert("LA") if seen else picture.convert("L")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise TooLargeError("label_image_pixels", width=0, height=0) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise invalid("/file", "label_image_unreadable", formats=", ".join(FORMATS)) from None
    picture.thumbnail((LONGEST_EDGE, LONGEST_EDGE), Image.Resampling.LANCZOS)
    picture.info.clear()
    return picture
