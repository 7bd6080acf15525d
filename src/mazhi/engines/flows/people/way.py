"""What one way of finding people declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.model import Node
    from mazhi.engines.flows.running.run import Run

Said = Mapping[str, Any]
"""What a node says about one way: ``{"kind": "role", "values": ["keeper"]}``."""


def _no_faults(_said: Said, _drawn: Drawn, _pointer: str) -> Iterable[Problem]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way of finding people (找人方式).

    Attributes:
        name: Its name, which is also its module's.
        zh: Chinese title.
        en: English title.
        find: Returns the numbers of active users in their order, with one statement however many there are.
        faults: What is wrong with what a node says, when its flow is published.
    """

    name: str
    zh: str
    en: str
    find: Callable[[Run, Node, Said], Sequence[int]]
    faults: Callable[[Said, Drawn, str], Iterable[Problem]] = _no_faults


def values_of(said: Said) -> list[str]:
    """Return the names or codes that a way lists."""
    values = said.get("values")
    return [str(one) for one in values] if isinstance(values, list) else []


def levels_of(said: Said, least: int) -> int:
    """Return how many levels up is meant; what makes no sense counts as the least."""
    levels = said.get("levels", least)
    return levels if isinstance(levels, int) and levels >= least else least


def listed(known: set[str], said: Said, pointer: str, code: str) -> Iterable[Problem]:
    """Say what a way lists that is not there, or that it lists nothing."""
    values = values_of(said)
    if not values:
        yield Problem("flow_way_empty", {}, f"{pointer}/values")
    for place, value in enumerate(values):
        if value not in known:
            yield Problem(code, {"user": value, "item": value}, f"{pointer}/values/{place}", value)
