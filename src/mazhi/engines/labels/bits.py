"""Pictures of dots: from and to Pillow, turned, cut."""

from __future__ import annotations

from PIL import Image

from mazhi.engines.labels.marks import Bits, Rotation

_TURNS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}  # Pillow turns against the clock.


def to_image(bits: Bits) -> Image.Image:
    """Return a Pillow image of mode ``1`` in which 255 is black, as bits have 1 for black."""
    return Image.frombytes("1", (bits.width, bits.height), bits.rows)


def to_bits(image: Image.Image) -> Bits:
    """Return the dots of an image of mode ``1`` in which 255 is black."""
    return Bits(image.width, image.height, image.tobytes())


def turn(bits: Bits, rotation: Rotation) -> Bits:
    """Turn a picture clockwise."""
    return bits if rotation == 0 else to_bits(to_image(bits).transpose(_TURNS[rotation]))


def cut(bits: Bits, left: int, top: int, right: int, bottom: int) -> Bits:
    """Return the part between these edges, which lie inside the picture."""
    return to_bits(to_image(bits).crop((left, top, right, bottom)))
