"""自选: whoever the starter, or who does the step before, has chosen.

They are chosen with the action that leads here (``chosen`` by the ids of nodes). Who could choose and has not is asked
to (``flow_choose_people``, and nothing has changed); where nobody can be asked, because a clock or a machine leads
here, it counts as nobody found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from mazhi.engines.flows import store as rows
from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.way import Said, Way
from mazhi.kernel.errors import InvalidInputError, Problem, invalid

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.model import Node
    from mazhi.engines.flows.running.run import Run

STARTER = "starter"


def find(run: Run, node: Node, said: Said) -> Sequence[int]:
    """Return who was chosen, in that order.

    Raises:
        InvalidInputError: Nobody was chosen by who could have (``flow_choose_people``), or somebody who may not be.
    """
    of_starter = said.get("by", STARTER) == STARTER
    now = run.chosen is not None and (not of_starter or run.actor.user_id == run.instance.starter_id)
    names = list((run.chosen or {}).get(node.id, ())) if now else []
    if names:
        return _checked(run, node, said, names)
    names = _earlier(run, node, of_starter)
    if not names and now:
        raise invalid(f"/chosen/{node.id}", "flow_choose_people", item=node.title, node=node.id)
    return store.users(run.tx, names)


def _earlier(run: Run, node: Node, of_starter: bool) -> list[str]:
    for step in reversed(rows.steps(run.tx, run.instance.id)):
        held = step.data.get("chosen", {}).get(node.id)
        if held and (not of_starter or step.data.get("chooser") == run.instance.starter_id):
            return [str(name) for name in held]
    return []


def _checked(run: Run, node: Node, said: Said, names: Sequence[str]) -> Sequence[int]:
    found = store.users_by_name(run.tx, names)
    problems = [
        Problem("unknown_user", {"user": name}, f"/chosen/{node.id}", name) for name in names if name not in found
    ]
    may = candidates(run, node, said)
    if may is not None:
        problems += [
            Problem("flow_not_to_choose", {"item": node.title}, f"/chosen/{node.id}", name)
            for name, number in found.items()
            if number not in may
        ]
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    return [found[name] for name in names]


def candidates(run: Run, node: Node, said: Said) -> set[int] | None:
    """Return among whom can be chosen; None: among everybody."""
    from mazhi.engines.flows.people.service import of_ways

    among: dict[str, Any] = said.get("from") or {}
    return set(of_ways(run, node, among)) if among.get("ways") else None


def faults(said: Said, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say what is wrong with among whom can be chosen."""
    from mazhi.engines.flows.people.checking import of_ways

    among: dict[str, Any] = said.get("from") or {}
    if any(isinstance(one, dict) and one.get("kind") == "chosen" for one in among.get("ways") or ()):
        yield Problem("flow_choice_of_choice", {}, f"{pointer}/from")
    else:
        yield from of_ways(among, drawn, f"{pointer}/from")


KIND = Way(name="chosen", zh="自选", en="Chosen by somebody", find=find, faults=faults)
