"""What happens to a label between printer and scanner."""

from PIL import Image, ImageFilter

SEEN = 2
"""Pixels of a camera for a dot of the printer."""


def clean(label: Image.Image) -> Image.Image:
    return label


def blurred(label: Image.Image) -> Image.Image:
    return _seen(label).filter(ImageFilter.GaussianBlur(SEEN))


def turned(label: Image.Image) -> Image.Image:
    return _seen(label).rotate(3, Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def faint(label: Image.Image) -> Image.Image:
    """A tenth of the contrast lost, half at either end."""
    return label.point(lambda value: round(13 + value * 0.9))


def _seen(label: Image.Image) -> Image.Image:
    return label.resize((label.width * SEEN, label.height * SEEN), Image.Resampling.NEAREST)


KINDS = {"clean": clean, "blurred": blurred, "turned": turned, "faint": faint}
