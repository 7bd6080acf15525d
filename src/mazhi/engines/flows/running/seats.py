"""Seats (席位): who still has to act on a step, when several people do, hand work on, or ask others to sign.

A step has a seat for each person that its node names. The seat stays when its work is handed on (转交, 委托, 改派):
then the last who got it sits there. Who sits may ask others to sign: before them (前加签), and their own turn comes
again when all of those have agreed; or after them (后加签), and their own agreement counts when all of those have
agreed as well. Whoever was asked to sign has a seat below, with the same rights to hand on, to ask, to refuse, to
send back.

So what a node says of several people is about its own seats, and those who were asked never count by themselves:

* 或签 any: one seat has agreed, with everybody asked at that seat.
* 会签 all: every seat has.
* 依次 turn: every seat has; a seat's turn comes when the one before it has agreed, with everybody asked there.
* 比例 ratio: that share of the seats has.

Whoever is asked and refuses has refused for the seat. Sending back closes the step with all its seats, so those who
were asked are not asked again when the work comes back: the node's own people are found anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mazhi.engines.flows.state import Task, TaskState

HANDED_ON = frozenset({"transfer", "delegate", "reassign"})
"""Actions after which somebody else sits there; whose closed task has any other action has no seat any more."""
_SUCCESSION = frozenset({"transfer", "delegate", "manager"})
_ASKED = frozenset({"before", "after"})


@dataclass(slots=True)
class Seat:
    """One seat.

    Attributes:
        now: The task of who sits there now.
        place: Its order among the seats of the node.
        before: The seats of those who sign before.
        after: The seats of those who sign after.
    """

    now: Task
    place: int
    before: list[Seat] = field(default_factory=list)
    after: list[Seat] = field(default_factory=list)

    @property
    def agreed(self) -> bool:
        """Whether who sits there has agreed, and everybody whom they asked."""
        done = self.now.state == "done" and self.now.action != "refuse"
        return done and all(one.agreed for one in (*self.before, *self.after))

    @property
    def refused(self) -> bool:
        """Whether who sits there has refused, or somebody whom they asked; then their own task may be closed."""
        said = self.now.action == "refuse" or self.now.state == "closed"
        return said or any(one.refused for one in (*self.before, *self.after))

    def tasks(self) -> list[Task]:
        """Return the tasks of who sits there, and of everybody whom they asked."""
        return [self.now, *(task for one in (*self.before, *self.after) for task in one.tasks())]


def seats_of(tasks: Sequence[Task]) -> list[Seat]:
    """Return the seats of a step's own people in their order, those of who was asked within them."""
    by_id = {one.id: one for one in tasks}
    found: dict[int, Seat] = {}
    firsts: dict[int, Task] = {}
    for one in sorted(tasks, key=lambda task: task.id):
        first = _first(one, by_id)
        if not (one.action in HANDED_ON or (one.state == "closed" and one.action)):
            found[first.id], firsts[first.id] = Seat(one, first.place), first
    own = []
    for number, seat in found.items():
        first = firsts[number]
        asked_by = found.get(_first(by_id[first.origin], by_id).id) if first.origin in by_id else None
        if first.via not in _ASKED:
            own.append(seat)
        elif asked_by is not None:
            (asked_by.before if first.via == "before" else asked_by.after).append(seat)
    return sorted(own, key=lambda seat: (seat.place, seat.now.id))


def _first(task: Task, by_id: dict[int, Task]) -> Task:
    """Return the task with which a seat began."""
    while task.via in _SUCCESSION and task.origin in by_id:
        task = by_id[task.origin]
    return task


def is_enough(seats: Sequence[Seat], many: str, ratio: int) -> bool:
    """Tell whether enough seats have agreed."""
    agreed = sum(seat.agreed for seat in seats)
    match many:
        case "any":
            return agreed > 0
        case "ratio":
            return agreed * 100 >= ratio * len(seats) and agreed > 0
        case _:
            return agreed == len(seats)


def may_still(seats: Sequence[Seat], many: str, ratio: int) -> bool:
    """Tell whether it can still become enough although somebody has refused: only where a share is needed."""
    left = sum(not seat.refused for seat in seats)
    return many == "ratio" and left > 0 and left * 100 >= ratio * len(seats)


def turns(seats: Sequence[Seat], *, in_turn: bool) -> list[tuple[Task, TaskState]]:
    """Return the tasks that must open or wait now, with what they must become."""
    found: list[tuple[Task, TaskState]] = []
    reached = True
    for seat in seats:
        _turns(seat, reached, found)
        if in_turn and not seat.agreed:
            reached = False
    return found


def _turns(seat: Seat, reached: bool, found: list[tuple[Task, TaskState]]) -> None:
    wanted: TaskState = "open" if reached and all(one.agreed for one in seat.before) else "waiting"
    if seat.now.state in {"open", "waiting"} and seat.now.state != wanted:
        found.append((seat.now, wanted))
    for one in (*seat.before, *seat.after):
        _turns(one, reached, found)
