"""Marks (标记) on an item: held, recalled, suspect, each with its cause.

Stored as JSON ``[[mark, cause, event id], …]`` in the order in which they were set, or "" for none. A mark is not a
state: no operation hides it, and clearing one leaves the others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache

BLOCKING = ("recalled", "held")
"""The marks that refuse use, the graver first."""

Mark = tuple[str, str, int]


@lru_cache(maxsize=4096)
def read_marks(text: str) -> tuple[Mark, ...]:
    """Return the marks of an item's ``marks`` column."""
    return tuple((mark, cause, event) for mark, cause, event in json.loads(text)) if text else ()


def write_marks(marks: Sequence[Mark]) -> str:
    """Return the column's text for these marks."""
    return json.dumps(marks, ensure_ascii=False, separators=(",", ":")) if marks else ""


def is_blocked(text: str) -> bool:
    """Tell whether a blocking mark is among them."""
    return bool(text) and any(mark in BLOCKING for mark, _, _ in read_marks(text))


def add_mark(text: str, mark: str, cause: str, event: int) -> str:
    """Set a mark; the same mark for the same cause stands once."""
    marks = read_marks(text)
    if any(known == mark and why == cause for known, why, _ in marks):
        return text
    return write_marks([*marks, (mark, cause, event)])


def clear_mark(text: str, mark: str, causes: tuple[str, ...]) -> str | None:
    """Take one mark away: the one whose cause (or event id) is named first, else the latest; None if there is none."""
    marks = list(read_marks(text))
    places = [place for place, (known, _, _) in enumerate(marks) if known == mark]
    if not places:
        return None
    named = [p for cause in causes for p in places if cause in (marks[p][1], str(marks[p][2]))]
    del marks[named[0] if named else places[-1]]
    return write_marks(marks)
