"""Reading what a scanner sent (扫码解析): every way in which a text can be meant, the likeliest first.

Pure and table-driven, so that the same rules run on the phone: ``tests/vectors/scan.json`` holds both to the same
answers. Nothing here knows the database; which of the readings exists is asked by ``service``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mazhi.kernel.barcodes import families
from mazhi.kernel.barcodes.model import Carrier, Found, Level, Scan, Symbology
from mazhi.kernel.errors import Problem

LONGEST = 8192
"""Longer texts are not read at all; the largest symbol holds 7,827 characters."""

_WARNINGS = frozenset(
    {
        "batch_differs",
        "fullwidth_characters",
        "letter_case",
        "link_key_order",
        "link_not_attribute",
        "missing_partner",
        "near_miss",
        "not_gs1_carrier",
        "packaging_level",
        "serial_only",
        "vin_check_not_used",
    }
)

# Controls (but GS), blanks, and characters without a width, by number so that every language has the same list.
_EDGE = "[\x00-\x1c\x1e-\x20\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]"
_EDGES = re.compile(f"^{_EDGE}+|{_EDGE}+$")
_AIM = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_ECI_AIMS = frozenset({"]Q2", "]Q4", "]Q6", "]d4", "]d5", "]d6", "]dA", "]dB", "]dC"})
_ECI = re.compile(r"\\(?:[0-9]{6}|\\)")

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord(wide): narrow
    for wide, narrow in {
        "\u3000": " ",
        "。": ".",
        "、": "/",
        "【": "[",
        "】": "]",
        "《": "<",
        "》": ">",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "…": "^",
        "—": "-",
        "￥": "$",
    }.items()
}
"""What an input method in Chinese makes of the keys that a wedge presses."""
_DOUBLED = (("……", "^"), ("——", "_"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a scanned text.

    Attributes:
        via: How it was read: gs1, digital_link, gtin, …, raw.
        value: The code in its canonical spelling.
        elements: Its parts; those of GS1 by application identifier.
        problems: What is wrong with it.
        level: How sure the reading is.
        keys: Values under which it may be known as an identifier, best first.
        symbology: The symbology, where it is known.
    """

    via: str
    value: str
    elements: Mapping[str, str]
    problems: tuple[Problem, ...]
    level: Level
    keys: tuple[str, ...]
    symbology: str | None = None


def is_warning(code: str) -> bool:
    """Tell whether a problem makes a code only doubtful, not wrong."""
    return code in _WARNINGS


def narrow(text: str) -> str:
    """Turn full-width letters, digits and signs into those that were meant."""
    for wide, sign in _DOUBLED:
        text = text.replace(wide, sign)
    return text.translate(_WIDE)


def clean(raw: str) -> str:
    """Take off what a wedge puts around a code: line ends, tabs, blanks, other controls; GS stays."""
    return _EDGES.sub("", raw)


def parse(raw: str, symbology: str | None = None) -> list[Candidate]:
    """Return every reading of a scanned text, the likeliest first; there is always at least the text itself.

    ``symbology`` is what the device calls it; an AIM identifier in front of the text says it better and wins. Never
    raises, whatever the text.
    """
    if len(raw) > LONGEST:
        return [_plain(raw[:LONGEST], Problem("scan_too_long", {"length": len(raw), "longest": LONGEST}))]
    text = clean(raw)
    known = families.by_name(symbology) if symbology else None
    candidates = _read(text, known)
    meant = clean(narrow(text))
    if meant != text:
        seen = {(candidate.via, candidate.value) for candidate in candidates}
        candidates += [again for again in _read(meant, known, wide=True) if (again.via, again.value) not in seen]
    # Sorting is stable: of equals those of the text as it came stand before those of the text that was meant.
    return sorted(candidates, key=lambda candidate: candidate.level)


def _plain(text: str, problem: Problem) -> Candidate:
    return Candidate("raw", text, {}, (problem,), Level.PLAIN, ())


def _read(text: str, known: Symbology | None, *, wide: bool = False) -> list[Candidate]:
    scan = _identify(text, known)
    if not scan.text:
        return [_plain("", Problem("empty_scan"))]
    extra = (Problem("fullwidth_characters"),) if wide else ()
    return [_candidate(syntax.via, found, scan, extra) for syntax in families.IN_ORDER for found in syntax.read(scan)]


def _candidate(via: str, found: Found, scan: Scan, extra: tuple[Problem, ...]) -> Candidate:
    return Candidate(
        via=via,
        value=found.value,
        elements=found.elements,
        problems=(*found.problems, *extra),
        level=found.level,
        keys=found.keys,
        symbology=scan.symbology.name if scan.symbology else None,
    )


def _identify(text: str, known: Symbology | None) -> Scan:
    """Split off the AIM identifier and tell what the symbol can carry."""
    found = _AIM.match(text)
    if found is None:
        carrier: Carrier = "unknown" if known is None or known.carries == "any" else known.carries
        return Scan(text, carrier, known)
    aim, text = found[0], text[3:]
    if aim in _ECI_AIMS:
        text = _ECI.sub(lambda escaped: "\\" if escaped[0] == "\\\\" else "", text)
    symbology = families.by_aim(aim, text)
    if symbology is None:
        return Scan(text, "unknown", None, aim)
    return Scan(text, "plain" if symbology.carries == "any" else symbology.carries, symbology, aim)
