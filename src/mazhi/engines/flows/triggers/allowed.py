"""Who may start a flow: whom its start names; where it names nobody, everybody who may add records to its form."""

from __future__ import annotations

from typing import Literal

from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.model import Flow
from mazhi.engines.flows.people.service import of_ways
from mazhi.engines.flows.ports import Ports
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Instance
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ForbiddenError, NotFoundError

Authority = Literal["person", "station", "flow"]
"""By whose right a flow starts.

* ``person``: by that of the actor, who must be one whom the start names, on a record that they see: whoever starts a
  flow sees the record through it. So start the API and buttons.
* ``station``: by that of the actor, too; but which record it is, the code says that they have in their hands.
* ``flow``: by that of whoever published the flow which says so: its own triggers, and flows that start sub-flows. It
  was looked at when it was published; what the actor may do besides does not matter.
"""


def may_start(tx: Tx, ports: Ports, actor: Actor, app: str, code: str, flow: Flow, record: int = 0) -> bool:
    """Tell whether somebody may start a flow (on a certain record); the system itself always may."""
    if not actor.user_id and actor.everything:
        return True
    who = flow.root.options.get("who") or {}
    if not who.get("ways"):
        return ports.records.may(tx, actor, app, flow.form, "create")
    form = ports.records.form(tx, app, flow.form)
    instance = Instance(
        id=0, flow_id=0, version=0, app=app, flow=code, form=flow.form, form_id=form.id, record_id=record, title="",
        state="running", starter_id=actor.user_id, starter=actor.name, origin="", parent_step=0, depth=0, seq=0,
        started_at=clock.now(),
    )  # fmt: skip
    run = Run(tx, Purse(), ports, node_kinds, actor, flow, instance, trial=True)
    return actor.user_id in of_ways(run, flow.root, who)


def require_start(
    tx: Tx, ports: Ports, authority: Authority, actor: Actor, app: str, code: str, flow: Flow, record: int
) -> None:
    """Refuse a start that the one whose right counts may not make.

    Raises:
        ForbiddenError: They may not start this flow (code ``flow_may_not_start``).
        NotFoundError: There is no such record that they see (code ``unknown_record``).
    """
    if authority == "flow":
        return
    if not may_start(tx, ports, actor, app, code, flow, record):
        raise ForbiddenError("flow_may_not_start", item=code)
    if authority == "person" and record not in ports.records.seen(tx, actor, app, flow.form, [record]):
        raise NotFoundError("unknown_record", item=str(record))
