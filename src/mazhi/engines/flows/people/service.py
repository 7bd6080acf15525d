"""Finding the people of a step."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from mazhi.engines.flows import store as rows
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.family import way_kinds
from mazhi.engines.flows.people.model import follow
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found.

    Attributes:
        users: Their numbers, in order, each once.
        skip: Whether the step is passed where nobody was found.
        instead: Why they are not those who were meant: ``admin`` or ``member``; empty where they are.
    """

    users: tuple[int, ...]
    skip: bool = False
    instead: str = ""


def resolve(run: Run, node: Node) -> Found:
    """Find the people of a step: ``{"ways": [{"kind": "role", "values": […]}, …], "nobody": {"then": "admin"}}``.

    A step that cannot be skipped is never passed because nobody was found: then who manages flows gets it; so do they
    where whoever should get it then is shut out.
    """
    who: Mapping[str, Any] = node.options.get("who") or {}
    users = of_ways(run, node, who)
    if users:
        return Found(users)
    nobody: Mapping[str, Any] = who.get("nobody") or {}
    match nobody.get("then", "admin"):
        case "pass" if not run.kind(node).unskippable:
            return Found((), skip=True)
        case "member" if users := tuple(store.users(run.tx, [str(nobody.get("member", ""))])):
            return Found(users, instead="member")
        case _:
            return Found(tuple(store.managers(run.tx)), instead="admin")


def of_ways(run: Run, node: Node, who: Mapping[str, Any]) -> tuple[int, ...]:
    """Return whom every way of a node finds together, each once."""
    found: dict[int, None] = {}
    for said in who.get("ways") or ():
        if isinstance(said, Mapping) and said.get("kind") in way_kinds:
            found |= dict.fromkeys(way_kinds[str(said["kind"])].find(run, node, said))
    return tuple(found)


def stand_ins(run: Run, users: Collection[int]) -> dict[int, int]:
    """Return who does the work of some users instead, by whose it is; only of those who are absent."""
    absences = store.absences(run.tx, users, run.at)
    if not absences:
        return {}
    found = {user: follow(absences, user, run.instance.app, store.DEEPEST) for user in users}
    return {user: other for user, other in found.items() if other != user}


def pass_over(run: Run, node: Node, step: Step) -> set[int]:
    """Return who need not be asked (同一人自动通过): the starter, and who has agreed in the step before.

    Only where the node says so, only of an approval, and never where something must be filled in or signed.
    """
    options = node.options
    said = (options.get("who") or {}).get("same") == "pass"
    signed = (options.get("sign") or {}).get("needed")
    if not said or node.kind != "approve" or signed or "required" in (options.get("fields") or {}).values():
        return set()
    before = step_before(run, step)
    agreed = {one.user_id for one in rows.tasks(run.tx, [before.id]) if one.state == "done"} if before else set()
    return agreed | {run.instance.starter_id}


def step_before(run: Run, step: Step) -> Step | None:
    """Return the work done last before a step; what was done in lanes beside it does not count."""
    steps = rows.steps(run.tx, run.instance.id)
    by_id = {one.id: one for one in steps}
    around: dict[int, str] = {}
    scope, lane = step.scope, step.lane
    while scope:
        around[scope] = lane
        scope, lane = by_id[scope].scope, by_id[scope].lane
    for one in reversed(steps):
        work = one.kind != "start" and run.kind(run.node(one)).work
        if work and one.state == "done" and one.id < step.id and not _beside(one, by_id, around):
            return one
    return None


def _beside(one: Step, by_id: Mapping[int, Step], around: Mapping[int, str]) -> bool:
    scope, lane = one.scope, one.lane
    while scope:
        if scope in around:
            return around[scope] != lane
        scope, lane = by_id[scope].scope, by_id[scope].lane
    return False
