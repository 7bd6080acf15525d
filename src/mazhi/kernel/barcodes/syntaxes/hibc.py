"""HIBC: the health industry's supplier code, ``+`` … with a mod 43 check character."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mazhi.kernel.barcodes.check_digits import mod43
from mazhi.kernel.barcodes.gs1.dates import day_exists
from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax
from mazhi.kernel.errors import Problem

_PRIMARY = re.compile(r"\+([A-Z][A-Z0-9]{3})([A-Z0-9]{1,18})([0-9])")
_LOT = re.compile(r"[A-Z0-9.-]{0,20}")
_DATE_LENGTHS = {"2": 6, "3": 6, "4": 8, "5": 5, "6": 7, "7": 0}


def read(scan: Scan) -> Sequence[Found]:
    """Read a primary, a secondary, or both in one; the check character covers the whole text."""
    text = scan.text.strip("*")
    if not text.startswith("+") or scan.carrier not in ("plain", "unknown") or len(text) < 5:
        return ()
    body, check = text[:-1], text[-1]
    expected = mod43(body)
    if expected is None:
        return ()
    parts = body.split("/")
    primary = _PRIMARY.fullmatch(parts[0])
    if primary is not None:
        elements = {"lic": primary[1], "pcn": primary[2], "unit": primary[3]}
        secondary = parts[1:]
    elif parts[0][1:2] == "$":
        # A secondary of its own ends with the check character of its primary, which links the two.
        elements = {"link": body[-1]}
        secondary = (body[1:-1]).split("/")
    else:
        return ()
    problems: list[Problem] = []
    for part in secondary:
        _read_part(part, elements, problems)
    if check != expected:
        problems.append(Problem("check_character", {"value": text, "expected": expected}))
    level = Level.LIKELY if not problems or len(parts) > 1 or primary is None else Level.WEAK
    keys = (text, elements["serial"]) if "serial" in elements else (text,)
    return (Found(text, elements, tuple(problems), level, keys),)


def _read_part(part: str, elements: dict[str, str], problems: list[Problem]) -> None:
    if part.startswith("$$+"):
        _read_dated(part[3:], "serial", elements, problems)
    elif part.startswith("$$"):
        _read_dated(part[2:], "lot", elements, problems)
    elif part.startswith("$+"):
        elements["serial"] = part[2:]
    elif part.startswith("$"):
        elements["lot"] = part[1:]
    elif part.startswith(("14D", "16D")):
        name = "expires_on" if part.startswith("14D") else "made_on"
        _add_date(part[3:7], part[7:9], part[9:], name, elements, problems)
    elif part.startswith("S"):
        elements["serial"] = part[1:]
    elif re.fullmatch("Q[0-9]{1,5}", part):
        elements["quantity"] = part[1:]
    else:
        problems.append(Problem("unknown_unit", {"unit": part[:4]}))


def _read_dated(data: str, name: str, elements: dict[str, str], problems: list[Problem]) -> None:
    """Read quantity (8, 9), date (0 and 1 without a flag, else 2 to 7), and lot or serial number."""
    if data[:1] in ("8", "9") and data[1:3]:
        digits = 2 if data[0] == "8" else 5
        elements["quantity"], data = data[1 : 1 + digits], data[1 + digits :]
    flag = data[:1]
    if flag in ("0", "1"):
        _add_date("20" + data[2:4], data[:2], None, "expires_on", elements, problems)
        data = data[4:]
    elif flag in _DATE_LENGTHS:
        length = _DATE_LENGTHS[flag]
        date, data = data[1 : 1 + length], data[1 + length :]
        if length:
            _add_flagged(flag, date, elements, problems)
    if not _LOT.fullmatch(data):
        problems.append(Problem("wrong_character", {"ai": name, "character": _LOT.sub("", data, count=1)[:1]}))
    if data:
        elements[name] = data


def _add_flagged(flag: str, date: str, elements: dict[str, str], problems: list[Problem]) -> None:
    if flag == "2":
        _add_date("20" + date[4:6], date[:2], date[2:4], "expires_on", elements, problems)
    elif flag in "34":
        _add_date("20" + date[:2], date[2:4], date[4:6], "expires_on", elements, problems)
    elif re.fullmatch("[0-9]{5,7}", date) and 1 <= int(date[2:5]) <= 366:
        elements["expires_on"] = f"20{date[:2]}-{date[2:5]}"
    else:
        problems.append(Problem("bad_date", {"ai": "expires_on", "value": date}))


def _add_date(
    year: str, month: str, day: str | None, name: str, elements: dict[str, str], problems: list[Problem]
) -> None:
    """Add a date; one without a day names its month."""
    text = year + month + (day or "")
    whole = re.fullmatch("[0-9]{6}|[0-9]{8}", text) and int(year) > 0
    if not whole or not day_exists(int(year), month, day or "01"):
        problems.append(Problem("bad_date", {"ai": name, "value": text}))
        return
    elements[name] = f"{year}-{month}" + (f"-{day}" if day else "")


KIND = Syntax(
    name="hibc",
    via="hibc",
    zh="HIBC 医疗条码",
    en="HIBC",
    order=60,
    example="+A123BJC5D6E71G",
    read=read,
)
