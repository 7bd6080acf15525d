"""部门成员: everybody of one of some departments, perhaps also of those below."""

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
    return store.in_departments(run.tx, values_of(said), below=said.get("below") is True)


def faults(said: Said, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say which departments are not there."""
    yield from listed(store.known(drawn.tx, "department", values_of(said)), said, pointer, "unknown_department")


KIND = Way(name="department", zh="部门成员", en="Departments", find=find, faults=faults)
