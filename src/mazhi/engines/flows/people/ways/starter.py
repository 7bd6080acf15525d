"""发起人: who started the flow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mazhi.engines.flows.people import store
from mazhi.engines.flows.people.way import Said, Way

if TYPE_CHECKING:
    from mazhi.engines.flows.model import Node
    from mazhi.engines.flows.running.run import Run


def find(run: Run, _node: Node, _said: Said) -> Sequence[int]:
    """Return them; nobody where a clock or a machine started it."""
    return store.active(run.tx, [run.instance.starter_id])


KIND = Way(name="starter", zh="发起人", en="Starter", find=find)
