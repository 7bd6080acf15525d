"""The rules of closing: what may be closed, and what opening again needs."""

from __future__ import annotations

from dataclasses import dataclass

from mazhi.kernel.errors import InvalidInputError, Problem


@dataclass(frozen=True, slots=True)
class Period:
    """Up to when the books are closed, and who closed them, when and why; None: they are open."""

    closed_until: int | None = None
    by: str = ""
    at: int | None = None
    reason: str = ""


def check_closing(present: Period, until: int | None, reason: str, now: int) -> None:
    """Refuse what cannot be closed, and opening again without a reason.

    Raises:
        InvalidInputError: The moment lies ahead, or the books are to be opened again and nothing says why.
    """
    problems: list[Problem] = []
    if until is not None and until > now:
        problems.append(Problem("closing_ahead", {}, "/closed_until"))
    opens = present.closed_until is not None and (until is None or until < present.closed_until)
    if opens and not reason:
        problems.append(Problem("reopening_needs_reason", {}, "/reason"))
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
