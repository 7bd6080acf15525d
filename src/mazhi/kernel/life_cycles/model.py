"""What a life cycle says: the states of a product family, and what each operation makes of them.

A life cycle is data that the user draws. It speaks of operations by key: the operation's kind, and, where an
operation has a second role, the kind with the role behind a colon (``exchange:new``, ``assemble:component``,
``swap:out``). What is not in it, the ledger adds: a correction goes back to what was before, and products
that are captured only when shipped, or only tracked, may start from their state of birth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Group = Literal["ours", "channel", "user", "back", "gone"]
"""Who has an item in this state; it is also what the colour of its dot says."""
Shape = Literal["ring", "dot", "half", "square", "cross"]
Hue = Literal["ink", "teal", "violet", "amber", "red", "grey"]

GROUPS: tuple[str, ...] = get_args(Group)
SHAPES: tuple[str, ...] = get_args(Shape)
HUES: tuple[str, ...] = get_args(Hue)

ANY = "*"
"""In a list of start states: every state, also one that the cycle does not know (any longer)."""
VOID = ""
"""The state of an item whose birth was reversed (赋码被冲销): nothing starts from it, not even ``ANY``."""
BIRTH = "commission"
"""The operation that leads from nowhere into the first state."""
NOT_LIVE = frozenset({"built_in", "lost", "scrapped"})


@dataclass(frozen=True, slots=True)
class State:
    """One state (状态) and how it is shown.

    ``end`` says that an item may stay here for ever, so that the check does not call it a dead end.
    """

    code: str
    zh: str
    en: str
    group: Group
    shape: Shape
    hue: Hue
    end: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One drawn transition: from any of ``start`` to ``to``; None leaves the state as it is."""

    start: tuple[str, ...]
    to: str | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an operation may not do it: a refusal code and the fillings of its text."""

    code: Literal["wrong_state", "wrong_choice"]
    params: dict[str, object]


@dataclass(frozen=True)
class LifeCycle:
    """The life cycle (生命周期) of a product family, one version of it."""

    code: str
    version: int
    name: str
    states: tuple[State, ...]
    operations: Mapping[str, tuple[Move, ...]]
    _targets: dict[str, dict[str, tuple[str | None, ...]]] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        """Turn the drawn moves into a table: operation → start state → where it may lead, in drawn order."""
        for operation, moves in self.operations.items():
            table: dict[str, tuple[str | None, ...]] = {}
            for move in moves:
                for start in move.start:
                    table[start] = (*table.get(start, ()), move.to)
            self._targets[operation] = table

    def target(self, operation: str, state: str, choice: str | None = None) -> str | Refusal:
        """Say which state the operation leads to, or why it may not start.

        Where several states may follow, ``choice`` picks one; without it the one drawn first is taken.
        """
        found = self._following(operation, state)
        if not found:
            return Refusal(
                "wrong_state", {"state": state, "allowed": list(self.starts(operation)), "life_cycle": self.code}
            )
        states = [state if to is None else to for to in found]
        if choice is None:
            return states[0]
        if choice in states:
            return choice
        return Refusal("wrong_choice", {"to": choice, "choices": states, "life_cycle": self.code})

    def _following(self, operation: str, state: str) -> tuple[str | None, ...]:
        table = self._targets.get(operation)
        if table is None or state == VOID:
            return ()
        return table.get(state) or table.get(ANY, ())

    def choices(self, operation: str, state: str) -> tuple[str, ...]:
        """List the states that the operation may lead to from ``state``, in drawn order; empty if refused."""
        return tuple(state if to is None else to for to in self._following(operation, state))

    def starts(self, operation: str) -> tuple[str, ...]:
        """List the states that the operation may start from, in drawn order, ``ANY`` spelled out."""
        listed = tuple(self._targets.get(operation, {}))
        if ANY in listed:
            return tuple(state.code for state in self.states)
        return listed

    @property
    def birth(self) -> str:
        """The state that an item is born in."""
        for move in self.operations.get(BIRTH, ()):
            if move.to is not None:
                return move.to
        return self.states[0].code

    def drawn_from(self, operation: str) -> str | None:
        """Say which state an operation takes quantities from when nobody says otherwise.

        That is its first start state; but where received goods are in one of its start states, that one,
        since quantities are never merely coded. None means that the operation starts from nowhere.
        """
        starts = self.starts(operation)
        received = next((move.to for move in self.operations.get("receive", ())), None)
        if received in starts:
            return received
        return starts[0] if starts else None

    def is_live(self, state: str) -> bool:
        """Tell whether an item in that state is there as a thing of its own."""
        return state != VOID and state not in NOT_LIVE

    def state(self, code: str) -> State | None:
        """Return the state of that code, or None where this version does not know it."""
        return next((state for state in self.states if state.code == code), None)

    def body(self) -> dict[str, Any]:
        """Write states and operations as plain data, for JSON."""
        return {
            "states": [
                {
                    "code": state.code,
                    "zh": state.zh,
                    "en": state.en,
                    "group": state.group,
                    "shape": state.shape,
                    "hue": state.hue,
                    "end": state.end,
                }
                for state in self.states
            ],
            "operations": {
                operation: [{"from": list(move.start), "to": move.to} for move in moves]
                for operation, moves in self.operations.items()
            },
        }


def from_body(code: str, version: int, name: str, body: Mapping[str, Any]) -> LifeCycle:
    """Build a life cycle from the plain data that ``LifeCycle.body`` wrote."""
    return LifeCycle(
        code=code,
        version=version,
        name=name,
        states=tuple(State(**state) for state in body["states"]),
        operations={
            operation: tuple(Move(tuple(move["from"]), move["to"]) for move in moves)
            for operation, moves in body["operations"].items()
        },
    )


def moves(*pairs: tuple[Iterable[str] | str, str | None]) -> tuple[Move, ...]:
    """Write moves shortly: each pair is start states (separated by blanks, or any iterable) and target."""
    return tuple(Move(tuple(starts.split()) if isinstance(starts, str) else tuple(starts), to) for starts, to in pairs)
