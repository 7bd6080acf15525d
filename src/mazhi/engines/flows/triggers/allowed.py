"""Who may start a flow: whom its start names; where it names nobody, everybody who may add records to its form."""

from __future__ import annotations

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
from mazhi.kernel.errors import ForbiddenError


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


def require_start(tx: Tx, ports: Ports, actor: Actor, app: str, code: str, flow: Flow, record: int = 0) -> None:
    """Refuse somebody who may not start a flow.

    Raises:
        ForbiddenError: They may not (code ``flow_may_not_start``).
    """
    if not may_start(tx, ports, actor, app, code, flow, record):
        raise ForbiddenError("flow_may_not_start", item=code)
