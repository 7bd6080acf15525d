"""ISBT 128 of ICCBBA: blood, tissue and cells; data structures led by ``=`` or ``&`` and a character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhi.kernel.barcodes.gs1.dates import day_exists
from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax
from mazhi.kernel.errors import Problem

_STRUCTURES: tuple[tuple[str, str, str], ...] = (
    ("&,1", "lot", "[A-Z0-9]{18}"),
    ("=/", "product", "[A-Z0-9]{16}"),
    ("=,", "serial", "[A-Z0-9]{6}"),
    ("=>", "expires_on", "[0-9]{6}"),
    ("&>", "expires_on", "[0-9]{10}"),
    ("=}", "made_on", "[0-9]{6}"),
    ("&}", "made_on", "[0-9]{10}"),
    ("=*", "collected_on", "[0-9]{6}"),
    ("&*", "collected_on", "[0-9]{10}"),
    ("=<", "product", "[A-Z0-9]{8}"),
    ("=%", "blood_group", "[A-Z0-9]{4}"),
    ("=)", "container", "[A-Z0-9]{10}"),
    ("&)", "container_lot", "[A-Z0-9]{10}"),
    ("=+", "compound", "[0-9]{5}"),
    ("=", "donation", "[A-NP-Z1-9][A-Z0-9]{4}[0-9]{8}[A-Z0-9]{2}"),
)
_DATES = frozenset({"expires_on", "made_on", "collected_on"})
_STRUCTURE = re.compile("|".join(f"({re.escape(lead)}(?:{data}))" for lead, _, data in _STRUCTURES))


def read(scan: Scan) -> Sequence[Found]:
    """Read one data structure, or several one after the other."""
    if scan.carrier not in ("plain", "unknown") or scan.text[:1] not in ("=", "&"):
        return ()
    elements: dict[str, str] = {}
    problems: list[Problem] = []
    at = 0
    while at < len(scan.text):
        found = _STRUCTURE.match(scan.text, at)
        if found is None:
            break
        lead, name, _ = _STRUCTURES[(found.lastindex or 1) - 1]
        _add(name, found[0][len(lead) :], elements, problems)
        at = found.end()
    if not elements:
        return ()
    if at < len(scan.text):
        problems.append(Problem("unknown_unit", {"unit": scan.text[at : at + 4]}))
    return (Found(scan.text, elements, tuple(problems), Level.LIKELY, (scan.text, *_keys(elements))),)


def _keys(elements: dict[str, str]) -> tuple[str, ...]:
    """A donation number is printed without its two flag characters, and is kept so."""
    donation = elements.get("donation")
    return (donation[:13], donation) if donation else ()


def _add(name: str, value: str, elements: dict[str, str], problems: list[Problem]) -> None:
    if name in _DATES:
        # Three digits of the year (9xx is 19xx), then the day of the year.
        year, day = (1000 if value[0] == "9" else 2000) + int(value[:3]), int(value[3:6])
        if not 1 <= day <= (366 if day_exists(year, "02", "29") else 365):
            problems.append(Problem("bad_date", {"ai": name, "value": value}))
        else:
            value = f"{year}-{value[3:6]}" + (f" {value[6:8]}:{value[8:]}" if value[6:] else "")
    elif name == "lot":
        value = value.lstrip("0")
    elements.setdefault(name, value)


KIND = Syntax(
    name="iccbba",
    via="iccbba",
    zh="ISBT 128",
    en="ISBT 128 (ICCBBA)",
    order=70,
    example="=/A9999XYZ100T0944=,000025=A99971312345600=>014032=}013032&,1000000000000XYZ123",
    read=read,
)
