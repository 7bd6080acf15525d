"""Standing in for somebody (委托): pure rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Delegation:
    """Somebody does somebody else's work for a while (委托).

    Attributes:
        id: Its number.
        from_id: Whose work it is.
        from_user: Their user name.
        from_name: What people call them.
        to_id: Who does it.
        to_user: Their user name.
        to_name: What people call them.
        starts_at: µs.
        ends_at: µs; from then on it is over.
        apps: The codes of the apps whose work is meant; empty: of all.
        created_by: Who entered it.
    """

    id: int
    from_id: int
    from_user: str
    from_name: str
    to_id: int
    to_user: str
    to_name: str
    starts_at: int
    ends_at: int
    apps: tuple[str, ...]
    created_by: str


Absences = Mapping[int, Sequence[tuple[int, Collection[str]]]]


def follow(absences: Absences, user: int, app: str, deepest: int) -> int:
    """Return who does somebody's work: along the chain of who stands in for whom, at most so many steps.

    A chain that comes back to where it was leads nowhere: then they do it themselves.
    """
    seen, at = {user}, user
    for _ in range(deepest):
        following = next((to for to, apps in absences.get(at, ()) if not apps or app in apps), 0)
        if not following:
            return at
        if following in seen:
            return user
        seen.add(following)
        at = following
    return at


def share(one: Collection[str], other: Collection[str]) -> bool:
    """Tell whether two delegations may be about the same app."""
    return not one or not other or bool(set(one) & set(other))


def leads_to(edges: Collection[tuple[int, int, Collection[str]]], user: int, goal: int, apps: Collection[str]) -> bool:
    """Tell whether work of somebody may come to somebody else along some delegations."""
    seen, waiting = {user}, [user]
    while waiting:
        at = waiting.pop()
        for from_id, to_id, theirs in edges:
            if from_id == at and share(theirs, apps) and to_id not in seen:
                if to_id == goal:
                    return True
                seen.add(to_id)
                waiting.append(to_id)
    return False
