"""MA codes (IDcode, MA 码): ``MA.156.M0.100472.11103316.L2611.S0001.M261121.V281120``.

The parts before the first letter unit name the issuer's country, the industry, the maker and the product; the units
behind, each led by its letter, name the single article. Their check characters are given out with the code and have
no public rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhi.kernel.barcodes.gs1.dates import day_exists
from mazhi.kernel.barcodes.gs1.rules import COUNTRIES
from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax
from mazhi.kernel.errors import Problem

_MA = re.compile(r"(?:https?://[^\s?#]*[/?])?(MA\.([0-9]{3})((?:\.[^.\s/]+)+))/?", re.IGNORECASE)
_UNITS = {
    "L": "lot",
    "S": "serial",
    "M": "made_on",
    "P": "made_on",
    "V": "expires_on",
    "E": "invalid_from",
    "D": "sterilised_lot",
    "C": "check",
}
_DATES = frozenset({"made_on", "expires_on", "invalid_from"})
_FIXED = 3
"""So many parts name industry, maker and product before units may begin."""


def read(scan: Scan) -> Sequence[Found]:
    """Read an MA code, alone or at the end of an address."""
    found = _MA.fullmatch(scan.text) if scan.carrier in ("plain", "unknown") else None
    if found is None:
        return ()
    country, parts = found[2], found[3].split(".")[1:]
    problems: list[Problem] = []
    if country not in COUNTRIES:
        problems.append(Problem("unknown_country", {"value": country}))
    # Only the medical branch has lettered units; elsewhere the whole code names one thing.
    known = _FIXED if re.fullmatch("M[0-9]", parts[0], re.IGNORECASE) else len(parts)
    elements = {"product": ".".join(["MA", country, *parts[:known]])}
    for unit in parts[known:]:
        name, value = _UNITS.get(unit[0].upper(), ""), unit[1:]
        if name in _DATES:
            iso = _iso(value)
            if iso is None:
                problems.append(Problem("bad_date", {"ai": unit[0].upper(), "value": value}))
            value = iso or value
        if name:
            elements.setdefault(name, value)
        else:
            problems.append(Problem("unknown_unit", {"unit": unit[0].upper()}))
    code = found[1]
    keys = (code, elements["serial"]) if "serial" in elements else (code,)
    return (Found(code, elements, tuple(problems), Level.SURE, keys),)


def _iso(value: str) -> str | None:
    found = re.fullmatch(r"(20)?([0-9]{2})([0-9]{2})([0-9]{2})", value)
    if found is None or not day_exists(2000 + int(found[2]), found[3], found[4]):
        return None
    return f"20{found[2]}-{found[3]}-{found[4]}"


KIND = Syntax(
    name="ma_idcode",
    via="ma",
    zh="MA 码",
    en="MA code (IDcode)",
    order=80,
    example="MA.156.M0.100472.11103316.L2611.S0001.M261121.V281120",
    read=read,
)
