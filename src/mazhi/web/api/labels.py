"""Label templates: drawing, publishing, looking at and rendering them."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from mazhi.engines.labels.templates.ready import ReadyLabel
from mazhi.engines.labels.templates.service import Label
from mazhi.kernel import clock
from mazhi.kernel.designs.model import Version
from mazhi.kernel.texts import Language, advice, message
from mazhi.web import label_catalogue, language
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.label_shapes import (
    DraftBody,
    FieldsOut,
    FixOut,
    KindsOut,
    LabelChange,
    LabelCheckOut,
    LabelOut,
    LabelPage,
    LabelPreviewBody,
    LabelPreviewOut,
    LabelSummary,
    NewLabel,
    PublishBody,
    ReadOut,
    ReadyOut,
    ReadyPage,
    RenderBody,
    RestoreBody,
    SettingsBody,
    VersionOut,
    VersionsOut,
    named,
)
from mazhi.web.master_data import After, CodeInPath, Limit, Search

router = APIRouter(tags=["labels"])

BYTES: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            media: {"schema": {"type": "string", "format": "binary"}}
            for media in ("application/pdf", "image/png", "application/vnd.zebra.zpl", "application/octet-stream")
        },
        "description": "The labels.",
    }
}
SampleItem = Annotated[str | None, Query(max_length=400, description="An item whose values are shown; null: examples.")]


def _language(request: Request) -> Language:
    return language.choose(request.headers.get("accept-language", ""))


def _size(template: Mapping[str, Any]) -> dict[str, float | None]:
    """Return a template's size; a draft may lack it or say nonsense."""
    found = {name: template.get(name) for name in ("width_mm", "height_mm")}
    return {
        name: value if isinstance(value, int | float) and not isinstance(value, bool) else None
        for name, value in found.items()
    }


def _summary(label: Label) -> dict[str, Any]:
    design = label.design
    return {
        "code": design.code,
        "name": design.name,
        "uuid": design.uuid,
        "version": design.version or None,
        "active": design.active,
        "draft": design.draft is not None,
        "updated_at": clock.to_text(design.updated_at),
        "updated_by": design.draft.saved_by if design.draft else None,
        **_size(label.template),
    }


def _answer(label: Label) -> LabelOut:
    draft = label.draft
    template = dict(draft.body if draft else label.template)
    return LabelOut.model_validate(
        {
            **_summary(label),
            **_size(template),
            "base": draft.base if draft else label.design.version,
            "revision": draft.revision if draft else None,
            "saved_at": clock.to_text(draft.saved_at) if draft else None,
            "saved_by": draft.saved_by if draft else None,
            "template": template,
        }
    )


def _version(one: Version) -> VersionOut:
    return VersionOut(
        version=one.number, uuid=one.uuid, note=one.note, created_at=clock.to_text(one.published_at),
        created_by=one.published_by,
    )  # fmt: skip


@router.get("/labels:kinds", summary="Kinds of elements and codes")
def kinds(request: Request, actor: ActorDep) -> KindsOut:  # noqa: ARG001 - signed in is enough
    """List what can stand on a label, with all properties: palette and panels of a designer come from it."""
    return KindsOut.model_validate(label_catalogue.kinds(_language(request)))


@router.get("/labels:fields", summary="Fields and functions")
def fields(
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    item: SampleItem = None,
    product: Annotated[str | None, Query(max_length=64, description="Values of its latest item.")] = None,
) -> FieldsOut:
    """List the fields that a label may show, with an item's values or examples, and the functions of formulas."""
    data = system.labels.sample(actor, None if item is None else (item, None), product)
    return FieldsOut.model_validate(label_catalogue.fields(data, _language(request)))


@router.get("/labels:ready", summary="Templates that come with the system")
def ready(request: Request, system: SystemDep, actor: ActorDep) -> ReadyPage:  # noqa: ARG001 - signed in is enough
    """List the templates to begin with; one becomes a label of one's own by POST /labels."""
    lang = _language(request)
    return ReadyPage(labels=[_ready(one, lang) for one in system.labels.ready()])


def _ready(one: ReadyLabel, lang: Language) -> ReadyOut:
    zh = lang == "zh"
    return ReadyOut.model_validate(
        {
            "code": one.code, "name": one.zh if zh else one.en, "note": one.zh_note if zh else one.en_note,
            "template": dict(one.template), **_size(one.template),
        }
    )  # fmt: skip


@router.get("/labels:settings", summary="Settings of all labels")
def settings(system: SystemDep, actor: ActorDep) -> SettingsBody:  # noqa: ARG001 - signed in is enough
    """Show what holds for all labels."""
    return SettingsBody(digital_link_host=system.labels.host())


@router.put("/labels:settings", summary="Change the settings of all labels")
def change_settings(body: SettingsBody, system: SystemDep, actor: ActorDep) -> SettingsBody:
    """Set what GS1 Digital Links on labels begin with."""
    return SettingsBody(digital_link_host=system.labels.set_host(actor, body.digital_link_host))


@router.post("/labels:preview", summary="Show a template")
def preview(body: LabelPreviewBody, request: Request, system: SystemDep, actor: ActorDep) -> LabelPreviewOut:
    """Draw a template, stored or not, as a printer would, say what is wrong, and read its codes from the picture."""
    item = None if body.item is None else named(body.item)
    shown = system.labels.preview(actor, body.template, body.dpi, item=item, record=body.record)
    lang = _language(request)
    return LabelPreviewOut(
        width=shown.width,
        height=shown.height,
        png=base64.b64encode(shown.png).decode("ascii"),
        checks=[
            LabelCheckOut(
                element=one.element or None,
                code=one.code,
                message=message(one.code, lang, dict(one.params)),
                advice=advice(one.code, lang, dict(one.params)),
                blocking=one.blocks,
                fix=None if one.fix is None else FixOut.model_validate(one.fix),
            )
            for one in shown.checks
        ],
        reads=[
            ReadOut(element=one.element, symbology=one.symbology, content=one.content, read=one.read, ok=one.ok)
            for one in shown.reads
        ],
    )


@router.post("/labels", status_code=201, summary="Add a template")
def create(body: NewLabel, system: SystemDep, actor: ActorDep, response: Response) -> LabelOut:
    """Add a template; it is published at once unless it is to begin as a draft."""
    made = system.labels.create(actor, body.code, body.name, body.template, publish=body.publish)
    response.headers["Location"] = f"/api/v1/labels/{quote(body.code, safe='')}"
    return _answer(made)


@router.get("/labels", summary="All templates")
def find(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - signed in is enough
    q: Search = None,
    active: bool | None = True,
    after: After = None,
    limit: Limit = 100,
) -> LabelPage:
    """List the templates in the order of their codes; those out of use with `active=false`."""
    page = system.labels.find(text=q, active=active, after=after, limit=limit)
    return LabelPage(labels=[LabelSummary.model_validate(_summary(one)) for one in page.rows], next=page.next)


@router.get("/labels/{code:path}/versions", summary="Versions of a template")
def versions(code: CodeInPath, system: SystemDep, actor: ActorDep) -> VersionsOut:  # noqa: ARG001 - signed in is enough
    """List every published version, newest first."""
    return VersionsOut(versions=[_version(one) for one in system.labels.versions(code)])


@router.put("/labels/{code:path}/draft", summary="Save a draft")
def save_draft(code: CodeInPath, body: DraftBody, system: SystemDep, actor: ActorDep) -> LabelOut:
    """Save what was drawn on top of a version, however incomplete it is.

    409 `publish_conflict` or `draft_conflict` name who was faster, and when.
    """
    system.labels.save_draft(actor, code, body.base, body.template, body.revision)
    return _answer(system.labels.get(code))


@router.delete("/labels/{code:path}/draft", status_code=204, summary="Drop a draft")
def discard_draft(code: CodeInPath, system: SystemDep, actor: ActorDep) -> None:
    """Go back to the version in force."""
    system.labels.discard_draft(actor, code)


@router.post("/labels/{code:path}:publish", summary="Publish the draft")
def publish(code: CodeInPath, body: PublishBody, system: SystemDep, actor: ActorDep) -> LabelOut:
    """Make the next version of the draft; 409 `publish_conflict` names who published meanwhile, and when."""
    system.labels.publish(actor, code, body.base, body.note)
    return _answer(system.labels.get(code))


@router.post("/labels/{code:path}:restore", summary="Take up an earlier version")
def restore(code: CodeInPath, body: RestoreBody, system: SystemDep, actor: ActorDep) -> LabelOut:
    """Make a draft of an earlier version; it is in force again once it is published."""
    system.labels.restore(actor, code, body.version)
    return _answer(system.labels.get(code))


@router.post("/labels/{code:path}:render", summary="Render labels", response_class=Response, responses=BYTES)
def render(code: CodeInPath, body: RenderBody, system: SystemDep, actor: ActorDep) -> Response:
    """Render labels as a file, without printing or logging them.

    Everything is checked first: 422 `label_cannot_print` names every reason with its item.
    """
    made = system.labels.render(
        actor, code, [named(one) for one in body.items], body.records, body.format, body.dpi,
        version=body.version, start=body.start, on_sheets=body.sheet is not False, copies=body.copies,
    )  # fmt: skip
    shown = f"inline; filename*=UTF-8''{quote(made.name, safe='')}"
    chunks: Iterator[bytes] = made.chunks
    return StreamingResponse(chunks, media_type=made.media_type, headers={"content-disposition": shown})


@router.get("/labels/{code:path}", summary="One template")
def get(
    code: CodeInPath,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - signed in is enough
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="What this version was.")] = None,
) -> LabelOut:
    """Show a template as it is on the board: its draft, else the version in force; or one version as it was."""
    label = system.labels.get(code)
    answer = _answer(label)
    if version is None:
        return answer
    template = dict(system.labels.version(code, version))
    return answer.model_copy(update={"template": template, **_size(template)})


@router.put("/labels/{code:path}", summary="Change a template's name")
def change(code: CodeInPath, body: LabelChange, system: SystemDep, actor: ActorDep) -> LabelOut:
    """Rename a template, or take it out of use or back into it."""
    return _answer(system.labels.change(actor, code, name=body.name, active=body.active))


@router.delete("/labels/{code:path}", status_code=204, summary="Take a template out of use")
def delete(code: CodeInPath, system: SystemDep, actor: ActorDep) -> None:
    """Take a template out of use; what was printed with it still names it, so it is never gone."""
    system.labels.change(actor, code, active=False)
