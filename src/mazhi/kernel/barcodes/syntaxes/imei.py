"""IMEI: the number of a mobile device, 15 digits with a Luhn check digit."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhi.kernel.barcodes.check_digits import luhn
from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax
from mazhi.kernel.errors import Problem

_IMEI = re.compile(
    r"(IMEI ?[12]? ?[:=]? ?)?"
    r"([0-9]{15}|[0-9]{2}[- ][0-9]{6}[- ][0-9]{6}[- ][0-9]|[0-9]{8}[- ][0-9]{6}[- ][0-9])",
    re.IGNORECASE,
)


def read(scan: Scan) -> Sequence[Found]:
    """Read 15 digits, with or without the usual grouping and the word in front."""
    found = _IMEI.fullmatch(scan.text) if scan.carrier in ("plain", "unknown") else None
    if found is None:
        return ()
    number = found[2].replace("-", "").replace(" ", "")
    expected = luhn(number[:-1])
    named = found[1] is not None or len(found[2]) > len(number)
    if number[-1] == expected:
        return (Found(number, {"imei": number}, (), Level.SURE if named else Level.LIKELY, (number,)),)
    problem = Problem("check_digit", {"value": number, "expected": expected})
    return (Found(number, {"imei": number}, (problem,), Level.LIKELY if named else Level.WEAK, (number,)),)


KIND = Syntax(name="imei", via="imei", zh="IMEI", en="IMEI", order=90, example="490154203237518", read=read)
