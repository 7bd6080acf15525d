"""What people look at: their boxes, one task, one running flow, the flows of a record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from mazhi.engines.facts import FormFacts, State
from mazhi.engines.flows import acting
from mazhi.engines.flows import store as rows
from mazhi.engines.flows.designing import Flows
from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.lists import offering, store
from mazhi.engines.flows.lists.model import (
    Box,
    Choice,
    Counts,
    Did,
    Entry,
    InstanceView,
    Named,
    Person,
    Pressing,
    Shown,
    Signature,
    TaskView,
    TrailLine,
)
from mazhi.engines.flows.model import Flow, Node
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.reading import may_read, own_node, told
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Instance, Line
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError, PlatformError

MOST_OF_RECORD = 100
FEW = 20
"""So many flows of one record are asked, the newest first, whether they show a file."""


class WorkList:
    """The work of the people of one database."""

    def __init__(self, db: Database, flows: Flows, ports: Ports) -> None:
        """Work on that database."""
        self._db = db
        self._flows = flows
        self._ports = ports

    def page(
        self, actor: Actor, box: Box, *, app: str = "", flow: str = "", text: str = "", after: int | None = None,
        limit: int = 50,
    ) -> tuple[list[Named], int | None, Counts]:  # fmt: skip
        """Return one page of one's own box, the newest first, where the next begins, and what waits in the boxes."""
        with self._db.read() as tx:
            found = store.page(
                tx, actor.user_id, box, app=app, flow=flow, text=text.strip(), before=after, limit=limit + 1
            )
            counts = store.counts(tx, actor.user_id)
            named = self._named(tx, found[:limit])
        return named, found[limit - 1].key if len(found) > limit else None, counts

    def pressing(self, actor: Actor, *, limit: int = 50) -> Pressing:
        """Return what presses of one's own work: what is late or soon to be done first, then the oldest."""
        with self._db.read() as tx:
            found = store.page(
                tx, actor.user_id, "todo", app="", flow="", text="", before=None, limit=limit, pressing=True
            )
            kinds = store.kinds(tx, actor.user_id)
            late = store.late(tx, actor.user_id, clock.now())
            return Pressing(self._named(tx, found), sum(kinds.values()), late, kinds)

    def of_record(self, app: str, form: str, record: int) -> list[Named]:
        """Return the flows of a record, the newest first; who may see the record is for the caller to say."""
        with self._db.read() as tx:
            facts = self._ports.records.form(tx, app, form)
            found = store.of_record(tx, facts.id, record, MOST_OF_RECORD)
            return self._named(
                tx, [Entry(one.id, one, 0, "", one.state, one.started_at, None, True) for one in found]
            )  # fmt: skip

    def shows_file(self, actor: Actor, app: str, form: str, record: int, file: str) -> bool:
        """Tell whether somebody is shown a file of a record by a flow: in their work, or in what was shown to them."""
        with self._db.read() as tx:
            facts = self._ports.records.form(tx, app, form)
            for one in store.of_record_for(tx, facts.id, record, actor.user_id, FEW) if actor.user_id else ():
                run = self._run(tx, actor, one)
                node = own_node(run, rows.tasks_of(tx, one.id))
                shown = None if node is None else self._shown(run, node, writing=False)
                if shown is not None and _has_file(shown.values.values(), file):
                    return True
        return False

    def _named(self, tx: Tx, entries: Collection[Entry]) -> list[Named]:
        instances = [one.instance for one in entries]
        designs = store.design_names(tx, [one.flow_id for one in instances] + [one.form_id for one in instances])
        users = people.names(tx, {one.starter_id for one in instances})
        stand = store.standing(tx, [one.instance.id for one in entries if not one.task])
        found = []
        for entry in entries:
            one, flow = entry.instance, self._flow(tx, entry.instance)
            at = [entry.node] if entry.task else stand.get(one.id, [])
            nodes = [flow[key] for key in at if key in flow]
            found.append(
                Named(
                    entry, designs.get(one.flow_id, one.flow), designs.get(one.form_id, one.form),
                    "、".join(dict.fromkeys(title(node) for node in nodes)), nodes[0].kind if nodes else "",
                    _starter(one, users),
                )
            )  # fmt: skip
        return found

    def _flow(self, tx: Tx, one: Instance) -> Flow:
        return self._flows.version(tx, one.flow_id, f"{one.app}/{one.flow}", one.version)

    def _run(self, tx: Tx, actor: Actor, one: Instance) -> Run:
        return Run(tx, Purse(), self._ports, node_kinds, actor, self._flow(tx, one), one, trial=True)

    def task(self, actor: Actor, number: int) -> TaskView:
        """Return one of one's own tasks with the record as its step shows it; it counts as read then.

        Raises:
            NotFoundError: There is no such task, or it is somebody else's (code ``unknown_task``).
        """
        with self._db.read() as tx:
            found = rows.task(tx, number)
            held = None if found is None or found.user_id != actor.user_id else rows.instance(tx, found.instance_id)
            step = None if found is None else rows.step(tx, found.step_id)
            if found is None or held is None or step is None:
                raise NotFoundError("unknown_task", item=str(number))
            run = self._run(tx, actor, held)
            node = run.node(step)
            tasks = rows.tasks(tx, [step.id])
            users = people.names(tx, {held.starter_id, *(one.user_id for one in tasks)})
            open_ = found.state == "open" and held.state == "running"
            view = TaskView(
                task=found, step=step, node=node, instance=held,
                flow_name=store.design_names(tx, [held.flow_id]).get(held.flow_id, held.flow),
                starter=_starter(held, users), record=self._shown(run, node, writing=open_),
                offered=offering.with_task(run, step, found),
                # Who signs before somebody else does not lead on from here: that one chooses.
                choices=self._choices(run, node) if open_ and found.via != "before" else (),
                people=[Did(one, _person(one.user_id, users)) for one in tasks],
            )  # fmt: skip
        if found.read_at is None and found.state == "open":
            with self._db.write() as tx:
                store.read_task(tx, number, clock.now())
        return view

    def choices(self, actor: Actor, app: str, flow: str) -> list[Choice]:
        """Return the steps whose people the starter chooses when a flow is started.

        Raises:
            NotFoundError: There is no such flow.
            ConflictError: It was never published.
        """
        with self._db.read() as tx:
            flow_id, version, drawn = self._flows.in_force(tx, app, flow)
            one = Instance(
                0, flow_id, version, app, flow, drawn.form, 0, 0, "", "running", actor.user_id, actor.name, "", 0, 0,
                0, clock.now(),
            )  # fmt: skip
            return self._choices(Run(tx, Purse(), self._ports, node_kinds, actor, drawn, one, trial=True), drawn.root)

    def _choices(self, run: Run, node: Node) -> list[Choice]:
        before = offering.choices(run, node, by="before")
        return before + (offering.choices(run, node, by="starter") if node.kind == "start" else [])

    def next_task(self, actor: Actor, instance: int) -> int | None:
        """Return what else of an instance waits for somebody."""
        with self._db.read() as tx:
            return store.next_task(tx, actor.user_id, instance)

    def instance(self, actor: Actor, number: int) -> InstanceView:
        """Return a running flow with the drawing that it runs by and its trail; it counts as read then.

        The record is shown by the field states of the reader's own node, and only to be read: of the work that they
        have or had last, of the node that showed it to them, or of the start.

        Raises:
            NotFoundError: There is no such instance, or the reader may not see it (code ``unknown_instance``).
        """
        with self._db.read() as tx:
            held = rows.instance(tx, number)
            if held is None or not self._readable(tx, actor, held):
                raise NotFoundError("unknown_instance", item=str(number))
            view, unread = self._view(self._run(tx, actor, held))
        if unread:
            with self._db.write() as tx:
                store.read_copy(tx, actor.user_id, number, clock.now())
        return view

    def _readable(self, tx: Tx, actor: Actor, one: Instance) -> bool:
        """Tell whether somebody sees an instance: by what they have to do with it, or because they see its record."""
        if may_read(tx, actor, one):
            return True
        try:
            return one.record_id in self._ports.records.seen(tx, actor, one.app, one.form, [one.record_id])
        except PlatformError:  # no right to the form at all, or it is gone
            return False

    def _view(self, run: Run) -> tuple[InstanceView, bool]:
        tx, one = run.tx, run.instance
        steps, tasks, lines = rows.steps(tx, one.id), rows.tasks_of(tx, one.id), rows.trail(tx, one.id)
        users = people.names(tx, {one.starter_id, *(task.user_id for task in tasks)})
        did: dict[int, list[Did]] = {}
        for task in tasks:
            did.setdefault(task.step_id, []).append(Did(task, _person(task.user_id, users)))
        own = [task for task in tasks if task.user_id == run.actor.user_id]
        copied = store.copied_at(tx, run.actor.user_id, one.id)
        node = own_node(run, own)
        view = InstanceView(
            instance=one, flow_name=store.design_names(tx, [one.flow_id]).get(one.flow_id, one.flow), flow=run.flow,
            starter=_starter(one, users), steps=[replace(step, data=told(step.data)) for step in steps], people=did,
            trail=self._trail(run, lines),
            offered=offering.with_instance(run), record=None if node is None else self._shown(run, node, writing=False),
            own_task=next((task.id for task in own if task.state == "open"), 0),
            standing=store.standing(tx, [one.id]).get(one.id, []),
        )  # fmt: skip
        return view, copied is not None and not copied[1]

    def _shown(self, run: Run, node: Node, *, writing: bool) -> Shown | None:
        one, form = run.instance, run.form()
        states = acting.states_of(run, node)
        if not writing:
            full = states or {facts.id: "read_only" for facts in form.fields}
            states = {key: "read_only" if state in {"writable", "required"} else state for key, state in full.items()}
        try:
            version, values = run.ports.records.shown(run.tx, one.app, one.form, one.record_id, states)
        except NotFoundError:
            return None
        return Shown(version, values, by_codes(form, states))

    def _trail(self, run: Run, lines: Collection[Line]) -> list[TrailLine]:
        names = store.names_of(run.tx, {line.actor for line in lines})
        present = ""
        if any("sign" in line.data for line in lines):
            present = acting.fingerprint(run.form(), run.values())
        return [
            TrailLine(
                line.seq, line.at, Person(line.actor, names.get(line.actor, line.actor)), line.action, line.node,
                title(run.flow[line.node]) if line.node in run.flow else "", line.step_id,
                {key: value for key, value in line.data.items() if key != "sign"}, _signature(line.data, present),
            )
            for line in lines
        ]  # fmt: skip


def _has_file(values: Iterable[object], file: str) -> bool:
    """Tell whether a file stands in some values, or in rows among them."""
    for value in values:
        for one in value if isinstance(value, list) else ():
            if isinstance(one, Mapping) and (one.get("id") == file or _has_file(one.values(), file)):
                return True
    return False


def _signature(data: Mapping[str, Any], present: str) -> Signature | None:
    said = data.get("sign")
    return None if said is None else Signature(said["meaning"], said["hash"], said["hash"] == present)


def title(node: Node) -> str:
    """Return what people call a node."""
    return node.title or node_kinds[node.kind].zh


def by_codes(form: FormFacts, states: Mapping[str, State] | None) -> dict[str, State]:
    """Return the states of fields by their codes; None: everything may be written."""
    return {
        f"{one.table_code}.{one.code}" if one.table else one.code: "writable" if states is None else states[one.id]
        for one in form.fields
    }


def _person(user: int, users: Mapping[int, tuple[str, str]]) -> Person:
    return Person(*users.get(user, ("", "")))


def _starter(one: Instance, users: Mapping[int, tuple[str, str]]) -> Person:
    return Person(*users[one.starter_id]) if one.starter_id in users else Person(one.starter, one.starter)
