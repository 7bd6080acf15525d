"""The insides of options that are objects and lists: whether they have the shape that nodes go by.

What a designer writes always has it; what comes over the API may be anything. It is looked at before a flow is
published, so that no running flow meets something that it cannot read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args

from mazhi.engines.facts import State
from mazhi.engines.flows.kind import NodeKind
from mazhi.engines.flows.model import Node
from mazhi.kernel.errors import Problem

DEEPEST = 20
"""So many conditions may stand within one another."""
MOST_HOURS = 8_760
Found = Iterator[Problem]


def faults(node: Node, kind: NodeKind) -> Found:
    """Say which options of a node have another shape than theirs; what is not said is as it should be."""
    for option in kind.options:
        check = _CHECKS.get(option.type)
        if check is not None:
            yield from check(node.options.get(option.name), f"/options/{option.name}")


def _bad(pointer: str) -> Found:
    yield Problem("form_option_bad_shape", {}, pointer)


def _parts(given: object, pointer: str, **types: type) -> Found:
    """Say which parts of an object are not of their type, lists of texts; null stands for nothing."""
    if not isinstance(given, Mapping):
        yield from _bad(pointer)
        return
    for name, wanted in types.items():
        value = given.get(name)
        good = isinstance(value, wanted) and (wanted is bool or not isinstance(value, bool))
        texts = not isinstance(value, list) or all(isinstance(one, str) for one in value)
        if value is not None and not (good and texts):
            yield from _bad(f"{pointer}/{name}")


def _people(given: object, pointer: str, depth: int = 0) -> Found:
    if not isinstance(given, Mapping):
        yield from _bad(pointer)
        return
    yield from _parts(given, pointer, same=str)
    if given.get("nobody") is not None:
        yield from _parts(given["nobody"], f"{pointer}/nobody", then=str, member=str)
    ways = given.get("ways") or []
    if not isinstance(ways, list):
        yield from _bad(f"{pointer}/ways")
        return
    for place, way in enumerate(ways):
        at = f"{pointer}/ways/{place}"
        if not isinstance(way, Mapping) or not isinstance(way.get("kind"), str):
            yield Problem("flow_unknown_way", {"item": str(way)[:60]}, at)
            continue
        yield from _parts(way, at, values=list, field=str, node=str, by=str, of=str, levels=int)
        if way.get("from") is not None:
            yield from _people(way["from"], f"{at}/from", depth + 1) if depth < 2 else _bad(f"{at}/from")


def _field_states(given: object, pointer: str) -> Found:
    for key, state in given.items() if isinstance(given, Mapping) else ():
        if state not in get_args(State):
            allowed = ", ".join(get_args(State))
            yield Problem("not_one_of", {"value": str(state)[:60], "allowed": allowed}, f"{pointer}/{key}")


def _buttons(given: object, pointer: str) -> Found:
    for name, button in given.items() if isinstance(given, Mapping) else ():
        yield from _parts(button, f"{pointer}/{name}", on=bool, title=str, to=list, how=list)


def _due(given: object, pointer: str) -> Found:
    yield from _parts(given, pointer, then=str, to=str)
    every = given.get("every") if isinstance(given, Mapping) else None
    number = every is None or (isinstance(every, int | float) and not isinstance(every, bool))
    if not number or (every and not (math.isfinite(every) and 0 < every <= MOST_HOURS)):
        yield Problem("flow_bad_hours", {"most": MOST_HOURS}, f"{pointer}/every")


def _signature(given: object, pointer: str) -> Found:
    yield from _parts(given, pointer, needed=bool, meaning=str)


def _assignments(given: object, pointer: str) -> Found:
    for place, one in enumerate(given if isinstance(given, list) else ()):
        if not isinstance(one, Mapping):
            yield from _bad(f"{pointer}/{place}")


def _filter(given: object, pointer: str, depth: int = 0) -> Found:
    if not given and not depth:
        return
    if not isinstance(given, Mapping) or depth > DEEPEST:
        yield Problem("filter_not_a_condition", {}, pointer)
        return
    for word in ("and", "or"):
        if given.keys() == {word} and isinstance(given[word], list):
            for place, one in enumerate(given[word]):
                yield from _filter(one, f"{pointer}/{word}/{place}", depth + 1)
            return
    yield from _parts(given, pointer, field=str, **{"is": str})


_CHECKS: Mapping[str, Callable[[Any, str], Found]] = {
    "people": _people, "field_states": _field_states, "buttons": _buttons, "due": _due, "signature": _signature,
    "assignments": _assignments, "filter": _filter,
}  # fmt: skip
