"""The table of GS1 application identifiers (应用标识符), read from ``ai.json`` once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from mazhi.kernel.barcodes.gs1.rules import RULES, Rule
from mazhi.kernel.errors import ProgrammingError

SETS = {
    "n": "[0-9]",
    "x": "[!\"%&'()*+,\\-./0-9:;<=>?A-Z_a-z]",
    "y": "[#\\-/0-9A-Z]",
    "z": "[\\-0-9A-Z_a-z=]",
}
"""Digits, and the GS1 character sets 82, 39 and 64, as regular expressions."""

_PART = re.compile(r"([nxyz])(\.\.)?([0-9]+)(\?)?((?: [a-z0-9]+)*)")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a value: its characters, its length, its rules."""

    allowed: re.Pattern[str]
    shortest: int
    longest: int
    optional: bool
    rules: tuple[tuple[str, Rule], ...]


@dataclass(frozen=True, slots=True)
class ApplicationIdentifier:
    """One application identifier.

    Attributes:
        code: Its two to four digits.
        parts: What its value is made of, in order.
        fixed: The length of the value where it is predefined, so that no separator follows; else 0.
        needs: Groups of partners of which one must be in the same message; a ``*`` stands for any digits.
        never: Partners that must not be in the same message.
        key: Orders of qualifiers where it is a primary key of a Digital Link, else None.
        attribute: It may stand in the query of a Digital Link.
        decimals: How many of the value's digits are decimals; None where that is not said by the identifier.
        fits: Tells at once that length and characters are right.
        zh: Chinese title.
        en: English title.
    """

    code: str
    parts: tuple[Part, ...]
    fixed: int
    needs: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]
    key: tuple[tuple[str, ...], ...] | None
    attribute: bool
    decimals: int | None
    fits: Callable[[str], object]
    zh: str
    en: str

    @property
    def shortest(self) -> int:
        """The least length of its value."""
        return sum(part.shortest for part in self.parts if not part.optional)

    @property
    def longest(self) -> int:
        """The greatest length of its value."""
        return sum(part.longest for part in self.parts)


def part(text: str) -> Part:
    """Read one part of a value as ``ai.json`` writes it, such as ``n6? date``.

    Raises:
        ProgrammingError: It is not written so.
    """
    found = _PART.fullmatch(text)
    if found is None:
        raise ProgrammingError(f"ai.json: {text!r} is no part of a value")
    letter, up_to, length, optional, rules = found.groups()
    return Part(
        allowed=re.compile(SETS[letter]),
        shortest=1 if up_to else int(length),
        longest=int(length),
        optional=bool(optional),
        rules=tuple((name, RULES[name]) for name in rules.split()),
    )


def _pattern(parts: tuple[Part, ...]) -> str:
    pattern = ""
    # From the last part to the first, so that an optional part encloses those that can only follow it.
    for part in reversed(parts):
        piece = f"{part.allowed.pattern}{{{part.shortest},{part.longest}}}{pattern}"
        pattern = f"(?:{piece})?" if part.optional else piece
    return pattern


def _entries(row: dict[str, Any]) -> list[ApplicationIdentifier]:
    parts = tuple(part(text) for text in row["parts"])
    first = row["ai"]
    return [
        ApplicationIdentifier(
            code=(code := str(number).zfill(len(first))),
            parts=parts,
            fixed=sum(one.longest for one in parts) if row.get("fixed") else 0,
            needs=tuple(tuple(group) for group in row.get("needs", ())),
            never=tuple(row.get("never", ())),
            key=tuple(tuple(order) for order in row["key"]) if "key" in row else None,
            attribute=bool(row.get("attribute")),
            decimals=int(code[-1]) if row.get("decimals") else None,
            fits=re.compile(_pattern(parts)).fullmatch,
            zh=row["zh"],
            en=row["en"],
        )
        for number in range(int(first), int(row.get("to", first)) + 1)
    ]


def _load() -> dict[str, ApplicationIdentifier]:
    text = resources.files("mazhi.kernel.barcodes.gs1").joinpath("ai.json").read_text("utf-8")
    return {entry.code: entry for row in json.loads(text) for entry in _entries(row)}


TABLE = _load()
"""Every application identifier by its code."""

CHECKED = frozenset(
    code for code, ai in TABLE.items() if any(name == "mod10" for part in ai.parts for name, _ in part.rules)
)
"""The identifiers whose value ends in a check digit."""

_LENGTHS: dict[str, tuple[int, ...]] = {}
for _code in TABLE:
    _LENGTHS[_code[:2]] = tuple(sorted({*_LENGTHS.get(_code[:2], ()), len(_code)}))


def starting(text: str, at: int = 0) -> ApplicationIdentifier | None:
    """Return the application identifier that begins at a position; None where there is none."""
    for length in _LENGTHS.get(text[at : at + 2], ()):
        entry = TABLE.get(text[at : at + length])
        if entry is not None:
            return entry
    return None


@cache
def matching(pattern: str) -> frozenset[str]:
    """Return every code that a partner pattern such as ``31*`` or ``01`` stands for."""
    if pattern.endswith("*"):
        return frozenset(code for code in TABLE if code.startswith(pattern[:-1]))
    return frozenset({pattern})
