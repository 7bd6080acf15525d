"""What changed between two versions of a life cycle."""

from __future__ import annotations

from dataclasses import dataclass

from mazhi.kernel.life_cycles.model import LifeCycle


@dataclass(frozen=True, slots=True)
class Arrow:
    """One drawn arrow: an operation from a state to a state; ``to`` None stays where it is."""

    operation: str
    start: str
    to: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What the newer version has more, has less and shows otherwise."""

    states_added: tuple[str, ...]
    states_removed: tuple[str, ...]
    states_changed: tuple[str, ...]
    arrows_added: tuple[Arrow, ...]
    arrows_removed: tuple[Arrow, ...]


def compare(older: LifeCycle, newer: LifeCycle) -> Difference:
    """List the differences, in the order of the version that has what is named."""
    old_states = {state.code: state for state in older.states}
    new_states = {state.code: state for state in newer.states}
    old_arrows, new_arrows = _arrows(older), _arrows(newer)
    return Difference(
        states_added=tuple(code for code in new_states if code not in old_states),
        states_removed=tuple(code for code in old_states if code not in new_states),
        states_changed=tuple(
            code for code, state in new_states.items() if code in old_states and old_states[code] != state
        ),
        arrows_added=tuple(arrow for arrow in new_arrows if arrow not in old_arrows),
        arrows_removed=tuple(arrow for arrow in old_arrows if arrow not in new_arrows),
    )


def _arrows(cycle: LifeCycle) -> dict[Arrow, None]:
    return {
        Arrow(operation, start, move.to): None
        for operation, moves in cycle.operations.items()
        for move in moves
        for start in move.start or ("",)
    }
