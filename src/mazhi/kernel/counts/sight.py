"""Who sees what of a session, and may do what with it: the rights of counting hold for places.

What is found at a place is shown to whoever may count there, or manage or approve counts there. Of other places
nothing is told, not even sums. A session is managed, and approved, by those who may do so at every one of its places.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from mazhi.kernel.access.model import Actor
from mazhi.kernel.counts import store
from mazhi.kernel.counts.model import APPROVE, COUNT, MANAGE
from mazhi.kernel.counts.opening import session_of
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ForbiddenError, NotFoundError

Part = Literal["count", "manage", "approve"]
RIGHTS: dict[Part, str] = {"count": COUNT, "manage": MANAGE, "approve": APPROVE}


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody sees of a session.

    Attributes:
        areas: The places that they see; None: every one of the session's.
        may: What they may do with it: count somewhere in it, manage all of it, approve all of it.
    """

    areas: frozenset[int] | None
    may: frozenset[Part]

    def hides(self, session: Any) -> bool:
        """Tell whether they may not know what the session expects."""
        return bool(session.blind) and not self.may & {"manage", "approve"}


def seen_by(actor: Actor) -> frozenset[int] | None:
    """Return the places that somebody sees counts at; None: all.

    Raises:
        ForbiddenError: They have nothing to do with counts (code ``no_right``).
    """
    if not (actor.may(MANAGE) or actor.may(APPROVE)):
        actor.require(COUNT)
    found: frozenset[int] = frozenset()
    for right in RIGHTS.values():
        areas = actor.areas(right)
        if areas is None:
            return None
        found |= areas
    return found


def known_places(actor: Actor) -> frozenset[int] | None:
    """Return the places of which somebody may know what stands there, by counting or otherwise; None: all."""
    items, seen = actor.areas("items.view"), seen_by(actor)
    return None if items is None or seen is None else items | seen


def sights(tx: Tx, actor: Actor, ids: Collection[int]) -> dict[int, Sight]:
    """Say of some sessions what somebody sees of them."""
    may: dict[int, set[Part]] = {one: set() for one in ids}
    for part, right in RIGHTS.items():
        areas = actor.areas(right)
        if areas is None:
            good = {*ids}
        elif not areas:
            continue
        elif part == "count":
            good = store.reaching_into(tx, ids, areas)
        else:
            good = {*ids} - store.reaching_beyond(tx, ids, areas)
        for one in good:
            may[one].add(part)
    seen = seen_by(actor)
    partly = set() if seen is None else store.reaching_beyond(tx, ids, seen)
    return {one: Sight(seen if one in partly else None, frozenset(may[one])) for one in ids}


def look_at(tx: Tx, actor: Actor, number: str) -> tuple[Any, Sight]:
    """Return a session and what somebody sees of it.

    Raises:
        NotFoundError: There is none, or nothing of it is theirs to see (code ``count_unknown``).
        ForbiddenError: They have nothing to do with counts.
    """
    seen = seen_by(actor)
    session = session_of(tx, number)
    if seen is not None and not store.reaching_into(tx, [session.id], seen):
        raise NotFoundError("count_unknown", item=number)
    return session, sights(tx, actor, [session.id])[session.id]


def require(tx: Tx, actor: Actor, session: Any, *parts: Part) -> None:
    """Refuse who may do none of these with the whole session.

    Raises:
        ForbiddenError: They may not at some of its places (code ``no_right``).
    """
    if not sights(tx, actor, [session.id])[session.id].may & {*parts}:
        raise ForbiddenError("no_right", right=RIGHTS[parts[0]])
