"""指定成员: people by name."""

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
    """Return them in the order in which they are listed."""
    return store.users(run.tx, values_of(said))


def faults(said: Said, drawn: Drawn, pointer: str) -> Iterable[Problem]:
    """Say who is no user at all; who is only inactive may come back."""
    yield from listed(store.known(drawn.tx, "user_account", values_of(said)), said, pointer, "unknown_user")


KIND = Way(name="member", zh="指定成员", en="Members", find=find, faults=faults)
