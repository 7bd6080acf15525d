"""Finding the people of a step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.engines.flows.model import Node
from mazhi.engines.flows.people import store
from mazhi.engines.flows.running.run import Run


@dataclass(frozen=True, slots=True)
class Found:
    """Who was found.

    Attributes:
        users: Their numbers, in order, each once.
        skip: Whether the step is passed where nobody was found.
    """

    users: tuple[int, ...]
    skip: bool = False


def resolve(run: Run, node: Node) -> Found:
    """Find the people of a step: ``{"ways": [{"kind": "role", "values": […]}, …], "nobody": {"then": "admin"}}``."""
    who: Mapping[str, Any] = node.options.get("who") or {}
    users = _distinct(user for way in who.get("ways", ()) for user in _of_way(run, way))
    if users:
        return Found(users)
    nobody: Mapping[str, Any] = who.get("nobody") or {}
    match nobody.get("then", "admin"):
        case "pass":
            return Found((), skip=True)
        case "member":
            return Found(tuple(store.users(run.tx, [str(nobody.get("member", ""))])))
        case _:
            return Found(tuple(store.managers(run.tx)))


def _of_way(run: Run, way: Mapping[str, Any]) -> Sequence[int]:
    values = [str(one) for one in way.get("values", ())]
    match way.get("kind"):
        case "member":
            return store.users(run.tx, values)
        case "role":
            return store.in_roles(run.tx, values)
        case "starter":
            return store.active(run.tx, [run.instance.starter_id])
        case "field":
            held = run.values().get(str(way.get("field", "")))
            return store.users(run.tx, [str(one) for one in (held if isinstance(held, list) else [held]) if one])
        case _:
            return ()


def _distinct(users: Iterable[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(users))
