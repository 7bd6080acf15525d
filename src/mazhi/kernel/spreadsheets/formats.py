"""Number formats that show a number as a code: ``000000`` shows 42 as 000042, ``"SN"0000`` as SN0042."""

from __future__ import annotations

import re

_CODE_FORMAT = re.compile(r'((?:"[^"]*"|\\.|[-A-Z_ ])*?)(0{2,}|0)((?:"[^"]*"|\\.)*)')
_MEANING = re.compile(r"[dmyhsDMYHSEGB]")


def shows_as(code: str, number: str) -> str | None:
    """Return what the format makes of a whole number; None for formats that leave a number a number."""
    found = _CODE_FORMAT.fullmatch(code.split(";", maxsplit=1)[0])
    if found is None:
        return None
    before, zeros, after = found.groups()
    prefix, suffix = _literal(before), _literal(after)
    if (len(zeros) == 1 and not prefix and not suffix) or prefix is None or suffix is None:
        return None
    try:
        value = float(number)
    except ValueError:
        return None
    if not value.is_integer() or value < 0 or value >= 10**15:
        return None
    return f"{prefix}{int(value):0{len(zeros)}d}{suffix}"


def _literal(part: str) -> str | None:
    plain = re.sub(r'"([^"]*)"|\\(.)', "", part)
    if _MEANING.search(plain):
        return None  # a letter outside quotation marks is a date's, not a code's
    return re.sub(r'"([^"]*)"|\\(.)', lambda one: one[1] or one[2] or "", part)
