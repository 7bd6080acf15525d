"""Test runs (试运行): where a record would go through a drawn flow, without any effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from mazhi.engines.flows import shapes, store
from mazhi.engines.flows.checking import Fault, check
from mazhi.engines.flows.designing import RIGHT, Flows
from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.kind import Done
from mazhi.engines.flows.model import Flow
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.reading import told
from mazhi.engines.flows.running import advancing
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step
from mazhi.engines.flows.telling import Effect, Looked, Person, WatchedPosting, Watcher, people_of, written
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import NOWHERE, TrialPurse
from mazhi.kernel.db import Database
from mazhi.kernel.errors import InvalidInputError, NotFoundError, PlatformError, Problem

ASSUMED = "assumed"
"""How work ends in a test run: as if people had agreed and filled nothing in."""
MOST_TURNS = 200


@dataclass(frozen=True, slots=True)
class Passed:
    """One step of a test run.

    Attributes:
        node: The id of the node.
        outcome: How it ended.
        data: What came of it.
        people: Who would have had to do it, or would have been told.
        looked: The conditions that were looked at, in their order; the last one that held was taken.
        effects: What would have been written, posted and sent.
    """

    node: str
    outcome: str
    data: Mapping[str, Any] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    looked: tuple[Looked, ...] = ()
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Tried:
    """What a test run came to.

    Attributes:
        path: The steps, in their order.
        state: How it ended; ``running`` where something stood in the way.
        node: Where it stopped.
        problems: Why.
        faults: What is incomplete in the drawing.
    """

    path: tuple[Passed, ...]
    state: str
    node: str = ""
    problems: tuple[Problem, ...] = ()
    faults: tuple[Fault, ...] = ()


class Trials:
    """Test runs of the flows of one database."""

    def __init__(self, db: Database, flows: Flows, ports: Ports) -> None:
        """Work on that database."""
        self._db = db
        self._flows = flows
        self._ports = ports

    def run(self, actor: Actor, app: str, flow: str, record: int) -> Tried:
        """Let a record run through what is drawn, or where nothing is drawn what is in force; nothing of it is kept.

        People are assumed to agree and to fill nothing in, moments to come at once, answers from outside to be good.

        Raises:
            NotFoundError: There is no such flow, or no such record that the actor sees.
            InvalidInputError: What is drawn is no flow, or does what the actor may not do.
        """
        actor.require(RIGHT)

        purse = TrialPurse()
        with self._db.trial() as tx:
            drawn = self._flows.latest(tx, app, flow)
            if record not in self._ports.records.seen(tx, actor, app, drawn.form, [record]):
                raise NotFoundError("unknown_record", item=str(record))
            form = self._ports.records.form(tx, app, drawn.form)
            faults = tuple(check(self._flows.looked_at(tx, actor, app, drawn), node_kinds))
            _refuse(drawn, faults)
            instance = store.add_instance(
                tx, flow_id=0, version=0, app=app, flow=flow, form=drawn.form, form_id=form.id, record_id=record,
                title="", state="running", starter_id=actor.user_id, starter=actor.name, origin="try",
                parent_step=0, depth=0, started_at=clock.now(),
            )  # fmt: skip
            watcher = Watcher()
            ports = replace(self._ports, posting=WatchedPosting(self._ports.posting, watcher))
            run = Run(tx, purse, ports, node_kinds, actor, drawn, instance, trial=True, watch=watcher.saw)
            watcher.run = run
            return _walk(run, watcher, drawn, faults)
        raise AssertionError  # pragma: no cover - a trial's block returns


def _refuse(drawn: Flow, faults: Iterable[Fault]) -> None:
    """Refuse what nobody could walk through, and what would show somebody more than they may see.

    Raises:
        InvalidInputError: Options of some nodes have another shape than theirs, or they do what the actor may not do
            (``flow_no_right_for``); all are named.
    """
    problems = [replace(one.problem, item=one.node) for one in faults if one.problem.code == "flow_no_right_for"]
    problems += [
        replace(problem, item=node.id)
        for node in drawn.root.walk()
        for problem in shapes.faults(node, node_kinds[node.kind])
    ]
    if problems:
        raise InvalidInputError("flow_incomplete", problems=problems, count=len(problems))


def _walk(run: Run, watcher: Watcher, drawn: Flow, faults: tuple[Fault, ...]) -> Tried:
    problems: tuple[Problem, ...] = ()
    node = ""
    try:
        advancing.begin(run)
        for _ in range(MOST_TURNS):
            waiting = [one for one in store.steps(run.tx, run.instance.id, {"open"}) if one.kind != "parallel"]
            if run.instance.state != "running" or not waiting:
                break
            for step in waiting:
                node = step.node
                advancing.leave(run, step, Done(ASSUMED))
    except PlatformError as error:
        problems = tuple(error.problems) or (Problem(error.code, dict(error.params)),)
        node = str(error.params.get("node") or node)
    return Tried(_path(run, watcher, drawn), run.instance.state, node if problems else "", problems, faults)


def _there(data: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out the numbers of what was made in the test run only."""
    return {name: value for name, value in data.items() if not (isinstance(value, int) and value > NOWHERE)}


def _path(run: Run, watcher: Watcher, drawn: Flow) -> tuple[Passed, ...]:
    found = people_of(run, watcher)
    return tuple(
        Passed(
            one.node, one.outcome, _there(told(one.data)), found.get(one.id, ()),
            tuple(watcher.looked.get(one.id, ())),
            (*written(run, one), *watcher.effects.get(one.id, ()), *_when_done(drawn, one)),
        )
        for one in store.steps(run.tx, run.instance.id)
        if one.node in drawn
    )  # fmt: skip


def _when_done(drawn: Flow, step: Step) -> Iterator[Effect]:
    """Say what a step of scanning posts when it is completed; how much nobody knows before."""
    operation = drawn[step.node].options.get("operation") if step.kind == "scan" else None
    if isinstance(operation, Mapping) and operation.get("kind"):
        yield Effect("post_later", {"operation": str(operation["kind"])})
