"""Moving running instances of a flow to a newer version."""

from __future__ import annotations

from fastapi import APIRouter

from mazhi.engines.flows.migrating.model import Plan
from mazhi.engines.flows.migrating.service import Wish
from mazhi.kernel.errors import invalid
from mazhi.web.api.flows import FlowCode
from mazhi.web.api.forms import App
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.flow_trigger_shapes import FlowMigrateBody, FlowMigration, FlowMigrationPlan, FlowMove

router = APIRouter(tags=["flows"])


def _plan(plan: Plan) -> FlowMigrationPlan:
    return FlowMigrationPlan(
        id=plan.instance, record=plan.record, title=plan.title, version=plan.version, can=plan.can,
        moves=[
            FlowMove(
                step=one.step, node=one.node, title=one.title, to=one.to, to_title=one.to_title, how=one.how,
                people=None if one.people is None else list(one.people),
            )
            for one in plan.moves
        ],
    )  # fmt: skip


@router.post("/apps/{app}/flows/{flow}:migrate", summary="Move running instances to a newer version")
def migrate_flow(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, body: FlowMigrateBody) -> FlowMigration:
    """Say what would happen to every running instance; with `dry_run` false and the `hash` of that, let it happen."""
    wish = Wish(body.to, body.map, body.people == "new")
    if body.dry_run:
        found = system.flow_migrating.preview(actor, app, flow, wish, after=body.after)
        return FlowMigration(
            hash=found.hash, counts=dict(found.counts), undecided=dict(found.undecided), next=found.next,
            instances=[_plan(plan) for plan in found.plans],
        )  # fmt: skip
    if not body.hash:
        raise invalid("/hash", "text_missing")
    job, count = system.flow_migrating.move(actor, app, flow, wish, body.hash, client_key=body.client_key)
    return FlowMigration(job=job, moving=count)
