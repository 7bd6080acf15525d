"""What came of many records: those that were written, and why the others were refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mazhi.engines.forms.records.preparing import Prepared
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, Problem

_TAKEN = {"record_duplicate", "record_twice"}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one of many records was refused.

    Attributes:
        place: Which of them.
        problems: Every fault, with its place within the record.
    """

    place: int
    problems: list[Problem]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of many records.

    Attributes:
        done: The numbers of those that were written, in their order.
        refused: The others.
    """

    done: list[int]
    refused: list[Refusal]

    def body(self) -> dict[str, Any]:
        """Write it as JSON."""
        return {
            "done": self.done,
            "refused": [[one.place, [_body(problem) for problem in one.problems]] for one in self.refused],
        }

    @staticmethod
    def read(body: Mapping[str, Any]) -> Outcome:
        """Read what ``body`` has written."""
        return Outcome(
            list(body["done"]),
            [Refusal(place, [Problem(**problem) for problem in problems]) for place, problems in body["refused"]],
        )


def _body(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code, "params": dict(problem.params), "pointer": problem.pointer, "item": problem.item,
    }  # fmt: skip


def refused(found: Sequence[Prepared]) -> list[Refusal]:
    """Return those that were refused."""
    return [Refusal(place, one.problems) for place, one in enumerate(found) if one.problems]


def refuse(found: Sequence[Prepared]) -> None:
    """Refuse all if one is refused; every fault is named, of several records with the place of its record.

    Raises:
        NotFoundError: The only one is not there.
        ConflictError: The only one was changed meanwhile; or nothing is wrong but values that are taken.
        InvalidInputError: Anything else.
    """
    problems = [
        replace(problem, pointer=f"/{place}{problem.pointer}" if len(found) > 1 else problem.pointer)
        for place, one in enumerate(found)
        for problem in one.problems
    ]
    if not problems:
        return
    codes = {problem.code for problem in problems}
    if len(found) == 1 and codes == {"unknown_record"} and not problems[0].pointer:
        raise NotFoundError("unknown_record", item=problems[0].item)
    if codes == {"record_conflict"}:
        raise ConflictError("record_conflict", problems=problems if len(found) > 1 else (), item=problems[0].item)
    if codes <= _TAKEN:
        raise ConflictError("record_duplicates", problems=problems)
    raise InvalidInputError("invalid_input", problems=problems)
