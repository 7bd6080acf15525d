"""The bars of a symbol."""

from __future__ import annotations

import re

_BARS = re.compile("1+")


def bars(row: str) -> list[tuple[int, int]]:
    """Return where the black runs of a row of modules start and how long they are."""
    return [(found.start(), found.end() - found.start()) for found in _BARS.finditer(row)]
