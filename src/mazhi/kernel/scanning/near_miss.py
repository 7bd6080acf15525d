"""Codes that differ from a typed one by a single slip: two characters swapped, one wrong, one missing, one too many."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TYPED = re.compile(r"[0-9A-Z][0-9A-Z._/-]{3,31}")
_DIGITS = "0123456789"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ALIKE = {
    "0": "OQD8",
    "1": "IL7",
    "2": "Z",
    "3": "8B",
    "4": "A",
    "5": "S6",
    "6": "G5",
    "7": "1T",
    "8": "B03",
    "9": "GQ",
    "O": "0QD",
    "I": "1L",
    "L": "1I",
    "Z": "2",
    "S": "5",
    "B": "8",
    "G": "6",
    "Q": "0O",
    "D": "0O",
    "U": "V",
    "V": "U",
    "M": "N",
    "N": "M",
}
"""Characters that people take for one another."""


def slips(text: str) -> list[str]:
    """Return the codes that may have been meant, the likeliest slips first; none for what nobody types."""
    typed = text.upper()
    if not _TYPED.fullmatch(typed):
        return []
    found = dict.fromkeys(
        (*_swapped(typed), *_mistaken(typed), *_one_too_many(typed), *_wrong(typed), *_missing(typed))
    )
    found.pop(typed, None)
    found.pop(text, None)
    return list(found)


def _swapped(text: str) -> Iterator[str]:
    for at in range(len(text) - 1):
        yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _mistaken(text: str) -> Iterator[str]:
    for at, character in enumerate(text):
        for other in _ALIKE.get(character, ""):
            yield text[:at] + other + text[at + 1 :]


def _one_too_many(text: str) -> Iterator[str]:
    for at in range(len(text)):
        yield text[:at] + text[at + 1 :]


def _wrong(text: str) -> Iterator[str]:
    for at, character in enumerate(text):
        for other in _same_kind(character):
            yield text[:at] + other + text[at + 1 :]


def _missing(text: str) -> Iterator[str]:
    for at in range(len(text) + 1):
        # What is missing is of the kind of one of its neighbours.
        for other in dict.fromkeys(_same_kind(text[at - 1 : at]) + _same_kind(text[at : at + 1])):
            yield text[:at] + other + text[at:]


def _same_kind(character: str) -> str:
    if character in _DIGITS and character:
        return _DIGITS
    return _LETTERS if character in _LETTERS and character else ""
