"""ISO/IEC 15434: the envelope ``[)>`` around GS1 elements (05) or ANSI data identifiers (06), as on supplier labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhi.kernel.barcodes.gs1.elements import SEPARATOR, read_raw
from mazhi.kernel.barcodes.model import GS, Found, Level, Scan, Syntax
from mazhi.kernel.errors import Problem

_RECORD = re.compile("\x1e|\u241e|[{<\\[]RS[}>\\]]", re.IGNORECASE)
_END = re.compile("\x04|\u2404|[{<\\[]EOT[}>\\]]", re.IGNORECASE)
_FIELD = re.compile(r"([0-9]{0,3}[A-Z])(.*)", re.DOTALL)
_SERIALS = ("S", "25S", "3S", "4S", "5S", "1J", "2J", "3J", "4J", "5J", "6J", "J")
"""Data identifiers that name one article or one package."""


def read(scan: Scan) -> Sequence[Found]:
    """Read an envelope whose control characters came through."""
    if not scan.text.startswith("[)>") or scan.carrier == "gtin":
        return ()
    records = [record for record in _RECORD.split(_END.sub("", scan.text[3:])) if record]
    elements: dict[str, str] = {}
    problems: list[Problem] = []
    known = False
    for record in records:
        fields = SEPARATOR.sub(GS, record).strip(GS).split(GS)
        if fields[0] == "05":
            message = read_raw(GS.join(fields[1:]))
            elements |= message.values()
            problems += message.problems
            known = True
        elif fields[0] in ("06", "12"):
            _read_fields(fields[1:], elements, problems)
            known = True
    if not known:
        return ()
    keys = tuple(elements[name] for name in _SERIALS if name in elements)
    return (Found(scan.text, elements, tuple(problems), Level.SURE, (scan.text, *keys)),)


def _read_fields(fields: list[str], elements: dict[str, str], problems: list[Problem]) -> None:
    for text in fields:
        found = _FIELD.fullmatch(text)
        if found is None:
            problems.append(Problem("unknown_unit", {"unit": text[:4]}))
        else:
            elements.setdefault(found[1], found[2])


KIND = Syntax(
    name="iso15434",
    via="iso15434",
    zh="ISO 15434 供应商标签",
    en="ISO 15434 supplier label",
    order=40,
    example="[)>\x1e06\x1d1PWM-20\x1d1TB2611\x1dSSN0001\x1dQ1\x1e\x04",
    read=read,
)
