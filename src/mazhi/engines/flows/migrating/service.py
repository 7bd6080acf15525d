"""What who manages flows does to move running instances: look at what would happen, and let it happen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from mazhi.engines.flows import store as rows
from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.migrating import store
from mazhi.engines.flows.migrating.model import GOOD, Fitting, Move, Plan
from mazhi.engines.flows.model import Flow, Node
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.people.service import resolve
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.running import work
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.running.skipping import is_owed, skipped
from mazhi.engines.flows.service import MANAGE, Running
from mazhi.engines.flows.state import Instance, Step
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, Problem, invalid
from mazhi.kernel.jobs.service import JobRun

JOB = "flow_migrate"
PAGE = 200
SHOWN = 200
STANDING = frozenset({"open", "failed", "done"})
"""The steps that say where an instance stands: those that were undone say nothing."""
FEW = 20
"""So many instances are moved while whoever asks waits; more are left to the jobs."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for.

    Attributes:
        to: The version.
        mapping: Nodes of the newer version by those of older ones that are gone.
        people: Whether the people of the newer version get the work in place of those who have it.
    """

    to: int
    mapping: Mapping[str, str] = field(default_factory=dict)
    people: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What would happen.

    Attributes:
        hash: Of everything that would be done; the real thing is only done if nothing became different.
        counts: How many instances would be moved (``can``) and how many would stay (``cannot``).
        undecided: Nodes that are gone, with how many instances stand there: they are to be mapped.
        plans: What would happen to each, up to those that are shown.
        next: The instance behind which the others come; None where all are shown.
    """

    hash: str
    counts: Mapping[str, int]
    undecided: Mapping[str, int]
    plans: Sequence[Plan]
    next: int | None


class Migrating:
    """Moves the running instances of one database."""

    def __init__(self, db: Database, flows: Flows, running: Running, ports: Ports) -> None:
        """Work on that database, and take jobs of the kind ``flow_migrate``."""
        self._db = db
        self._flows = flows
        self._running = running
        self._ports = ports
        ports.jobs.handler(JOB, self._run)

    def preview(self, actor: Actor, app: str, code: str, wish: Wish, *, after: int = 0, limit: int = SHOWN) -> Preview:
        """Say for every running instance of an older version what would happen to it; nothing happens.

        Raises:
            NotFoundError: There is no such flow or version.
            InvalidInputError: A node that something is mapped to is not in that version (code ``flow_map_unknown``).
        """
        actor.require(MANAGE)
        plans, marks, undecided = list[Plan](), hashlib.sha256(), dict[str, int]()
        counts, more = {"can": 0, "cannot": 0}, False
        with self._db.read() as tx:
            for plan in self._plans(tx, actor, app, code, wish):
                marks.update(plan.mark().encode())
                counts["can" if plan.can else "cannot"] += 1
                for one in plan.moves:
                    if one.how == "gone":
                        undecided[one.node] = undecided.get(one.node, 0) + 1
                if plan.instance > after:
                    more = len(plans) >= limit
                    plans += [] if more else [plan]
        return Preview(marks.hexdigest(), counts, undecided, plans, plans[-1].instance if more else None)

    def move(
        self, actor: Actor, app: str, code: str, wish: Wish, seen: str, *, client_key: str | None = None
    ) -> tuple[str, int]:
        """Move everything that can be moved, as a job; return its id, and how many instances that are.

        Each instance is moved in a transaction of its own, and only if nothing about it became different.

        Raises:
            ConflictError: Something became different from what was seen (code ``flow_migration_changed``).
        """
        actor.require(MANAGE)
        if client_key is not None:
            held = self._ports.jobs.by_client_key(actor, JOB, client_key)
            if held is not None:
                return held.id, len(held.body["marks"])
        with self._db.read() as tx:
            plans = list(self._plans(tx, actor, app, code, wish))
        if hashlib.sha256("".join(plan.mark() for plan in plans).encode()).hexdigest() != seen:
            raise ConflictError("flow_migration_changed", item=code)
        marks = {str(plan.instance): plan.mark() for plan in plans if plan.can}
        body = {
            "app": app, "flow": code, "to": wish.to, "mapping": dict(wish.mapping), "people": wish.people,
            "marks": marks,
        }  # fmt: skip
        few = len(marks) <= FEW
        with self._db.write() as tx:
            told = {"to": wish.to, "instances": len(marks)}
            audit.record(tx, actor, subject="flow", key=f"{app}/{code}", action="migrate", after=told)
            job = self._ports.jobs.enqueue(
                tx, JOB, body, actor=actor, total=len(marks), client_key=client_key, reserved=few
            )
        if few:
            self._ports.jobs.run_now(actor, job)
        return job, len(marks)

    def _plans(self, tx: Tx, actor: Actor, app: str, code: str, wish: Wish) -> Iterator[Plan]:
        flow_id, _, _ = self._flows.in_force(tx, app, code)
        new = self._flows.version(tx, flow_id, f"{app}/{code}", wish.to)
        for before, after in wish.mapping.items():
            if after not in new:
                raise invalid(f"/map/{before}", "flow_map_unknown", item=after, version=wish.to)
        last = 0
        while True:
            instances = store.waiting(tx, flow_id, wish.to, last, PAGE)
            steps = rows.steps_of(tx, [one.id for one in instances], STANDING)
            for instance in instances:
                yield self._plan(tx, actor, instance, steps[instance.id], new, wish)
            if len(instances) < PAGE:
                return
            last = instances[-1].id

    def _plan(
        self, tx: Tx, actor: Actor, instance: Instance, steps: Sequence[Step], new: Flow, wish: Wish
    ) -> Plan:  # fmt: skip
        old = self._flows.version(tx, instance.flow_id, f"{instance.app}/{instance.flow}", instance.version)
        fitting = Fitting(old, new, wish.mapping)
        run = Run(
            tx, Purse(), self._ports, node_kinds, actor, new, replace(instance), trial=True, others=self._running
        )  # fmt: skip
        held = {one.id: one for one in steps}
        moves = [self._judged(run, held, one, wish) for one in fitting.moves(steps)]
        return Plan(
            instance.id, instance.record_id, instance.title, instance.version, tuple(moves), fitting.lanes(steps)
        )

    def _judged(self, run: Run, steps: Mapping[int, Step], move: Move, wish: Wish) -> Move:
        """Look whether something that nobody passes would be left out, and who would have the work."""
        if move.how not in GOOD:
            return move
        node, step = run.flow[move.to], steps[move.step]
        if _leaves_out(run, node, step, steps.values(), wish.mapping):
            return replace(move, how="skips")
        if not wish.people or not run.kind(node).work or step.state != "open":
            return move
        found = resolve(run, node)
        if not found.users:
            return replace(move, how="nobody")
        names = people.names(run.tx, set(found.users))
        return replace(move, people=tuple(names[user][0] for user in found.users if user in names))

    def _run(self, job: JobRun) -> Mapping[str, object]:
        wish = Wish(int(job.body["to"]), job.body["mapping"], bool(job.body["people"]))
        marks: Mapping[str, str] = job.body["marks"]
        numbers = sorted(int(number) for number in marks)
        for place, number in enumerate(numbers[job.cursor or 0 :], (job.cursor or 0) + 1):
            one = partial(self._one, job=job, number=number, place=place, seen=marks[str(number)], wish=wish)
            if not with_purse(one):
                job.errors.append(Problem("flow_migration_changed", {"item": str(number)}, None, str(number)))
        return {"moved": len(numbers) - len(job.errors), "left": len(job.errors)}

    def _one(self, purse: Purse, *, job: JobRun, number: int, place: int, seen: str, wish: Wish) -> bool:
        with self._db.write() as tx:
            job.checkpoint(tx, done=place, cursor=place)
            instance = rows.instance(tx, number, lock=True)
            if instance is None or instance.state not in {"running", "failed"} or instance.version >= wish.to:
                return False
            code = f"{instance.app}/{instance.flow}"
            new = self._flows.version(tx, instance.flow_id, code, wish.to)
            plan = self._plan(tx, job.actor, instance, rows.steps(tx, instance.id, STANDING), new, wish)
            if plan.mark() != seen or not plan.can:
                return False
            self._move(Run(tx, purse, self._ports, node_kinds, job.actor, new, instance), plan, wish)
        return True

    def _move(self, run: Run, plan: Plan, wish: Wish) -> None:
        store.move(run.tx, plan)
        before, run.instance.version = run.instance.version, wish.to
        moves = [
            {"step": one.step, "node": one.node, "to": one.to, "title": one.to_title}
            for one in plan.moves
            if one.node != one.to
        ]  # fmt: skip
        run.note("migrate", version=before, to=wish.to, moves=moves)
        for one in plan.moves:
            step = rows.step(run.tx, one.step) if one.people is not None else None
            if step is not None and one.people is not None:
                store.take_away(run.tx, step.id, run.at)
                work.give(run, run.node(step), step, people.users(run.tx, list(one.people)))
        run.close()


def _leaves_out(run: Run, node: Node, step: Step, steps: Any, mapping: Mapping[str, str]) -> bool:
    """Tell whether something that nobody passes lies before a node, or in ways of a block that nobody goes any more."""
    if not any(is_owed(run, one) for one in run.flow.root.walk()):
        return False
    if node.kind != "parallel":
        return bool(skipped(run, node, steps))
    done = {one.node for one in steps if one.state == "done"}
    open_ = {mapping.get(one.lane, one.lane) for one in steps if one.scope == step.id and one.state != "done"}
    left = [lane for lane in node.children if lane.id not in open_]
    return any(is_owed(run, one) and one.id not in done for lane in left for one in lane.walk())
