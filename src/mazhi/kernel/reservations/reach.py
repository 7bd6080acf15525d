"""The one rule of who may do what with reserved goods (预留): what they are reserved for keeps them within its reach.

Goods are within reach of their document while they are as they were when they were reserved, in all that matters to it:
still somebody's same goods, with the same holder, standing at a place, in a state from which they may be taken. Where
they stand does not matter, nor what they are packed in, nor whether somebody holds them for the moment.

So what an operation *does* decides, and not what it is called: whoever acts for another document, or for none, is
refused whatever uses the goods (``Operation.use``), or would leave them out of reach: scrapped, built in, sold, lent,
given to another owner, standing nowhere. What only tells how things are (``Operation.finding``: a loss that was found
by counting, a mistake that is undone) takes nothing, so that nothing stands against it; the reservation is gone then.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Protocol

from mazhi.kernel.life_cycles.model import VOID, LifeCycle
from mazhi.kernel.posting.kinds import operation_kinds

if TYPE_CHECKING:
    from mazhi.kernel.posting.operation import Operation


class Standing(Protocol):
    """What of a piece, or of a balance, decides whether it is within reach."""

    @property
    def place_id(self) -> int:
        """Where it stands; 0: nowhere."""
        ...

    @property
    def state(self) -> str:
        """Its state."""
        ...

    @property
    def owner_id(self) -> int:
        """Whose it is."""
        ...


@cache
def uses() -> frozenset[str]:
    """Return the operations that use goods up or give them away."""
    return frozenset(kind.name for kind in operation_kinds if kind.use)


def can_be_taken(cycle: LifeCycle, state: str) -> bool:
    """Tell whether any of the operations that take goods may start from a state."""
    return any(isinstance(cycle.target(kind, state), str) for kind in uses())


def within_reach(cycle: LifeCycle, before: Standing, after: Standing | None) -> bool:
    """Tell whether goods that were within reach still are; None: they are in the books no more."""
    if after is None or after.place_id == 0 or after.owner_id != before.owner_id:
        return False
    if getattr(after, "holder_id", 0) != getattr(before, "holder_id", 0):
        return False
    return after.state == before.state or can_be_taken(cycle, after.state)


def takes(operation: Operation, cycle: LifeCycle, before: Standing, after: Standing | None) -> bool:
    """Tell whether an operation takes goods from whom they are reserved for; what stands nowhere is nobody's."""
    return before.place_id != 0 and not operation.finding and (operation.use or not within_reach(cycle, before, after))


def ending(operation: str, cycle: LifeCycle, after: Standing | None) -> str:
    """Say how a reservation ends when its own document takes the goods out of reach: ``used`` or ``gone``."""
    kind = operation_kinds[operation]
    if after is None:
        return "used" if kind.use else "gone"
    state = cycle.state(after.state)
    lost = after.state == VOID or (state is not None and state.group == "gone")
    return "gone" if lost or kind.finding else "used"


def cycle_of(cycles: Mapping[str, LifeCycle], name: str) -> LifeCycle:
    """Return the life cycle of a product; that of goods where it is not known any more."""
    return cycles.get(name) or cycles["goods"]
