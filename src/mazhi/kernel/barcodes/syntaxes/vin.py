"""VIN: the number of a road vehicle (车辆识别代号), ISO 3779."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhi.kernel.barcodes import check_digits
from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax
from mazhi.kernel.errors import Problem

_VIN = re.compile(r"(VIN ?[:=]? ?)?([A-HJ-NPR-Z0-9]{17})", re.IGNORECASE)
_CHECKED_REGIONS = "12345L"
"""North America and China: only there the check digit is required."""


def read(scan: Scan) -> Sequence[Found]:
    """Read 17 characters without I, O, Q; position 9 must be right where the region requires it, else only tells."""
    found = _VIN.fullmatch(scan.text) if scan.carrier in ("plain", "unknown") else None
    if found is None:
        return ()
    number = found[2].upper()
    expected = check_digits.vin(number)
    level = Level.LIKELY if found[1] else Level.WEAK
    if number[8] == expected:
        letters = check_digits.DIGITS.fullmatch(number) is None
        return (Found(number, {"vin": number}, (), Level.LIKELY if letters else level, (number,)),)
    code = "check_digit" if number[0] in _CHECKED_REGIONS else "vin_check_not_used"
    problem = Problem(code, {"value": number, "expected": expected})
    return (Found(number, {"vin": number}, (problem,), level, (number,)),)


KIND = Syntax(
    name="vin",
    via="vin",
    zh="车辆识别代号",
    en="Vehicle number (VIN)",
    order=100,
    example="1M8GDM9AXKP042788",
    read=read,
)
