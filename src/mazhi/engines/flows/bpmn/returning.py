"""Arrows that go back (退回): each in a channel left of everything in its sequence, so that none runs through a shape.

From the gateway to the channel of its own sequence, up; out of a block above its ways, where nothing stands, to the
channel of the sequence around it; and down into another block just so, until the channel beside the step is reached.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mazhi.engines.flows.model import Flow, Node

CHANNEL = 10
"""Between two arrows side by side."""
ROOM = 20
"""Between the shapes and the nearest of them."""
BAND = 28
"""How far below a gateway an arrow crosses over; the ways begin at 60."""
ENTRY = 14
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Track:
    """Where arrows run beside a sequence: the left edge of its room, and the height at which they come to it."""

    left: int
    band: int


@dataclass(frozen=True, slots=True)
class Back:
    """One arrow back: from the gateway behind a node to another node."""

    name: str
    node: str
    target: str


def room_for(count: int) -> int:
    """Return how much room so many arrows take beside each sequence."""
    return ROOM + CHANNEL * count if count else 0


def route(flow: Flow, tracks: dict[str, Track], back: Back, number: int, begin: Point, end: Point) -> tuple[Point, ...]:
    """Return the corners of an arrow from the left of a gateway to the left of a step."""
    out, into = list(_owners(flow, flow[back.node])), list(_owners(flow, flow[back.target]))
    common = next(one for one in out if one in into)
    shift = CHANNEL * number
    points = [begin, (tracks[out[0]].left + shift, begin[1])]

    def cross(way: str, beside: str) -> None:
        y = tracks[way].band + (shift // 2) % BAND
        points.extend([(points[-1][0], y), (tracks[beside].left + shift, y)])

    for way, around in pairwise(out):
        if way == common:
            break
        cross(way, around)
    for way in reversed(into[: into.index(common)]):
        cross(way, way)
    points.extend([(points[-1][0], end[1]), end])
    return tuple(_straight(points))


def _owners(flow: Flow, node: Node) -> Iterator[str]:
    """Give the ids of the sequences that a node stands in, the innermost first; the start stands in its own."""
    at: Node | None = flow.root if node.kind == "start" else flow.parent(node)
    while at is not None:
        if at.kind in {"start", "case", "lane"}:
            yield at.id
        at = flow.parent(at)


def _straight(points: list[Point]) -> Iterator[Point]:
    """Leave out corners that are none."""
    kept: list[Point] = []
    for one in points:
        if kept and kept[-1] == one:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == one[0] or kept[-2][1] == kept[-1][1] == one[1]):
            kept.pop()
        kept.append(one)
    yield from kept
