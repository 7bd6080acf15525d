"""Where the steps of a running instance would stand in a newer version. Pure rules.

An instance can be moved when each step that is open finds a node of its kind in the newer version, its own or the one
that it is mapped to, within the same parallel ways: every block that is open, and the way of it in which the step
stands, must be around the node there as well. So there are never more or fewer places at which the flow stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from mazhi.engines.flows.model import Flow, Node
from mazhi.engines.flows.state import Step

How = Literal["same", "mapped", "gone", "kind", "lanes", "skips", "nobody"]
"""Whether a step stays on its node, or is mapped to another; the rest are the reasons why it cannot be moved: its node
is gone and must be mapped; the node there is of another kind; its parallel ways do not fit; something that nobody
passes lies before it; nobody is found for it."""
GOOD = frozenset({"same", "mapped"})


@dataclass(frozen=True, slots=True)
class Move:
    """Where one open step would stand.

    Attributes:
        step: The step.
        node: Its node.
        title: What that is called.
        to: The node in the newer version; empty where there is none.
        to_title: What that is called.
        how: How it comes there, or why it does not.
        lane: The lane that it would be in.
        resume: The node to which it would go straight.
        people: Who would have the work, by their user names; None where those keep it who have it.
    """

    step: int
    node: str
    title: str
    to: str
    to_title: str
    how: How
    lane: str = ""
    resume: str = ""
    people: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen to one instance.

    Attributes:
        instance: Its number.
        record: Its record.
        title: What the work list calls it.
        version: The version that it runs by.
        moves: Its open steps, blocks left out that stay what they are.
        lanes: New lanes of steps that are over, so that sending back finds them: step and lane.
    """

    instance: int
    record: int
    title: str
    version: int
    moves: tuple[Move, ...]
    lanes: tuple[tuple[int, str], ...] = ()

    @property
    def can(self) -> bool:
        """Tell whether it can be moved."""
        return all(one.how in GOOD for one in self.moves)

    def mark(self) -> str:
        """Return a short hash of everything that would be done."""
        moves: list[Any] = [
            [one.step, one.node, one.to, one.how, one.lane, one.resume, one.people] for one in self.moves
        ]
        text = json.dumps([self.instance, self.version, moves, self.lanes], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


class Fitting:
    """Finds for the steps of one version their places in another."""

    def __init__(self, old: Flow, new: Flow, mapping: Mapping[str, str]) -> None:
        """``mapping`` names nodes of the newer version by those of the older one, blocks and lanes too."""
        self._old = old
        self._new = new
        self._mapping = mapping

    def moves(self, steps: Sequence[Step]) -> list[Move]:
        """Return where the open steps of an instance would stand; ``steps`` are all that are open, failed or done."""
        waiting = [one for one in steps if one.state in {"open", "failed"}]
        blocks = {one.id: one for one in waiting if one.kind == "parallel"}
        found = [self._move(one, blocks) for one in waiting]
        return self._apart(found, {one.id: one for one in waiting})

    def lanes(self, steps: Sequence[Step]) -> tuple[tuple[int, str], ...]:
        """Return the lanes of steps that are over, where they are mapped to others."""
        over = [one for one in steps if one.state == "done" and one.scope and one.lane in self._mapping]
        return tuple((one.id, self._mapping[one.lane]) for one in over)

    def _move(self, one: Step, blocks: Mapping[int, Step]) -> Move:
        target, how = self._target(one.node)
        node = self._old.nodes.get(one.node)
        title = node.title if node else one.node
        if target is None:
            return Move(one.id, one.node, title, "", "", how)
        fits = self._around(one, blocks) == self._new.lanes(target)
        resume = self._mapping.get(one.resume, one.resume)
        return Move(
            one.id, one.node, title, target.id, target.title, how if fits or how == "kind" else "lanes",
            self._mapping.get(one.lane, one.lane), resume,
        )  # fmt: skip

    def _target(self, node_id: str) -> tuple[Node | None, How]:
        wanted = self._mapping.get(node_id, node_id)
        target, before = self._new.nodes.get(wanted), self._old.nodes.get(node_id)
        if target is None:
            return None, "gone"
        if before is None or before.kind != target.kind:
            return target, "kind"
        return target, "same" if wanted == node_id else "mapped"

    def _around(self, one: Step, blocks: Mapping[int, Step]) -> tuple[str, ...] | None:
        """Return the lanes that a step would have around it, from the outside in; None where they do not fit."""
        found: list[str] = []
        scope, lane = one.scope, one.lane
        while scope:
            block, way = blocks.get(scope), self._mapping.get(lane, lane)
            node = None if block is None else self._target(block.node)[0]
            if block is None or node is None or all(child.id != way for child in node.children):
                return None
            found.append(way)
            scope, lane = block.scope, block.lane
        return tuple(reversed(found))

    def _apart(self, moves: Sequence[Move], steps: Mapping[int, Step]) -> list[Move]:
        """Refuse that two ways of a block become one."""
        ways: dict[tuple[int, str], set[str]] = {}
        for one in moves:
            step = steps[one.step]
            if step.scope:
                ways.setdefault((step.scope, one.lane), set()).add(step.lane)
        return [
            replace(one, how="lanes") if one.how in GOOD and len(ways.get((steps[one.step].scope, one.lane), ())) > 1
            else one
            for one in moves
        ]  # fmt: skip
