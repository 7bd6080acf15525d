"""What a user does with flows: draw, check, publish, go back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mazhi.engines.flows import store
from mazhi.engines.flows.checking import Drawn, Fault, check
from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.model import Flow, read
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.triggers import publishing
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.designs.model import Design, Draft, Version
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, PlatformError, Problem, invalid
from mazhi.kernel.jobs.model import problems_of
from mazhi.kernel.master_data.model import Page

RIGHT = "apps.edit"


class Flows:
    """The flows of one database."""

    def __init__(self, db: Database, ports: Ports) -> None:
        """Work on that database."""
        self._db = db
        self._ports = ports
        self._flows = Designs("flow")
        self._read: dict[tuple[int, int], Flow] = {}

    def create(self, actor: Actor, app: str, code: str, name: str, form: str) -> Design:
        """Add a flow for a form of the same app, as a draft with nothing but its beginning.

        Raises:
            InvalidInputError: Code or name is wrong.
            ConflictError: The code is taken (code ``already_exists``), or the form was never published.
        """
        actor.require(RIGHT)
        if "/" in code:
            raise invalid("/code", "form_slash_in_code")
        with self._db.write() as tx:
            Designs("app").get(tx, app)
            self._ports.records.form(tx, app, form)
            return self._flows.create(tx, actor, f"{app}/{code}", name, empty(form), publish=False)

    def get(self, app: str, code: str) -> Design:
        """Return one flow without its body."""
        with self._db.read() as tx:
            return self._flows.get(tx, f"{app}/{code}")

    def of_app(self, app: str, *, after: str | None = None, limit: int = 100) -> Page[Design]:
        """Return one page of an app's flows in the order of their codes."""
        with self._db.read() as tx:
            Designs("app").get(tx, app)
            page = self._flows.find(tx, text=f"{app}/", active=True, after=f"{app}/{after or ''}", limit=limit)
        rows = [one for one in page.rows if one.code.startswith(f"{app}/")]
        return Page(rows, page.next.split("/", 1)[1] if page.next and rows else None)

    def rename(self, actor: Actor, app: str, code: str, name: str) -> Design:
        """Call a flow something else; its code stays."""
        actor.require(RIGHT)
        with self._db.write() as tx:
            return self._flows.rename(tx, actor, f"{app}/{code}", name)

    def body(self, app: str, code: str, *, version: int | None = None) -> Mapping[str, Any]:
        """Return what was drawn in a published version, without a number the one in force."""
        with self._db.read() as tx:
            return self._flows.body(tx, self._flows.get(tx, f"{app}/{code}"), version)

    def versions(self, app: str, code: str) -> list[Version]:
        """Return every published version, newest first."""
        with self._db.read() as tx:
            return self._flows.versions(tx, self._flows.get(tx, f"{app}/{code}"))

    def drawn(self, actor: Actor, app: str, code: str) -> Draft:
        """Return what is drawn and not published.

        Raises:
            ConflictError: There is no draft (code ``flow_no_draft``).
        """
        actor.require(RIGHT)
        with self._db.read() as tx:
            return self._drawn(tx, app, code)[1]

    def save_draft(
        self, actor: Actor, app: str, code: str, body: Mapping[str, Any], *, base: int | None = None,
        revision: int | None = None,
    ) -> Draft:  # fmt: skip
        """Save what is drawn, however incomplete; ``base`` and ``revision`` are what the user began with.

        Raises:
            ConflictError: Somebody published or saved meanwhile.
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            design = self._flows.get(tx, f"{app}/{code}")
            began = design.version if base is None else base
            return self._flows.save_draft(tx, actor, design.code, body, base=began, revision=revision)

    def restore(self, actor: Actor, app: str, code: str, version: int) -> Draft:
        """Make a draft of an earlier version."""
        actor.require(RIGHT)
        with self._db.write() as tx:
            return self._flows.restore(tx, actor, f"{app}/{code}", version)

    def check(self, actor: Actor, app: str, code: str) -> list[Fault]:
        """Say what of the draft is incomplete or wrong, in the order of the drawing; hints too.

        Raises:
            InvalidInputError: It is no flow at all.
            ConflictError: There is no draft (code ``flow_no_draft``).
        """
        actor.require(RIGHT)
        with self._db.read() as tx:
            return self._check(tx, actor, app, self._drawn(tx, app, code)[1].body)

    def publish(self, actor: Actor, app: str, code: str, *, base: int | None = None, note: str = "") -> Version:
        """Publish the draft; running instances stay with the version that they began with.

        Raises:
            InvalidInputError: It is incomplete or wrong; every fault is named with its node.
            ConflictError: There is no draft, or somebody published meanwhile (``publish_conflict``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            if base is not None:
                self._flows.held(tx, f"{app}/{code}", base)
            design, draft = self._drawn(tx, app, code)
            faults = [one for one in self._check(tx, actor, app, draft.body) if one.hard]
            if faults:
                raise InvalidInputError(
                    "flow_incomplete",
                    problems=[replace(one.problem, item=one.node) for one in faults],
                    count=len(faults),
                )
            began = design.version if base is None else base
            flow = read(draft.body, node_kinds)
            body = {**draft.body, **flow.body()}
            made = self._flows.publish(tx, actor, design.code, body, base=began, note=note)
            form = self._ports.records.form(tx, app, flow.form)
            publishing.put(tx, design, flow, form.id, self._ports.jobs)
            return made

    def version(self, tx: Tx, flow_id: int, code: str, number: int) -> Flow:
        """Return one published version, which never changes, read once.

        Raises:
            NotFoundError: There is no such version.
        """
        found = self._read.get((flow_id, number))
        if found is None:
            found = read(self._flows.body(tx, self._flows.get(tx, code), number), node_kinds)
            if len(self._read) > 1_000:
                self._read.clear()
            self._read[flow_id, number] = found
        return found

    def in_force(self, tx: Tx, app: str, code: str) -> tuple[int, int, Flow]:
        """Return the number of a flow, its version in force, and the flow.

        Raises:
            NotFoundError: There is no such flow.
            ConflictError: It was never published (code ``flow_not_published``).
        """
        found = self._flows.in_force(tx, f"{app}/{code}")
        if not found.version:
            raise ConflictError("flow_not_published", item=code)
        held = self._read.get((found.id, found.version))
        if held is None:
            held = self._read[found.id, found.version] = read(json.loads(found.text), node_kinds)
        return found.id, found.version, held

    def on_form(self, tx: Tx, app: str, form: str) -> list[tuple[str, str, Flow]]:
        """Return the code, the name and the version in force of every flow whose records are those of a form."""
        names = {one.code.partition("/")[2]: one.name for one in self._flows.all_in_force(tx, f"{app}/")}
        drawn = [(code, name, self.in_force(tx, app, code)[2]) for code, name in names.items()]
        return [one for one in drawn if one[2].form == form]

    def latest(self, tx: Tx, app: str, code: str) -> Flow:
        """Return what is drawn; where nothing is, the version in force.

        Raises:
            InvalidInputError: What is drawn is no flow.
        """
        design = self._flows.get(tx, f"{app}/{code}")
        draft = self._flows.draft(tx, design)
        return read(draft.body if draft is not None else self._flows.body(tx, design), node_kinds)

    def looked_at(self, tx: Tx, actor: Actor, app: str, flow: Flow) -> Drawn:
        """Put together what a check of a flow may look at.

        Raises:
            InvalidInputError: Its form is not there.
        """
        try:
            form = self._ports.records.form(tx, app, flow.form)
        except NotFoundError as error:
            raise invalid("/form", "unknown_form", item=flow.form) from error
        return Drawn(tx, app, flow, form, actor, self._ports)

    def faults_on_form(self, tx: Tx, actor: Actor, app: str, form: str) -> list[Problem]:
        """Say what is wrong with the flows in force that have to do with a form, as it is in this transaction.

        ``item`` of each names the flow and the node.
        """
        found = []
        for one in self._flows.all_in_force(tx, ""):
            here, _, _ = one.code.partition("/")
            if f'"{app}/{form}"' not in one.text and (here != app or f'"{form}"' not in one.text):
                continue
            try:
                flow = read(json.loads(one.text), node_kinds)
                faults = check(self.looked_at(tx, actor, here, flow), node_kinds)
            except PlatformError as error:  # its form is gone, or it has a kind of node that is no more
                found += [replace(problem, item=one.name) for problem in problems_of(error)]
                continue
            titles = {node.id: node.title or node_kinds[node.kind].zh for node in flow.root.walk()}
            found += [replace(it.problem, item=f"{one.name} · {titles[it.node]}") for it in faults if it.hard]
        return found

    def forms_of(self, app: str) -> dict[str, str]:
        """Return for each flow of an app, by its whole code, the form whose records run through it."""
        with self._db.read() as tx:
            rows = store.bodies(tx, f"{app}/")
        return {code: str(json.loads(body).get("form", "")) for code, body in rows}

    def running(self, app: str, code: str) -> dict[int, int]:
        """Count the running instances of a flow by their version."""
        with self._db.read() as tx:
            return store.count_running(tx, self._flows.get(tx, f"{app}/{code}").id)

    def _drawn(self, tx: Tx, app: str, code: str) -> tuple[Design, Draft]:
        design = self._flows.get(tx, f"{app}/{code}")
        draft = self._flows.draft(tx, design)
        if draft is None:
            raise ConflictError("flow_no_draft", item=code)
        return design, draft

    def _check(self, tx: Tx, actor: Actor, app: str, body: Mapping[str, Any]) -> list[Fault]:
        return check(self.looked_at(tx, actor, app, read(body, node_kinds)), node_kinds)


def empty(form: str) -> dict[str, Any]:
    """Return a flow with nothing but its beginning."""
    return {"form": form, "tree": {"id": "start", "kind": "start", "title": "发起", "options": {}, "children": []}}
