"""Looking at a rule before it is saved: everything that is wrong with it, and everything worth knowing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from mazhi.kernel.codes.model import CodeRule, Draft, hints
from mazhi.kernel.codes.overlap import Overlap, find_clash, find_overlap, find_two_readings
from mazhi.kernel.errors import ConflictError, Problem


@dataclass(frozen=True, slots=True)
class Clash:
    """A version of a rule that can make the same code; ``example`` is None where none was found in time."""

    rule: str
    name: str
    version: int
    example: str | None

    def problem(self) -> Problem:
        """Say it as a problem of the whole rule."""
        code = "rule_overlap" if self.example else "rule_overlap_possible"
        return Problem(code, self.params(), "/segments", self.example)

    def params(self) -> dict[str, object]:
        """Return what the text needs."""
        return {"rule": self.rule, "name": self.name, "version": self.version, "example": self.example or "—"}


@dataclass(frozen=True, slots=True)
class Assessment:
    """What there is to say about a rule.

    Attributes:
        rule: The rule; None where it could not be understood.
        problems: It cannot be saved as long as there are any.
        hints: What is allowed but should be known.
        clashes: Other rules, or old versions of this one, that can make the same codes.
    """

    rule: CodeRule | None
    problems: Sequence[Problem]
    hints: Sequence[Problem] = ()
    clashes: Sequence[Clash] = field(default_factory=list)

    def refuse(self) -> None:
        """Refuse to save the rule if it clashes.

        Raises:
            ConflictError: It can make a code that another rule can make (code ``rule_overlap``).
        """
        if self.clashes:
            raise ConflictError(
                "rule_overlap", problems=[clash.problem() for clash in self.clashes], **self.clashes[0].params()
            )


def assess(draft: Draft, others: Iterable[CodeRule], *, replaces: int | None, moment: datetime) -> Assessment:
    """Look at a draft beside all stored versions; ``replaces`` is its own version that it will stand in place of."""
    if draft.problems:
        return Assessment(None, draft.problems)
    rule = draft.rule()
    two = find_two_readings(rule)
    if two is not None:
        return Assessment(rule, [Problem("rule_two_readings", {"example": two.example or "—"}, "/segments")])
    like = rule.specimen(moment)
    clashes = []
    for other in others:
        found: Overlap | None
        if other.code != rule.code:
            found = find_overlap(rule, other, like=like)
        elif other.version != replaces:
            found = find_clash(rule, other, like=like)
        else:
            continue
        if found is not None:
            clashes.append(Clash(other.code, other.name, other.version, found.example))
    return Assessment(rule, (), hints(rule), clashes)
