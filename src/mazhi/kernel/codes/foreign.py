"""Codes that others have made (外来码): whether they keep the rules of their own kind.

Each kind is a function that says what is wrong, in a small table; a pattern of one's own is the product's capture
rule, not here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from mazhi.kernel.codes.check_methods import gs1_mod10, luhn
from mazhi.kernel.errors import InvalidInputError, Problem

_VIN_VALUES = dict(zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "012345678912345678123457923456789"), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_GTIN_SERIAL = re.compile(r"\(01\)([0-9]{14})\(21\)([!-~]{1,20})|01([0-9]{14})21([!-~]{1,20})")
_UDI_GS1 = re.compile(r"(?:\(01\)|01)([0-9]{14})(?:$|[(0-9])")
_MAC = re.compile(
    r"[0-9A-F]{2}([:-])(?:[0-9A-F]{2}\1){4}(?:(?:[0-9A-F]{2}\1){2})?[0-9A-F]{2}|[0-9A-F]{12}|[0-9A-F]{16}"
)
_MAC_DOTTED = re.compile(r"(?:[0-9A-F]{4}\.){2,3}[0-9A-F]{4}")
_HIBC = re.compile(r"\+[A-Z][0-9A-Z. $/+%-]{4,}")
_MA = re.compile(r"MA\.156\.[A-Z0-9]+\.[^ ]+")


@dataclass(frozen=True, slots=True)
class ForeignKind:
    """One kind of foreign code."""

    name: str
    zh: str
    en: str
    fault: Callable[[str], Problem | None]


WARNINGS = frozenset({"foreign_vin_check_digit"})
"""Problems that only make one look twice: in Europe the ninth place of a VIN need not be a check digit."""


def check(kind: str, value: str) -> Problem | None:
    """Say what is wrong with a foreign code of a kind; codes in ``WARNINGS`` are no reason to refuse it.

    Raises:
        InvalidInputError: There is no such kind (``unknown_kind``).
    """
    if kind not in KINDS:
        raise InvalidInputError("unknown_kind", family="foreign", kind=kind, known=", ".join(KINDS))
    found = KINDS[kind].fault(value)
    return None if found is None else Problem(found.code, found.params, item=value)


def _imei(value: str) -> Problem | None:
    if not re.fullmatch("[0-9]{15}", value):
        return Problem("foreign_imei_form", {"length": len(value)})
    expected = luhn.KIND.compute(value[:14])
    return None if value[14] == expected else Problem("foreign_check_digit", {"expected": expected, "found": value[14]})


def _vin(value: str) -> Problem | None:
    if len(value) != 17 or any(sign not in _VIN_VALUES for sign in value):
        return Problem("foreign_vin_form", {"length": len(value)})
    total = sum(_VIN_VALUES[sign] * weight for sign, weight in zip(value, _VIN_WEIGHTS, strict=True))
    expected = "0123456789X"[total % 11]
    if value[8] == expected:
        return None
    return Problem("foreign_vin_check_digit", {"expected": expected, "found": value[8]})


def _mac(value: str) -> Problem | None:
    text = value.upper()
    if _MAC.fullmatch(text) or _MAC_DOTTED.fullmatch(text):
        return None
    return Problem("foreign_mac_form")


def _gtin_fault(gtin: str) -> Problem | None:
    expected = gs1_mod10.KIND.compute(gtin[:-1])
    return None if gtin[-1] == expected else Problem("foreign_check_digit", {"expected": expected, "found": gtin[-1]})


def _gtin_serial(value: str) -> Problem | None:
    found = _GTIN_SERIAL.fullmatch(value)
    return _gtin_fault(found[1] or found[3]) if found else Problem("foreign_gtin_serial_form")


def _udi(value: str) -> Problem | None:
    if _HIBC.fullmatch(value) or _MA.fullmatch(value):
        return None
    found = _UDI_GS1.match(value)
    return _gtin_fault(found[1]) if found else Problem("foreign_udi_form")


def _drug(value: str) -> Problem | None:
    return None if re.fullmatch("[0-9]{20}", value) else Problem("foreign_drug_form", {"length": len(value)})


KINDS: dict[str, ForeignKind] = {
    kind.name: kind
    for kind in (
        ForeignKind("imei", "IMEI", "IMEI", _imei),
        ForeignKind("vin", "车辆识别代号 VIN", "VIN", _vin),
        ForeignKind("mac", "MAC 地址", "MAC address", _mac),
        ForeignKind("gtin_serial", "GTIN 加序列号", "GTIN and serial", _gtin_serial),
        ForeignKind("udi", "医疗器械 UDI", "UDI", _udi),
        ForeignKind("drug_trace_code", "药品追溯码", "Chinese drug trace code", _drug),
    )
}
