"""Two-dimensional symbols, drawn by zxing-cpp, one dot a module."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

import zxingcpp

from mazhi.engines.labels.carriers.model import LabelError

if TYPE_CHECKING:
    from typing_extensions import Buffer

UTF8 = "UTF-8"
"""The extended channel interpretation (ECI 26) that says how characters beyond ASCII are written."""

_DIGITS = bytes.maketrans(b"\x00\xff", b"10")


def writable(text: str) -> bool:
    """Tell whether the text can be written: it holds no NUL, which ends texts in C, and no half of a character."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


@lru_cache(maxsize=4096)
def modules(kind: zxingcpp.BarcodeFormat, content: str, **options: object) -> tuple[str, ...]:
    """Return the modules of a symbol without its quiet zone, a string a row.

    Raises:
        ValueError: The symbology cannot carry the content.
    """
    if not content.isascii() and not options.get("gs1"):
        # Else Latin letters and Chinese ones would be written in two other ways, which readers must guess.
        options["eci"] = UTF8
    symbol = zxingcpp.create_barcode(content, kind, **options)
    # The library's stub does not say that its image is a buffer.
    image = cast("Buffer", zxingcpp.write_barcode_to_image(symbol, scale=1, add_quiet_zones=False))
    picture = memoryview(image)
    height, width = picture.shape or (0, 0)
    digits = picture.tobytes().translate(_DIGITS).decode("ascii")
    return tuple(digits[at : at + width] for at in range(0, height * width, width))


def fitting(kind: zxingcpp.BarcodeFormat, content: str, symbology: str, **options: object) -> tuple[str, ...]:
    """Return the modules, as ``modules`` does, of content that is known to be writable if it is short enough.

    Raises:
        LabelError: ``carrier_too_much``.
    """
    try:
        return modules(kind, content, **options)
    except ValueError:
        raise LabelError("carrier_too_much", symbology=symbology, length=len(content.encode())) from None
