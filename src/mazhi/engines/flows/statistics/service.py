"""What can be asked about how a flow goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.statistics import store
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import invalid

LONGEST = 366
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class NodeFigures:
    """How one node goes; times in µs.

    Attributes:
        node: The id.
        title: What it is called in the version in force; empty where it is not in it any more.
        kind: Name of the kind, empty as well.
        passed: So many steps passed.
        median: Half of them took no longer; None where none passed.
        ninetieth: Nine of ten took no longer.
        waiting: So many steps wait there now.
        late: So many of them are over their time.
        failed: So many of them cannot go on.
        oldest: Since when the oldest of them waits, µs.
    """

    node: str
    title: str
    kind: str
    passed: int = 0
    median: int | None = None
    ninetieth: int | None = None
    waiting: int = 0
    late: int = 0
    failed: int = 0
    oldest: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """How many instances were started and ended on one day."""

    day: date
    started: int
    ended: int


@dataclass(frozen=True, slots=True)
class Figures:
    """How a flow goes.

    Attributes:
        since: From when on steps and days are counted, µs.
        nodes: In the order of the drawing in force; behind them nodes of other versions.
        versions: By version and state how many instances there are.
        days: Every day since then.
    """

    since: int
    nodes: Sequence[NodeFigures]
    versions: Sequence[tuple[int, str, int]]
    days: Sequence[Day]


class Statistics:
    """How the flows of one database go."""

    def __init__(self, db: Database, flows: Flows) -> None:
        """Work on that database."""
        self._db = db
        self._flows = flows

    def of(self, actor: Actor, app: str, code: str, *, days: int = 30) -> Figures:
        """Return how a flow goes, by the steps and instances of so many days.

        Raises:
            ForbiddenError: The actor neither manages flows nor draws them.
            NotFoundError: There is no such flow.
            ConflictError: It was never published.
        """
        if not actor.may("flows.manage"):
            actor.require("apps.edit")
        if not 1 <= days <= LONGEST:
            raise invalid("/days", "flow_statistics_days", limit=LONGEST)
        now = clock.now()
        today = clock.to_datetime(now, clock.DEFAULT_ZONE)
        first = today.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days - 1)
        since, offset = clock.to_micros(first), first.utcoffset() or timedelta()
        with self._db.read() as tx:
            flow_id, _, flow = self._flows.in_force(tx, app, code)
            passed = {row.node: row for row in store.nodes(tx, flow_id, since)}
            waiting = {row.node: row for row in store.waiting(tx, flow_id, now)}
            versions = [(row.version, row.state, row.number) for row in store.states(tx, flow_id)]
            counted = {
                row.day: (int(row.started), int(row.ended))
                for row in store.days(tx, flow_id, since, offset // timedelta(microseconds=1))
            }
        shown = [node for node in flow.root.walk() if node.kind not in {"case", "lane"}]
        there = {node.id for node in shown}
        others = sorted((passed.keys() | waiting.keys()) - there)
        nodes = [_figures(node.id, node, passed.get(node.id), waiting.get(node.id)) for node in shown]
        nodes += [_figures(key, None, passed.get(key), waiting.get(key)) for key in others]
        every = [first.date() + timedelta(days=place) for place in range(days)]
        return Figures(
            since, nodes, sorted(versions, key=lambda one: (-one[0], one[1])),
            [Day(day, *counted.get((day - _EPOCH).days, (0, 0))) for day in every],
        )  # fmt: skip


def _figures(key: str, node: Node | None, passed: object, waiting: object) -> NodeFigures:
    title = "" if node is None else node.title or node_kinds[node.kind].zh
    return NodeFigures(
        key, title, "" if node is None else node.kind,
        passed=getattr(passed, "number", 0),
        median=getattr(passed, "median", None),
        ninetieth=getattr(passed, "ninetieth", None),
        waiting=getattr(waiting, "number", 0),
        late=int(getattr(waiting, "late", 0) or 0),
        failed=int(getattr(waiting, "failed", 0) or 0),
        oldest=getattr(waiting, "oldest", None),
    )  # fmt: skip
