"""部门负责人: who leads a department, or the one so many levels above it.

Without a department the starter's own is meant. Where nobody leads it (or who does is inactive) the next department
above that somebody leads counts, so that a post that is vacant for a while stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.way import Said, Way, levels_of, listed, values_of
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.model import Node
    from mazhi.engines.flows.running.run import Run


def find(run: Run, _node: Node, said: Said) -> Sequence[int]:
    """Return who leads each department, in the order in which they are listed."""
    codes = values_of(said)
    chains = store.heads(run.tx, codes) if codes else [store.heads_above(run.tx, run.instance.starter_id)]
    up = levels_of(said, 0)
    found = [next((head for head in chain[up:] if head), 0) for chain in chains]
    return [head for head in found if head]


def faults(said: Said, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say which departments are not there; none at all means the starter's."""
    if values_of(said):
        yield from listed(store.known(drawn.tx, "department", values_of(said)), said, pointer, "unknown_department")


KIND = Way(name="head", zh="部门负责人", en="Head of department", find=find, faults=faults)
