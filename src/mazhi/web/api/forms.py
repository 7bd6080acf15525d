"""Apps and forms: drawing, comparing, publishing, who may do what."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response

from mazhi.engines.forms.publishing.service import Report
from mazhi.engines.forms.trees import trees
from mazhi.kernel import clock
from mazhi.kernel.designs.model import Design, Draft, Version
from mazhi.kernel.texts import Language, advice, message
from mazhi.web import language
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.form_shapes import (
    AppOut,
    AppPage,
    DifferenceOut,
    DuplicateOut,
    FormBroken,
    FormDraftBody,
    FormDraftOut,
    FormName,
    FormOut,
    FormPage,
    FormPublishBody,
    FormReport,
    FormSummary,
    GrantsBody,
    GrantsOut,
    MisfitOut,
    NewApp,
    NewForm,
)
from mazhi.web.label_shapes import RestoreBody, VersionOut, VersionsOut
from mazhi.web.master_data import After, Limit

router = APIRouter(tags=["forms"])

App = Annotated[str, Path(max_length=64, description="The code of the app.")]
FormCode = Annotated[str, Path(max_length=64, description="The code of the form.")]


def _app(design: Design) -> AppOut:
    return AppOut(code=design.code, name=design.name, uuid=design.uuid)


def _facts(design: Design) -> dict[str, object]:
    return {
        "code": design.code.split("/", 1)[1], "name": design.name, "uuid": design.uuid,
        "version": design.version or None, "draft": design.draft is not None,
        "updated_at": clock.to_text(design.updated_at),
    }  # fmt: skip


def _draft(draft: Draft) -> FormDraftOut:
    return FormDraftOut(
        base=draft.base, revision=draft.revision, saved_at=clock.to_text(draft.saved_at), saved_by=draft.saved_by,
        fields=list(draft.body.get("fields", [])), rules=list(draft.body.get("rules", [])),
    )  # fmt: skip


def _report(report: Report, version: Version | None, lang: Language) -> FormReport:
    return FormReport(
        version=None if version is None else version.number,
        differences=[
            DifferenceOut(
                field=one.field, title=one.title, what=one.what, before=dict(one.before), after=dict(one.after),
                of=one.of,
            )
            for one in report.differences
        ],
        converted=report.converted,
        misfits=report.misfits,
        named=[
            MisfitOut(
                field=one.field, row=one.row, value=one.value, code=one.problem.code,
                message=message(one.problem.code, lang, {**one.problem.params, "field": report.title(one.field)}),
            )
            for one in report.named
        ],
        duplicates=[
            DuplicateOut(field=one.field, value=one.value, records=one.records) for one in report.duplicates
        ],
        broken=[
            FormBroken(
                item=one.item or "", code=one.code, message=message(one.code, lang, one.params),
                advice=advice(one.code, lang, one.params),
            )
            for one in report.broken
        ],
    )  # fmt: skip


@router.get("/apps", summary="Apps")
def apps(system: SystemDep, actor: ActorDep, after: After = None, limit: Limit = 100) -> AppPage:  # noqa: ARG001 - signed in is enough
    """List the apps in the order of their codes."""
    page = system.forms.apps(after=after, limit=limit)
    return AppPage(apps=[_app(one) for one in page.rows], next=page.next)


@router.post("/apps", summary="Add an app", status_code=201)
def add_app(system: SystemDep, actor: ActorDep, body: NewApp) -> AppOut:
    """Add an app, empty."""
    return _app(system.forms.create_app(actor, body.code, body.name))


@router.get("/apps/{app}/forms", summary="Forms of an app")
def forms(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - signed in is enough
    app: App,
    after: After = None,
    limit: Limit = 100,
) -> FormPage:
    """List an app's forms in the order of their codes."""
    page = system.forms.of_app(app, after=after, limit=limit)
    return FormPage(forms=[FormSummary.model_validate(_facts(one)) for one in page.rows], next=page.next)


@router.post("/apps/{app}/forms", summary="Add a form", status_code=201)
def add_form(system: SystemDep, actor: ActorDep, app: App, body: NewForm) -> FormOut:
    """Add a form to an app, as a draft."""
    made = system.forms.create(actor, app, body.code, body.name, {"fields": body.fields, "rules": body.rules})
    return FormOut.model_validate({**_facts(made), "fields": [], "rules": [], "trees": {}, "may": {}, "writable": []})


@router.get("/apps/{app}/forms/{form}", summary="One form")
def get_form(system: SystemDep, actor: ActorDep, app: App, form: FormCode) -> FormOut:
    """Return a form with the fields and rules of the version in force, and what the reader may do with its records."""
    design = system.forms.get(app, form)
    body: dict[str, Any] = {"fields": [], "rules": [], "trees": {}, "may": {}, "writable": []}
    if design.version:
        held, found = system.forms.form(app, form), system.records.allowed(actor, app, form)
        body |= {**held.body(), "trees": trees(held), "may": found.actions, "writable": found.writable}
    return FormOut.model_validate({**_facts(design), **body})


@router.put("/apps/{app}/forms/{form}", summary="Rename a form")
def rename_form(system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: FormName) -> FormSummary:
    """Call a form something else; its code, its versions and its records stay."""
    return FormSummary.model_validate(_facts(system.forms.rename(actor, app, form, body.name)))


@router.get("/apps/{app}/forms/{form}/draft", summary="Draft of a form")
def get_draft(system: SystemDep, actor: ActorDep, app: App, form: FormCode) -> FormDraftOut:
    """Return what is drawn and not published."""
    return _draft(system.forms.drawn(actor, app, form))


@router.put("/apps/{app}/forms/{form}/draft", summary="Save a draft")
def save_draft(system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: FormDraftBody) -> FormDraftOut:
    """Save what was drawn, however incomplete; 409 names who published or saved meanwhile, and when."""
    drawn: dict[str, Any] = {"fields": body.fields}
    if body.rules is not None:
        drawn["rules"] = body.rules
    return _draft(system.forms.save_draft(actor, app, form, drawn, base=body.base, revision=body.revision))


@router.post("/apps/{app}/forms/{form}/try", summary="Try a draft out")
def try_out(request: Request, system: SystemDep, actor: ActorDep, app: App, form: FormCode) -> FormReport:
    """Say what publishing the draft would do: what differs, and which values do not fit, row by row."""
    lang = language.choose(request.headers.get("accept-language", ""))
    return _report(system.forms.try_out(actor, app, form), None, lang)


@router.post("/apps/{app}/forms/{form}/publish", summary="Publish a draft")
def publish(
    request: Request, system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: FormPublishBody
) -> FormReport:
    """Publish the draft; the tables change in the same transaction, and no value is lost."""
    version, report = system.forms.publish(
        actor, app, form, base=body.base, note=body.note, accept_misfits=body.accept_misfits
    )
    return _report(report, version, language.choose(request.headers.get("accept-language", "")))


@router.get("/apps/{app}/forms/{form}/versions", summary="Versions of a form")
def versions(system: SystemDep, actor: ActorDep, app: App, form: FormCode) -> VersionsOut:  # noqa: ARG001 - signed in is enough
    """List the published versions, newest first."""
    return VersionsOut(
        versions=[
            VersionOut(
                version=one.number, uuid=one.uuid, note=one.note, created_at=clock.to_text(one.published_at),
                created_by=one.published_by,
            )
            for one in system.forms.versions(app, form)
        ]
    )  # fmt: skip


@router.post("/apps/{app}/forms/{form}/restore", summary="Draw an earlier version again")
def restore(system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: RestoreBody) -> FormDraftOut:
    """Make a draft of an earlier version."""
    return _draft(system.forms.restore(actor, app, form, body.version))


@router.get("/apps/{app}/forms/{form}/rights", summary="Rights on a form")
def get_rights(system: SystemDep, actor: ActorDep, app: App, form: FormCode) -> GrantsOut:
    """Return who may do what with the records."""
    return GrantsOut(grants=[one.body() for one in system.forms.grants(actor, app, form)])


@router.put("/apps/{app}/forms/{form}/rights", summary="Say who may do what")
def set_rights(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    body: GrantsBody,
    response: Response,  # noqa: ARG001 - signed in is enough
) -> GrantsOut:
    """Say anew who may do what with the records; it holds from this moment on."""
    return GrantsOut(grants=[one.body() for one in system.forms.set_grants(actor, app, form, body.grants)])
