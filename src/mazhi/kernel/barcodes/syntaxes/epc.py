"""EPC: what RFID tags hold, as a URI (``urn:epc:id:sgtin:…``) or as the tag's hexadecimal memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from urllib.parse import unquote

from mazhi.kernel.barcodes.check_digits import gs1_mod10
from mazhi.kernel.barcodes.model import Found, Level, Scan, Syntax

_URI = re.compile(r"urn:epc:(id|class|idpat|tag):([a-z]+)(-[0-9]+)?:([0-9]+)\.(.*)", re.IGNORECASE)
_HEX = re.compile(r"(?:30|31|36)[0-9A-F]+", re.IGNORECASE)
_KEY_DIGITS = 13
_COMPANY = ((40, 12), (37, 11), (34, 10), (30, 9), (27, 8), (24, 7), (20, 6))
"""Bits and digits of the company prefix, by partition; item or serial reference fill up the rest."""

Elements = dict[str, str]


def _checked(digits: str) -> str:
    return digits + gs1_mod10(digits)


def _trade_item(company: str, rest: list[str]) -> str | None:
    reference = rest[0]
    if len(company) + len(reference) != _KEY_DIGITS or not reference.isascii() or not reference.isdigit():
        return None
    return _checked(reference[0] + company + reference[1:])


def _sgtin(company: str, rest: list[str]) -> Elements | None:
    gtin = _trade_item(company, rest) if len(rest) == 2 else None
    if gtin is None:
        return None
    return {"01": gtin} if rest[1] == "*" else {"01": gtin, "21": unquote(rest[1])}


def _lgtin(company: str, rest: list[str]) -> Elements | None:
    gtin = _trade_item(company, rest) if len(rest) == 2 else None
    return None if gtin is None else {"01": gtin, "10": unquote(rest[1])}


def _sscc(company: str, rest: list[str]) -> Elements | None:
    digits = company + rest[0]
    if len(rest) != 1 or len(digits) != 17 or not re.fullmatch("[0-9]+", rest[0]):
        return None
    return {"00": _checked(rest[0][0] + company + rest[0][1:])}


def _place(company: str, rest: list[str]) -> Elements | None:
    digits = company + rest[0]
    if len(digits) != 12 or not re.fullmatch("[0-9]+", digits):
        return None
    extended = len(rest) == 2 and rest[1] not in ("", "0", "*")
    return {"414": _checked(digits)} | ({"254": unquote(rest[1])} if extended else {})


def _with_serial(ai: str, lead: str) -> Callable[[str, list[str]], Elements | None]:
    def read_key(company: str, rest: list[str]) -> Elements | None:
        digits = company + rest[0]
        if len(rest) != 2 or len(digits) != 12 or not re.fullmatch("[0-9]+", digits):
            return None
        return {ai: lead + _checked(digits) + ("" if rest[1] == "*" else unquote(rest[1]))}

    return read_key


def _asset(company: str, rest: list[str]) -> Elements | None:
    return {"8004": company + unquote(rest[0])} if len(rest) == 1 and rest[0] else None


_SCHEMES: dict[str, Callable[[str, list[str]], Elements | None]] = {
    "sgtin": _sgtin,
    "lgtin": _lgtin,
    "sscc": _sscc,
    "sgln": _place,
    "pgln": _place,
    "grai": _with_serial("8003", "0"),
    "gdti": _with_serial("253", ""),
    "giai": _asset,
}


def read(scan: Scan) -> Sequence[Found]:
    """Read an EPC URI, or 24 or more hexadecimal digits of a tag."""
    if scan.carrier not in ("plain", "unknown"):
        return ()
    uri = scan.text
    if len(uri) in (24, 50, 52) and _HEX.fullmatch(uri):
        decoded = _from_memory(uri)
        if decoded is None:
            return ()
        uri = decoded
    found = _URI.fullmatch(uri)
    if found is None:
        return ()
    company, rest = found[4], found[5]
    if found[1].lower() == "tag":
        # A tag's URI leads with a filter value that is no part of the identity.
        company, _, rest = rest.partition(".")
    scheme = _SCHEMES.get(found[2].lower())
    # A serial may hold dots; only the parts before it are split off.
    parts = rest.split(".", 1) if "." in rest else [rest]
    elements = scheme(company, parts) if scheme is not None and re.fullmatch("[0-9]{6,12}", company) else None
    if elements is None:
        return ()
    keys = tuple(dict.fromkeys((uri, scan.text, scan.text.upper())))
    return (Found(uri, elements, (), Level.SURE, keys),)


def _from_memory(text: str) -> str | None:
    """Turn the memory of an SGTIN-96, SGTIN-198 or SSCC-96 into its URI."""
    size = len(text) * 4
    memory = int(text, 16)

    def bits(start: int, count: int) -> int:
        return memory >> (size - start - count) & ((1 << count) - 1)

    header, partition = bits(0, 8), bits(11, 3)
    if partition >= len(_COMPANY):
        return None
    company_bits, company_digits = _COMPANY[partition]
    company = str(bits(14, company_bits)).zfill(company_digits)
    sscc = header == 0x31
    reference_digits = (17 if sscc else _KEY_DIGITS) - company_digits
    reference = str(bits(14 + company_bits, (58 if sscc else 44) - company_bits)).zfill(reference_digits)
    if len(company) > company_digits or len(reference) > reference_digits:
        return None
    if sscc:
        return f"urn:epc:id:sscc:{company}.{reference}" if size == 96 else None
    if (header == 0x30) != (size == 96):
        return None
    if header == 0x30:
        serial = str(bits(58, 38))
    else:
        serial = "".join(chr(code) for at in range(20) if (code := bits(58 + 7 * at, 7)))
    return f"urn:epc:id:sgtin:{company}.{reference}.{serial}"


KIND = Syntax(
    name="epc",
    via="epc",
    zh="EPC（RFID 标签）",
    en="EPC (RFID tag)",
    order=50,
    example="urn:epc:id:sgtin:6901234.056789.SN0001",
    read=read,
)
