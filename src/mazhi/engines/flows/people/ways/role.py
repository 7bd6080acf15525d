"""角色: everybody who has one of some roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.way import Said, Way, listed, values_of
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.model import Node
    from mazhi.engines.flows.running.run import Run


def find(run: Run, _node: Node, said: Said) -> Sequence[int]:
    """Return them in the order in which they became users."""
    return store.in_roles(run.tx, values_of(said))


def faults(said: Said, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say which roles are not there."""
    yield from listed(store.known(drawn.tx, "role", values_of(said)), said, pointer, "unknown_role")


KIND = Way(name="role", zh="角色", en="Roles", find=find, faults=faults)
