"""Codabar (库德巴码): digits and six signs between two letters."""

from __future__ import annotations

import re

from mazhi.kernel.barcodes.model import Symbology

_DATA = re.compile(r"[ABCDTNE*abcdtne]?[0-9$:/.+-]+[ABCDTNE*abcdtne]?")


def holds(text: str) -> bool:
    """Tell whether every character can be written."""
    return _DATA.fullmatch(text) is not None


def bare(text: str) -> str:
    """Take off the letters that start and stop the symbol."""
    return text[1:-1] if len(text) > 2 and text[0].isalpha() and text[-1].isalpha() else text


KIND = Symbology(
    name="codabar",
    zh="库德巴码",
    en="Codabar",
    aim=("]F0", "]F1", "]F2", "]F4"),
    carries="any",
    holds=holds,
    example="A12345B",
    aliases=("CODA_BAR", "NW7", "USD4"),
    bare=bare,
)
