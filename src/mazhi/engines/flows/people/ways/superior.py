"""上级: who stands so many levels above the starter.

The superiors of somebody are those who lead their department and the departments above it, from below upwards:
without themselves, without departments that nobody leads, each once. The first of them is the direct superior.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.way import Said, Way, levels_of

if TYPE_CHECKING:
    from mazhi.engines.flows.model import Node
    from mazhi.engines.flows.running.run import Run


def find(run: Run, _node: Node, said: Said) -> Sequence[int]:
    """Return the superior of that level, or (``up_to``) every one up to it, the nearest first."""
    starter = run.instance.starter_id
    chain = [one for one in dict.fromkeys(store.heads_above(run.tx, starter)) if one and one != starter]
    levels = levels_of(said, 1)
    return chain[:levels] if said.get("up_to") is True else chain[levels - 1 : levels]


KIND = Way(name="superior", zh="上级", en="Superior", find=find)
