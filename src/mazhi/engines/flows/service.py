"""Running flows: start them, and act on their tasks; one transaction each, postings included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from mazhi.engines.flows import store
from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.family import action_kinds, node_kinds
from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.running import advancing, children
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Instance, Step, Task
from mazhi.engines.flows.triggers import store as triggers
from mazhi.engines.flows.triggers.allowed import Authority, may_start, require_start
from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.interpolating import parse_text
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse, with_purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, NotFoundError, PlatformError, invalid
from mazhi.kernel.posting.repeating import Request

MANAGE = "flows.manage"
DEEPEST = 10
"""So many flows may start one another; more is a loop."""
NAMING = frozenset({"text", "serial_number"})
"""Kinds of field whose values people call a record by."""
T = TypeVar("T")


class Running:
    """The running flows of one database."""

    def __init__(self, db: Database, flows: Flows, ports: Ports) -> None:
        """Work on that database."""
        self._db = db
        self._flows = flows
        self._ports = replace(ports, ended=(*ports.ended, children.ended))

    def start(
        self, actor: Actor, app: str, flow: str, record: int, *, origin: str = "api", client_key: str | None = None,
        chosen: Mapping[str, Sequence[str]] | None = None,
    ) -> int:  # fmt: skip
        """Start a flow on a record and return the number of the instance; the same client key again starts nothing.

        The actor must be one who may start it, on a record that they see.

        ``chosen``: who does steps that the starter chooses people for, user names by the ids of nodes; None where
        nobody can be asked for them.

        Raises:
            InvalidInputError: People are to be chosen first (``flow_choose_people``, at ``/chosen/`` and the node).
            NotFoundError: There is no such flow or record, or they do not see it.
            ForbiddenError: They may not start it (code ``flow_may_not_start``).
            ConflictError: The flow was never published, runs on this record already (``flow_runs_already``), or
                cannot go on (nobody is found for a step, a posting is refused).
        """

        def work(purse: Purse) -> int:
            with self._db.write() as tx:
                request = Request(tx, "flow", actor, client_key, [app, flow, record])
                if request.answer is not None:
                    return int(request.answer["id"])
                instance = self.start_within(
                    tx, purse, actor, app, flow, record, authority="person", origin=origin, chosen=chosen
                )
                request.store({"id": instance.id})
                return instance.id

        return with_purse(work)

    def startable(self, actor: Actor, app: str, form: str, record: int) -> list[tuple[str, str]]:
        """Return the code and the name of every flow that somebody may start on a record that they see."""
        with self._db.read() as tx:
            return [
                (code, name)
                for code, name, drawn in self._flows.on_form(tx, app, form)
                if may_start(tx, self._ports, actor, app, code, drawn, record)
            ]

    def start_within(
        self, tx: Tx, purse: Purse, actor: Actor, app: str, flow: str, record: int, *, authority: Authority,
        origin: str, parent_step: int = 0, depth: int = 0, cause: int = 0,
        chosen: Mapping[str, Sequence[str]] | None = None,
    ) -> Instance:  # fmt: skip
        """Start a flow on a record in the caller's transaction; ``cause`` is the instance whose doing it is.

        This is where it is asked whether it may be started, by whatever way that comes: ``authority`` says by whose
        right. Whoever wants to start flows says it, and nobody has to ask before.
        """
        if depth > DEEPEST:
            chain = " → ".join([*triggers.chain(tx, cause or triggers.instance_of(tx, parent_step)), flow])
            raise ConflictError("flow_loop", item=flow, limit=DEEPEST, chain=chain)
        flow_id, version, drawn = self._flows.in_force(tx, app, flow)
        form = self._ports.records.form(tx, app, drawn.form)
        require_start(tx, self._ports, authority, actor, app, flow, drawn, record)
        if not drawn.root.options.get("again"):
            triggers.hold_start(tx, flow_id, record)
            if (flow_id, record) in triggers.runs(tx, form.id, [record]):
                raise ConflictError("flow_runs_already", item=flow, record=record)
        if self._ports.records.values(tx, app, drawn.form, record) is None:
            raise NotFoundError("unknown_record", item=str(record))
        instance = store.add_instance(
            tx, flow_id=flow_id, version=version, app=app, flow=flow, form=drawn.form, form_id=form.id,
            record_id=record, title="", state="running", starter_id=actor.user_id, starter=actor.name, origin=origin,
            parent_step=parent_step, depth=depth, started_at=clock.now(),
        )  # fmt: skip
        if cause:
            triggers.caused(tx, instance.id, cause)
        run = Run(tx, purse, self._ports, node_kinds, actor, drawn, instance, chosen=chosen, others=self)
        run.know(form)
        instance.title = title_of(run, form.name)
        advancing.begin(run)
        run.close()
        return instance

    def act(self, actor: Actor, task: int, kind: str, asked: Asked, *, client_key: str | None = None) -> Instance:
        """Do something with a task; the same client key again does nothing and answers the same.

        Raises:
            NotFoundError: There is no such task, or it is not the actor's.
            ConflictError: It is over already (``task_closed``), scans are missing (``scans_missing``), or the flow
                cannot go on; nothing has changed then.
            InvalidInputError: Values are wrong; every fault is named.
        """
        signed = self._sign(actor, task, kind, asked)

        def work(purse: Purse) -> Instance:
            with self._db.write() as tx:
                request = Request(tx, "task", actor, client_key, [task, kind, asked.said()])
                found = store.task(tx, task)
                if found is None:
                    raise NotFoundError("unknown_task", item=str(task))
                if request.answer is not None:
                    return self._held(tx, found.instance_id)
                run = self.open(tx, purse, actor, found.instance_id)
                run.chosen, run.signed = asked.chosen, signed
                # What was read before the lock may be old.
                step, held = store.step(tx, found.step_id), store.task(tx, task)
                self.do(run, step, held, kind, asked)
                run.close()
                request.store({"id": run.instance.id})
                return run.instance

        return with_purse(work)

    def _sign(self, actor: Actor, task: int, kind: str, asked: Asked) -> bool:
        """Prove anew who somebody is who decides something that needs a signature; before every transaction.

        Raises:
            InvalidInputError: The password is missing or wrong.
            TooManyError: It was wrong too often.
        """
        if kind not in action_kinds or not action_kinds[kind].signs or self._ports.confirm is None:
            return False
        with self._db.read() as tx:
            found = store.task(tx, task)
            held = None if found is None or found.user_id != actor.user_id else store.instance(tx, found.instance_id)
            if found is None or held is None:
                return False
            flow = self._flows.version(tx, held.flow_id, f"{held.app}/{held.flow}", held.version)
        # Of a version before this one there may be no such node any more.
        if found.node not in flow or not (flow[found.node].options.get("sign") or {}).get("needed"):
            return False
        if not asked.password:
            raise invalid("/password", "flow_sign_needed")
        self._ports.confirm(actor, asked.password, asked.address)
        return True

    def open(self, tx: Tx, purse: Purse, actor: Actor, instance_id: int) -> Run:
        """Lock an instance and make a run of it.

        Raises:
            NotFoundError: There is no such instance.
        """
        for parent in store.parents(tx, instance_id):
            store.instance(tx, parent, lock=True)  # from the outside in, so that nobody waits crosswise
        instance = store.instance(tx, instance_id, lock=True)
        if instance is None:
            raise NotFoundError("unknown_instance", item=str(instance_id))
        flow = self._flows.version(tx, instance.flow_id, f"{instance.app}/{instance.flow}", instance.version)
        return Run(tx, purse, self._ports, node_kinds, actor, flow, instance, others=self)

    def owes(self, tx: Tx, app: str, flow: str, *, depth: int = 0) -> bool:
        """Tell whether a flow in force does something that nobody may pass, or one that it waits for does."""
        try:
            drawn = self._flows.in_force(tx, app, flow)[2]
        except PlatformError:  # it is gone, or was never published
            return False
        return any(
            node_kinds[node.kind].unskippable
            or (
                node_kinds[node.kind].holds is not None
                and bool(node.options.get("waits"))
                and depth < DEEPEST
                and self.owes(tx, app, str(node.options.get("flow") or ""), depth=depth + 1)
            )
            for node in drawn.root.walk()
        )

    def do(self, run: Run, step: Step | None, task: Task | None, kind: str, asked: Asked) -> None:
        """Check that somebody may do something with a task, and do it."""
        if kind not in action_kinds or action_kinds[kind].on != "task":
            raise NotFoundError("unknown_action", item=kind)
        if task is None or step is None or (task.user_id != run.actor.user_id):
            raise NotFoundError("unknown_task", item=str(task.id if task else ""))
        action, node = action_kinds[kind], run.node(step)
        steps = {"open"} if action.when == "open" else {"open", "done"}
        if task.state != action.when or step.state not in steps or run.instance.state != "running":
            raise ConflictError("task_closed", item=str(task.id), state=task.state)
        if action.nodes and node.kind not in action.nodes:
            raise ConflictError("action_unfit", item=kind, kind=run.kind(node).zh, kind_en=run.kind(node).en)
        button = (node.options.get("buttons") or {}).get(kind, {})
        if not button.get("on", action.usual):
            raise ForbiddenError("action_off", item=kind)
        if action.comment == "must" and not asked.comment.strip():
            raise invalid("/comment", "text_missing")
        action.run(run, step, task, asked)

    def _held(self, tx: Tx, number: int) -> Instance:
        found = store.instance(tx, number)
        if found is None:
            raise NotFoundError("unknown_instance", item=str(number))
        return found


def title_of(run: Run, form: str) -> str:
    """Return what the work list calls an instance."""
    template = str(run.flow.root.options.get("title") or "")
    try:
        title = parse_text(template).render(run.value).strip()
    except FormulaError:
        title = ""
    return title[:200] or f"{form} {_called(run)}"


def _called(run: Run) -> str:
    """Return what people call the record: its first text or number of its own; else the record's number."""
    values = run.values()
    named = (values.get(one.code) for one in run.form().fields if not one.table and one.kind in NAMING)
    return next((str(one)[:100] for one in named if one), str(run.instance.record_id))
