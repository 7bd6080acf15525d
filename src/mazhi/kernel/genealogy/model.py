"""What an edge is: something inside something, from one event until another. No database here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

ITEM, BATCH, PRODUCT = "item", "batch", "product"
"""What a child may be: a single item, or a quantity of a batch or of a product without batches."""
ONE = 1_000_000
"""The quantity of a single item, in millionths."""


class Part(NamedTuple):
    """A quantity of a batch or a product that goes into a parent, or (below zero) comes out of it."""

    parent_id: int
    child_kind: str
    child_id: int
    quantity: int


class Edge(NamedTuple):
    """One edge as it is stored, in the order of the columns of ``part_of``."""

    parent_id: int
    child_kind: str
    child_id: int
    since_event: int
    until_event: int | None
    quantity: int
    since_at: int
    until_at: int | None

    @property
    def pair(self) -> tuple[int, str, int]:
        """What is inside what, whenever."""
        return self.parent_id, self.child_kind, self.child_id


class Trade(NamedTuple):
    """What becomes of the open edges between one parent and one child: some are closed, a new one takes over."""

    closed: tuple[Edge, ...]
    left: int
    """The quantity that the new edge holds; 0: there is none."""


def trade(edges: Sequence[Edge], taken: int, added: int) -> Trade:
    """Take a quantity out of open edges, the youngest first, and add one; what stays of a cut edge is carried over."""
    closed: list[Edge] = []
    total = 0
    for edge in sorted(edges, key=lambda edge: -edge.since_event):
        if total >= taken:
            break
        closed.append(edge)
        total += edge.quantity
    return Trade(tuple(closed), total - taken + added)
