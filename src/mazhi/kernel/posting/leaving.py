"""What changes alone leaves its package: contents share state, place and holder with what they are in."""

from __future__ import annotations

import json
from collections.abc import Mapping

from mazhi.kernel.db import Tx
from mazhi.kernel.ledger.model import row_data
from mazhi.kernel.posting import store
from mazhi.kernel.posting.model import BUILT_IN, Change, Facts
from mazhi.kernel.posting.planning import Changed
from mazhi.kernel.posting.writing import Piece


def situation(facts: Facts) -> tuple[str, int, int]:
    """Return what everything in a package has in common: state, place and holder."""
    return facts.state, facts.place_id, facts.holder_id


def let_go(tx: Tx, changed: Changed, around: Mapping[int, Piece] | None = None) -> tuple[Changed, frozenset[int]]:
    """Take out of its package what no longer shares the package's state, place and holder.

    ``around`` holds pieces as they are by now, where that is not what the database says.

    Returns:
        The changes, and the ids of the items that left.
    """
    torn = [pair for pair in changed if _may_leave(*pair)]
    if not torn:
        return changed, frozenset()
    packages = {change.after.parent_id for _, change in torn if change.after.parent_id is not None}
    facts = {piece.id: change.after for piece, change in changed if piece.id in packages}
    facts |= {i: around[i].facts for i in packages - facts.keys() if around and i in around}
    missing = packages - facts.keys()
    if missing:
        facts |= {i: row[2] for i, row in store.lock_items(tx, missing).items()}
    left = {
        piece.id for piece, change in torn if situation(change.after) != situation(facts[change.after.parent_id or 0])
    }
    if not left:
        return changed, frozenset()
    known: dict[tuple[Facts, Change], Change] = {}
    found: Changed = []
    for piece, change in changed:
        if piece.id not in left:
            found.append((piece, change))
            continue
        key = (piece.facts, change)
        if key not in known:
            known[key] = _outside(piece.facts, change)
        found.append((piece, known[key]))
    return found, frozenset(left)


def _may_leave(piece: Piece, change: Change) -> bool:
    after = change.after
    if after.parent_id is None or after.state == BUILT_IN:
        return False
    return after.parent_id != piece.facts.parent_id or situation(after) != situation(piece.facts)


def _outside(before: Facts, change: Change) -> Change:
    """Return the same change, but with the item in no package."""
    data = dict(row_data(change.data))
    data.pop("parent_id", None)
    if before.parent_id is not None:
        data["parent_id"] = [before.parent_id, None]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")) if data else ""
    return Change(change.after._replace(parent_id=None), text)
