"""MAC: the number of a network interface, EUI-48 or EUI-64."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax

_MAC = re.compile(
    r"(MAC ?[:=]? ?)?"
    r"([0-9A-F]{2}([:-])[0-9A-F]{2}(?:\3[0-9A-F]{2}){4}(?:\3[0-9A-F]{2}\3[0-9A-F]{2})?"
    r"|[0-9A-F]{4}(?:\.[0-9A-F]{4}){2,3}|[0-9A-F]{12})",
    re.IGNORECASE,
)
_FEW_LETTERS = 3
"""Twelve hexadecimal digits alone are likelier a number of somebody's own when they hold fewer letters."""


def read(scan: Scan) -> Sequence[Found]:
    """Read pairs with colons or dashes, fours with dots, or twelve hexadecimal digits."""
    found = _MAC.fullmatch(scan.text) if scan.carrier in ("plain", "unknown") else None
    if found is None:
        return ()
    digits = re.sub("[^0-9A-F]", "", found[2].upper())
    letters = len(re.findall("[A-F]", digits))
    bare = found[1] is None and len(found[2]) == 12
    if bare and not letters:
        return ()
    pairs = [digits[at : at + 2] for at in range(0, len(digits), 2)]
    value = ":".join(pairs)
    level = Level.WEAK if bare and letters < _FEW_LETTERS else Level.LIKELY
    keys = (value, digits, "-".join(pairs), value.lower(), digits.lower(), "-".join(pairs).lower())
    return (Found(value, {"mac": digits}, (), level, tuple(dict.fromkeys(keys))),)


KIND = Syntax(name="mac", via="mac", zh="MAC 地址", en="MAC address", order=110, example="00:1B:44:11:3A:B7", read=read)
