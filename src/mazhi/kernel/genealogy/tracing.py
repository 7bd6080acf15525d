"""Tracing (追溯): down to what is inside, up to where something went; level by level, one statement a level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mazhi.kernel.db import Tx
from mazhi.kernel.genealogy import store
from mazhi.kernel.genealogy.model import ITEM, Edge

Node = tuple[str, int]
"""A thing in a trace: its kind (item, batch, product) and id."""
Direction = Literal["down", "up"]


@dataclass(frozen=True, slots=True)
class When:
    """Which edges count: those of now, those of a moment, or all that ever held (and were not taken back)."""

    at: int | None = None
    ever: bool = False

    @property
    def condition(self) -> str:
        """The condition on an edge ``e``."""
        if self.ever:
            return store.EVER
        return store.NOW if self.at is None else store.THEN

    @property
    def moment(self) -> int | None:
        """The moment that the condition speaks of, if it does."""
        return None if self.ever else self.at


@dataclass(slots=True)
class Trace:
    """What was found: every thing with its depth, every edge, and whether there was more below the depth asked for."""

    depths: dict[Node, int] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    deeper: bool = False


def trace(
    tx: Tx,
    seeds: Iterable[Node],
    direction: Direction,
    when: When,
    depth: int | None = None,
    *,
    beside: Iterable[Node] = (),
) -> Trace:
    """Follow the edges from the seeds, never twice through the same thing.

    What stands ``beside`` the seeds counts as one step away from them, although no edge leads there.
    """
    found = Trace(dict.fromkeys(seeds, 0))
    level = list(found.depths)
    steps = 0
    waiting = list(beside)
    step = _down if direction == "down" else _up
    while level:
        edges = step(tx, level, when)
        if steps == depth:
            found.deeper = bool(edges or waiting)
            return found
        steps += 1
        reached = [node for node in waiting if node not in found.depths]
        found.depths.update(dict.fromkeys(reached, steps))
        waiting = []
        for edge in edges:
            node: Node = (edge.child_kind, edge.child_id) if direction == "down" else (ITEM, edge.parent_id)
            if node not in found.depths:
                found.depths[node] = steps
                reached.append(node)
        found.edges += edges
        level = reached
    return found


def _down(tx: Tx, level: list[Node], when: When) -> list[Edge]:
    items = [child for kind, child in level if kind == ITEM]
    return store.edges_down(tx, items, when.condition, when.moment) if items else []


def _up(tx: Tx, level: list[Node], when: When) -> list[Edge]:
    edges: list[Edge] = []
    for kind, ids in _by_kind(level).items():
        edges += store.edges_up(tx, kind, ids, when.condition, when.moment)
    return edges


def _by_kind(nodes: Iterable[Node]) -> Mapping[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for kind, child in nodes:
        groups.setdefault(kind, []).append(child)
    return groups


def ancestors(
    tx: Tx, seeds: Iterable[Node], *, ever: bool = True, keep: Callable[[Tx, set[int]], set[int]] | None = None
) -> set[int]:
    """Return every item that contains, or ever contained, one of the seeds, and the items among the seeds.

    Args:
        tx: The snapshot to look in.
        seeds: Items, batches and products, as ``("item", id)``, ``("batch", id)``, ``("product", id)``.
        ever: Also what contained them once; an edge that a correction took back never held.
        keep: Tells which of the items just found count and are followed further (packages, for one, need not).
    """
    condition = store.EVER if ever else store.NOW
    level = _by_kind(set(seeds))
    found = set(level.get(ITEM, ()))
    while level:
        reached: set[int] = set()
        for kind, ids in level.items():
            reached |= store.parents(tx, kind, ids, condition)
        reached -= found
        if keep is not None and reached:
            reached = keep(tx, reached)
        found |= reached
        level = {ITEM: sorted(reached)} if reached else {}
    return found
