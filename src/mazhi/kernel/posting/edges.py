"""Keeping the edges true: what an event puts inside something, and what it takes out.

The edges of items follow from the change of ``parent_id`` alone. Quantities are told by the plan. A correction closes
what the corrected event opened as if it had never been, and opens what that event closed from that moment on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mazhi.kernel.db import Tx
from mazhi.kernel.genealogy import store
from mazhi.kernel.genealogy.model import ITEM, ONE, Edge, Part, trade
from mazhi.kernel.posting.model import Change
from mazhi.kernel.posting.writing import Piece, Stamp


@dataclass(slots=True)
class Edges:
    """What a step does to edges beyond what the items' own changes say.

    Attributes:
        parts: Quantities that go in or come out.
        undo: Parents whose quantities go back to what they were before the corrected event.
        left: Items that a correction turns out of their package, where they truly were until then.
    """

    parts: list[Part] = field(default_factory=list)
    undo: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset()


def write_edges(tx: Tx, stamp: Stamp, changed: Sequence[tuple[Piece, Change]], edges: Edges) -> None:
    """Close and open the edges of one event, in both directions."""
    out = [(piece.facts.parent_id, piece.id) for piece, change in changed if _leaves(piece, change)]
    into = [(change.after.parent_id, piece.id) for piece, change in changed if _enters(piece, change)]
    never = [pair for pair in out if stamp.corrects is not None and pair[1] not in edges.left]
    ended = [pair for pair in out if stamp.corrects is None or pair[1] in edges.left]
    if never:
        store.close_items(tx, _known(never), stamp.event_id, None)
    if ended:
        store.close_items(tx, _known(ended), stamp.event_id, stamp.occurred_at)
    if into:
        since: dict[int, int] = {}
        if stamp.corrects is not None:
            since = store.ended_by(tx, [child for _, child in into], stamp.corrects)
        store.open_edges(
            tx,
            [
                Edge(parent, ITEM, child, stamp.event_id, None, ONE, since.get(child, stamp.occurred_at), None)
                for parent, child in _known(into)
            ],
        )
    if edges.parts:
        _write_parts(tx, stamp, edges.parts)
    if edges.undo and stamp.corrects is not None:
        _undo_parts(tx, stamp.event_id, stamp.corrects, edges.undo)


def _leaves(piece: Piece, change: Change) -> bool:
    return piece.facts.parent_id is not None and change.after.parent_id != piece.facts.parent_id


def _enters(piece: Piece, change: Change) -> bool:
    return change.after.parent_id is not None and change.after.parent_id != piece.facts.parent_id


def _known(pairs: Sequence[tuple[int | None, int]]) -> list[tuple[int, int]]:
    return [(parent, child) for parent, child in pairs if parent is not None]


def _write_parts(tx: Tx, stamp: Stamp, parts: Sequence[Part]) -> None:
    taken: dict[tuple[int, str, int], int] = {}
    added: dict[tuple[int, str, int], int] = {}
    for parent_id, kind, child_id, quantity in parts:
        side = added if quantity > 0 else taken
        side[parent_id, kind, child_id] = side.get((parent_id, kind, child_id), 0) + abs(quantity)
    found = store.quantities_in(tx, {pair[0] for pair in taken}) if taken else []
    closed: list[Edge] = []
    opened: list[Edge] = []
    for pair in taken.keys() | added.keys():
        here = [edge for edge in found if edge.pair == pair and edge.until_event is None]
        over, left = trade(here, taken.get(pair, 0), added.get(pair, 0))
        closed += over
        if left:
            opened.append(Edge(*pair, stamp.event_id, None, left, stamp.occurred_at, None))
    store.close_edges(tx, closed, stamp.event_id, stamp.occurred_at)
    store.open_edges(tx, opened)


def _undo_parts(tx: Tx, event_id: int, corrected: int, parents: frozenset[int]) -> None:
    """Bring the quantities inside these parents back to what they were before an event."""
    found = store.quantities_in(tx, parents, corrected)
    closed: list[Edge] = []
    opened: list[Edge] = []
    for pair in {edge.pair for edge in found if corrected in {edge.since_event, edge.until_event}}:
        here = [edge for edge in found if edge.pair == pair]
        came = sum(edge.quantity for edge in here if edge.since_event == corrected)
        gone = [edge for edge in here if edge.until_event == corrected]
        over, left = trade([edge for edge in here if edge.until_event is None], came, sum(e.quantity for e in gone))
        closed += over
        if left:
            starts = [edge.until_at for edge in gone if edge.until_at is not None] or [edge.since_at for edge in over]
            opened.append(Edge(*pair, event_id, None, left, min(starts), None))
    store.close_edges(tx, closed, event_id, None)
    store.open_edges(tx, opened)
