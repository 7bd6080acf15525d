"""Flows: drawing, checking, publishing, trying out, starting."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from mazhi.engines.flows.checking import Fault
from mazhi.engines.flows.declaring import declaration
from mazhi.kernel import clock
from mazhi.kernel.designs.model import Design, Draft
from mazhi.kernel.texts import Language, advice, message
from mazhi.web import language
from mazhi.web.api.forms import App
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.flow_shapes import (
    FlowCheckOut,
    FlowDraftBody,
    FlowDraftOut,
    FlowEffect,
    FlowFaultOut,
    FlowLooked,
    FlowName,
    FlowOut,
    FlowPage,
    FlowPassed,
    FlowProblem,
    FlowPublishBody,
    FlowPublished,
    FlowStartBody,
    FlowStarted,
    FlowSummary,
    FlowTried,
    FlowTriedPerson,
    FlowTryBody,
    FlowVersionOut,
    NewFlow,
)
from mazhi.web.label_shapes import RestoreBody, VersionOut, VersionsOut
from mazhi.web.master_data import After, Limit

router = APIRouter(tags=["flows"])

FlowCode = Annotated[str, Path(max_length=64, description="The code of the flow.")]


def _facts(design: Design) -> dict[str, Any]:
    return {
        "code": design.code.split("/", 1)[1], "name": design.name, "uuid": design.uuid,
        "version": design.version or None, "draft": design.draft is not None,
        "updated_at": clock.to_text(design.updated_at),
    }  # fmt: skip


def _draft(draft: Draft) -> FlowDraftOut:
    return FlowDraftOut(
        base=draft.base, revision=draft.revision, saved_at=clock.to_text(draft.saved_at), saved_by=draft.saved_by,
        form=str(draft.body.get("form", "")), tree=dict(draft.body.get("tree", {})),
    )  # fmt: skip


def _fault(one: Fault, lang: Language) -> FlowFaultOut:
    problem = one.problem
    return FlowFaultOut(
        node=one.node, pointer=problem.pointer or "", code=problem.code, hard=one.hard,
        message=message(problem.code, lang, problem.params), advice=advice(problem.code, lang, problem.params),
    )  # fmt: skip


@router.get("/flows/kinds", summary="Kinds of step and action")
def flow_kinds(actor: ActorDep) -> dict[str, Any]:  # noqa: ARG001 - only for who is signed in
    """List the kinds of step with everything that can be set for them, and what people can do."""
    return declaration()


@router.get("/apps/{app}/flows", summary="Flows of an app")
def flows(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - only for who is signed in
    app: App,
    after: After = None,
    limit: Limit = 100,
) -> FlowPage:
    """List an app's flows in the order of their codes."""
    page = system.flows.of_app(app, after=after, limit=limit)
    forms = system.flows.forms_of(app)
    found = [FlowSummary.model_validate({**_facts(one), "form": forms.get(one.code)}) for one in page.rows]
    return FlowPage(flows=found, next=page.next)


@router.post("/apps/{app}/flows", summary="Add a flow", status_code=201)
def add_flow(system: SystemDep, actor: ActorDep, app: App, body: NewFlow) -> FlowSummary:
    """Add a flow for a form of the app, as a draft with nothing but its beginning."""
    made = system.flows.create(actor, app, body.code, body.name, body.form)
    return FlowSummary.model_validate({**_facts(made), "form": body.form})


@router.get("/apps/{app}/flows/{flow}", summary="One flow")
def get_flow(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode) -> FlowOut:  # noqa: ARG001 - signed in
    """Return a flow with the version in force and how many run by which version."""
    design = system.flows.get(app, flow)
    body = system.flows.body(app, flow) if design.version else {}
    return FlowOut.model_validate(
        {
            **_facts(design), "form": system.flows.forms_of(app).get(design.code), "tree": body.get("tree"),
            "running": system.flows.running(app, flow),
        }
    )  # fmt: skip


@router.put("/apps/{app}/flows/{flow}", summary="Rename a flow")
def rename_flow(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, body: FlowName) -> FlowSummary:
    """Call a flow something else; its code, its versions and what runs stay."""
    return FlowSummary.model_validate(_facts(system.flows.rename(actor, app, flow, body.name)))


@router.get("/apps/{app}/flows/{flow}/draft", summary="Draft of a flow")
def get_flow_draft(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode) -> FlowDraftOut:
    """Return what is drawn and not published."""
    return _draft(system.flows.drawn(actor, app, flow))


@router.put("/apps/{app}/flows/{flow}/draft", summary="Save a flow's draft")
def save_flow_draft(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, body: FlowDraftBody) -> FlowDraftOut:
    """Save what was drawn, however incomplete; 409 names who published or saved meanwhile, and when."""
    drawn = {"form": body.form, "tree": body.tree}
    return _draft(system.flows.save_draft(actor, app, flow, drawn, base=body.base, revision=body.revision))


@router.post("/apps/{app}/flows/{flow}:check", summary="What is incomplete in a flow's draft")
def check_flow(request: Request, system: SystemDep, actor: ActorDep, app: App, flow: FlowCode) -> FlowCheckOut:
    """Say what of the draft is incomplete or wrong, in the order of the drawing; hints too."""
    lang = language.choose(request.headers.get("accept-language", ""))
    return FlowCheckOut(faults=[_fault(one, lang) for one in system.flows.check(actor, app, flow)])


@router.post("/apps/{app}/flows/{flow}/publish", summary="Publish a flow")
def publish_flow(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, body: FlowPublishBody) -> FlowPublished:
    """Publish the draft; what runs already stays with its version."""
    before = system.flows.running(app, flow)
    version = system.flows.publish(actor, app, flow, base=body.base, note=body.note)
    return FlowPublished(version=version.number, running=sum(before.values()))


@router.get("/apps/{app}/flows/{flow}/versions", summary="Versions of a flow")
def flow_versions(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode) -> VersionsOut:  # noqa: ARG001 - signed in
    """List all published versions, newest first."""
    return VersionsOut(
        versions=[
            VersionOut(
                version=one.number, uuid=one.uuid, note=one.note, created_at=clock.to_text(one.published_at),
                created_by=one.published_by,
            )
            for one in system.flows.versions(app, flow)
        ]
    )  # fmt: skip


@router.get("/apps/{app}/flows/{flow}/versions/{version}", summary="One version of a flow")
def flow_version(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, version: int) -> FlowVersionOut:  # noqa: ARG001 - signed in
    """Return a published version as it was drawn."""
    body = system.flows.body(app, flow, version=version)
    return FlowVersionOut(version=version, form=str(body["form"]), tree=dict(body["tree"]))


@router.post("/apps/{app}/flows/{flow}/restore", summary="Go back to an earlier version of a flow")
def restore_flow(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, body: RestoreBody) -> FlowDraftOut:
    """Make a draft of an earlier version; it is in force again once it is published."""
    system.flows.restore(actor, app, flow, body.version)
    return _draft(system.flows.drawn(actor, app, flow))


@router.post("/apps/{app}/flows/{flow}:try", summary="Test run of a flow")
def try_flow(
    request: Request, system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, body: FlowTryBody
) -> FlowTried:
    """Let a record run through what is drawn, as if everybody agreed; nothing of it is kept."""
    lang, found = (
        language.choose(request.headers.get("accept-language", "")),
        system.flow_trials.run(actor, app, flow, body.record),
    )
    return FlowTried(
        path=[
            FlowPassed(
                node=one.node,
                outcome=one.outcome,
                data=dict(one.data),
                people=[FlowTriedPerson(code=who.code, name=who.name) for who in one.people],
                looked=[
                    FlowLooked(case=it.case, when=it.when, held=it.held, fault=it.fault, values=dict(it.values))
                    for it in one.looked
                ],
                effects=[FlowEffect(what=it.what, data=dict(it.data)) for it in one.effects],
            )
            for one in found.path
        ],
        state=found.state,
        node=found.node,
        problems=[
            FlowProblem(
                code=one.code, message=message(one.code, lang, one.params), advice=advice(one.code, lang, one.params)
            )
            for one in found.problems
        ],
    )


@router.post("/apps/{app}/flows/{flow}/instances", summary="Start a flow", status_code=201)
def start_flow(system: SystemDep, actor: ActorDep, app: App, flow: FlowCode, body: FlowStartBody) -> FlowStarted:
    """Start a flow on a record; the same client key again starts nothing."""
    return FlowStarted(
        id=system.running.start(actor, app, flow, body.record, client_key=body.client_key, chosen=body.chosen)
    )
