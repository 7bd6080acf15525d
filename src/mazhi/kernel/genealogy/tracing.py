"""Tracing (追溯): down to what is inside, up to where something went; level by level, one statement a level."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
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


Ids = dict[str, set[int]]
"""Things by their kind: sets of ids, since a trace has thousands of them."""


@dataclass(slots=True)
class Trace:
    """What was found: the things of each level, every edge, and whether there was more below the depth asked for."""

    levels: list[Ids] = field(default_factory=list)
    rows: list[store.EdgeRow] = field(default_factory=list)
    deeper: bool = False

    @property
    def edges(self) -> list[Edge]:
        """Every edge, with names for what it says."""
        return list(map(Edge._make, self.rows))

    @property
    def total(self) -> int:
        """How many things were found."""
        return sum(len(ids) for level in self.levels for ids in level.values())

    @property
    def depths(self) -> dict[Node, int]:
        """Every thing with its depth, the nearest first."""
        return {
            (kind, ident): depth
            for depth, level in enumerate(self.levels)
            for kind, ids in level.items()
            for ident in ids
        }

    def of_kind(self, kind: str) -> set[int]:
        """Return the ids of everything of a kind."""
        return set().union(*(level.get(kind, ()) for level in self.levels))


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
    level = _sets(seeds)
    found = Trace([level])
    known = {kind: set(ids) for kind, ids in level.items()}
    waiting = _sets(beside)
    step = _down if direction == "down" else _up
    while level:
        edges = step(tx, level, when)
        if len(found.levels) - 1 == depth:
            found.deeper = bool(edges or waiting)
            return found
        reached = _reached(edges, direction)
        for kind, ids in waiting.items():
            reached.setdefault(kind, set()).update(ids)
        waiting = {}
        level = {kind: new for kind, ids in reached.items() if (new := ids - known.get(kind, set()))}
        for kind, ids in level.items():
            known.setdefault(kind, set()).update(ids)
        found.rows += edges
        if level:
            found.levels.append(level)
    return found


def _sets(nodes: Iterable[Node]) -> Ids:
    groups: Ids = {}
    for kind, ident in nodes:
        groups.setdefault(kind, set()).add(ident)
    return groups


def _reached(edges: Sequence[store.EdgeRow], direction: Direction) -> Ids:
    """Return what edges lead to, by kind."""
    if direction == "up":
        return {ITEM: {edge[0] for edge in edges}}
    return {kind: {edge[2] for edge in edges if edge[1] == kind} for kind in {edge[1] for edge in edges}}


def _down(tx: Tx, level: Ids, when: When) -> list[store.EdgeRow]:
    items = level.get(ITEM)
    return store.edges_down(tx, items, when.condition, when.moment) if items else []


def _up(tx: Tx, level: Ids, when: When) -> list[store.EdgeRow]:
    edges: list[store.EdgeRow] = []
    for kind, ids in level.items():
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
