"""Running flows: one of them, what is done with it, and the flows of a record."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request

from mazhi.engines.flows.kind import Asked
from mazhi.kernel import clock
from mazhi.kernel.errors import NotFoundError
from mazhi.web import flow_answers, language
from mazhi.web.api.flows import FlowCode
from mazhi.web.api.forms import App, FormCode
from mazhi.web.api.records import RecordId
from mazhi.web.api.tasks import Action
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.task_shapes import (
    FlowInstanceActionBody,
    FlowInstanceOut,
    FlowSkipped,
    FlowStartable,
    RecordFlows,
    TaskActed,
    TaskChoices,
    TaskNext,
)

router = APIRouter(tags=["tasks"])

InstanceId = Annotated[int, Path(ge=1, le=2**63 - 1, description="The instance's number.")]


@router.get("/flow-instances/{instance}", summary="One running flow")
def get_flow_instance(request: Request, system: SystemDep, actor: ActorDep, instance: InstanceId) -> FlowInstanceOut:
    """Return a running flow with the drawing that it runs by and its trail."""
    lang = language.choose(request.headers.get("accept-language", ""))
    return flow_answers.instance(system.work_list.instance(actor, instance), lang)


@router.post("/flow-instances/{instance}/actions/{kind}", summary="Act on a running flow")
def act_on_flow_instance(
    system: SystemDep, actor: ActorDep, instance: InstanceId, kind: Action, body: FlowInstanceActionBody
) -> TaskActed:
    """Withdraw, remind, copy; for who manages flows: reassign, jump, end, retry."""
    held = system.managing.act(
        actor, instance, kind, Asked(comment=body.comment, to=tuple(body.to), how=body.how), step=body.step or 0,
        task=body.task or 0, client_key=body.client_key,
    )  # fmt: skip
    return TaskActed(
        instance=held.id, state=held.state, next=TaskNext(task=system.work_list.next_task(actor, held.id))
    )  # fmt: skip


@router.get("/apps/{app}/flows/{flow}/choices", summary="Whom the starter chooses")
def flow_choices(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode) -> TaskChoices:
    """List the steps whose people are chosen when the flow is started."""
    return TaskChoices(choices=flow_answers.choices(system.work_list.choices(actor, app, flow)))


@router.get("/apps/{app}/forms/{form}/records/{record}/flows", summary="Flows of a record")
def record_flows(system: SystemDep, actor: ActorDep, app: App, form: FormCode, record: RecordId) -> RecordFlows:
    """List the flows of a record that the reader may see, dates that start nothing any more, what may be started."""
    if not system.records.get(actor, app, form, [record]):
        raise NotFoundError("unknown_record", item=str(record))
    found = system.work_list.of_record(app, form, record)
    skipped = [
        FlowSkipped(flow=one.flow, name=one.name, day=one.day, moment=clock.to_datetime(one.moment))
        for one in system.triggers.skipped(app, form, record)
    ]
    may = [FlowStartable(code=code, name=name) for code, name in system.running.startable(actor, app, form, record)]
    return RecordFlows(instances=[flow_answers.of_record(one) for one in found], skipped=skipped, startable=may)
