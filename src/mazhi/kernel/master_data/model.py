"""Rules for every kind of master data: codes, names, and how the faults of a document are collected."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from mazhi.kernel.errors import ConflictError, InvalidInputError, Problem

LONGEST_CODE = 64
LONGEST_NAME = 200
LONGEST_PAGE = 1000
MOST_DAYS = 36_500
"""A hundred years: what is longer is a slip of the finger."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, and the key after which the next one begins; None on the last page."""

    rows: list[T]
    next: str | None


def page_of(rows: list[T], limit: int, keys: list[str]) -> Page[T]:
    """Cut a page out of up to ``limit`` + 1 rows; the row too many only tells that there is a next page."""
    if len(rows) > limit:
        return Page(rows[:limit], keys[limit - 1])
    return Page(rows, None)


def is_code(value: str) -> bool:
    """Tell whether something may be a code.

    A code is 1 to 64 printable characters of any script, without blanks at its ends. A slash is allowed,
    since material codes have it, but no part between slashes may be "." or "..": clients would fold the address.
    """
    if not 1 <= len(value) <= LONGEST_CODE or not value.isprintable() or value != value.strip():
        return False
    return not any(part in {".", ".."} for part in value.split("/"))


class Checks:
    """Collects everything that is wrong with a document before anything is refused."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def fault(self, pointer: str, code: str, *, item: str | None = None, **params: object) -> None:
        """Note one fault."""
        self.problems.append(Problem(code, params, pointer, item))

    def code(self, pointer: str, value: str) -> None:
        """Check a code."""
        if not is_code(value):
            self.fault(pointer, "bad_code", value=value, limit=LONGEST_CODE)

    def text(self, pointer: str, value: str, *, limit: int = LONGEST_NAME, needed: bool = False) -> None:
        """Check one line of text."""
        if needed and not value.strip():
            self.fault(pointer, "text_missing")
        elif len(value) > limit:
            self.fault(pointer, "text_too_long", limit=limit)
        elif not value.isprintable():
            self.fault(pointer, "text_not_printable")

    def one_of(self, pointer: str, value: str, allowed: Collection[str]) -> None:
        """Check a word that must be one of a few."""
        if value not in allowed:
            self.fault(pointer, "not_one_of", value=value, allowed=", ".join(allowed))

    def days(self, pointer: str, value: int | None, *, least: int = 0) -> None:
        """Check a number of days."""
        if value is not None and not least <= value <= MOST_DAYS:
            self.fault(pointer, "number_out_of_range", value=value, least=least, most=MOST_DAYS)

    def in_order(self, pointer: str, earlier: date | None, later: date | None) -> None:
        """Check that the second date is not before the first; ``pointer`` names the second."""
        if earlier is not None and later is not None and later < earlier:
            self.fault(pointer, "dates_out_of_order", earlier=earlier.isoformat(), later=later.isoformat())

    def done(self) -> None:
        """Refuse the document if anything is wrong with it.

        Raises:
            InvalidInputError: Every fault that was noted.
        """
        if self.problems:
            raise InvalidInputError("invalid_input", problems=self.problems)


def already_exists(code: str) -> ConflictError:
    """Build the error for a code that is taken."""
    problem = Problem("already_exists", {}, "/code", code)
    return ConflictError("already_exists", problems=[problem], item=code)


def edit_conflict(version: int, present: int) -> ConflictError:
    """Build the error for a change of something that somebody else changed meanwhile."""
    return ConflictError("edit_conflict", version=version, present=present)


def in_use(code: str, by: Collection[str]) -> ConflictError:
    """Build the error for deleting what something refers to; one problem for each kind of thing that does."""
    problems = [Problem(f"used_by_{kind}", {}, None, code) for kind in by]
    return ConflictError("in_use", problems=problems, item=code, by=list(by))
