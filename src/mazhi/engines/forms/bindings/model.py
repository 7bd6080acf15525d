"""Comparing parts with a bill of materials; pure rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mazhi.kernel.boms.model import MILLION, Bom
from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.marks import read_marks

_GONE = frozenset({"scrapped", "lost"})


@dataclass(frozen=True, slots=True)
class Part:
    """An item that was scanned as a part."""

    raw: str
    item_id: int = 0
    code: str = ""
    product_id: int = 0
    product: str = ""
    state: str = ""
    parent_id: int = 0
    parent: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """A part, and why it does not belong, if it does not."""

    part: Part
    problem: Problem | None


@dataclass(frozen=True, slots=True)
class Need:
    """One line of the bill: how many are needed, are built in already, and were scanned."""

    product_id: int
    needed: int
    inside: int
    given: int

    @property
    def missing(self) -> int:
        """How much is still missing, in millionths."""
        return max(0, self.needed - self.inside - self.given)


@dataclass(frozen=True, slots=True)
class Compared:
    """What came of it.

    Attributes:
        parts: Every part that was scanned, in order.
        needs: Every line of the bill; empty where there is no bill.
        complete: Whether nothing is missing and nothing is wrong.
    """

    parts: Sequence[PartAnswer]
    needs: Sequence[Need] = field(default_factory=tuple)
    complete: bool = False


def compare(unit_id: int, parts: Sequence[Part], bom: Bom | None, inside: Mapping[int, int]) -> Compared:
    """Compare parts with the bill of a unit; without a bill any part is right."""
    lines = () if bom is None else bom.lines
    line_of = {product: place for place, line in enumerate(lines) for product in (line.component_id, *line.substitutes)}
    held = [sum(inside.get(one, 0) for one in (line.component_id, *line.substitutes)) for line in lines]
    given = [0] * len(lines)
    seen: set[int] = set()
    answers = []
    for part in parts:
        problem = _fault(unit_id, part, seen)
        place = line_of.get(part.product_id)
        if problem is None and part.parent_id != unit_id and bom is not None:
            if place is None:
                problem = Problem("part_not_wanted", {"product": part.product})
            elif held[place] + given[place] + MILLION > lines[place].quantity:
                needed = lines[place].quantity / MILLION
                problem = Problem("part_too_many", {"product": part.product, "needed": f"{needed:g}"})
            else:
                given[place] += MILLION
        seen.add(part.item_id)
        answers.append(PartAnswer(part, problem))
    needs = [Need(line.component_id, line.quantity, held[place], given[place]) for place, line in enumerate(lines)]
    good = all(one.problem is None for one in answers)
    return Compared(answers, needs, good and bool(answers) and not any(one.missing for one in needs))


def _fault(unit_id: int, part: Part, seen: set[int]) -> Problem | None:
    if not part.item_id:
        return Problem("unknown_item", {"item": part.raw})
    params: dict[str, object] = {"item": part.code}
    if part.item_id == unit_id:
        return Problem("part_itself", params)
    if part.item_id in seen:
        return Problem("scan_again", params)
    if part.state == "built_in" and part.parent_id != unit_id:
        return Problem("part_elsewhere", {**params, "holder": part.parent})
    if part.state in _GONE:
        return Problem("part_not_here", params)
    if part.marks and {"held", "recalled"} & {mark for mark, _, _ in read_marks(part.marks)}:
        return Problem("part_blocked", params)
    return None
