"""Public links to forms, and the forms behind them: the only routes here that ask for no sign-in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from mazhi.engines.forms.declaring import declaration
from mazhi.engines.forms.sharing.model import Link
from mazhi.engines.forms.sharing.service import LinkBody
from mazhi.kernel import clock
from mazhi.web.api.forms import App, FormCode
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.talk_shapes import (
    FormLinkBody,
    FormLinkChange,
    FormLinkMade,
    FormLinkOut,
    FormLinks,
    PublicEntry,
    PublicForm,
    PublicOption,
    PublicOptions,
    PublicThanks,
)

router = APIRouter(tags=["public links"])

Token = Annotated[str, Path(max_length=100, description="The secret of the link.")]
LinkId = Annotated[int, Path(ge=1, le=2**63 - 1, description="The link's number.")]


@router.get("/apps/{app}/forms/{form}/links", summary="Public links of a form")
def links(system: SystemDep, actor: ActorDep, app: App, form: FormCode) -> FormLinks:
    """List the public links of a form, newest first."""
    return FormLinks(links=[_out(one) for one in system.form_links.all(actor, app, form)])


@router.post("/apps/{app}/forms/{form}/links", summary="Make a public link", status_code=201)
def create(system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: FormLinkBody) -> FormLinkMade:
    """Make a public link; its path is told this once, only a hash of it is kept."""
    made, token = system.form_links.create(actor, app, form, _body(body))
    return FormLinkMade(**_out(made).model_dump(), path=f"/p/{token}")


@router.put("/apps/{app}/forms/{form}/links/{link}", summary="Change a public link")
def change(
    system: SystemDep, actor: ActorDep, app: App, form: FormCode, link: LinkId, body: FormLinkChange
) -> FormLinkOut:
    """Change a public link; switched off, it is closed at once."""
    return _out(system.form_links.change(actor, app, form, link, body.version, _body(body)))


@router.get("/public/forms/{token}", summary="A form behind a link")
def open_form(request: Request, system: SystemDep, token: Token) -> PublicForm:
    """Return the form that a link shows. Nobody need be signed in; nothing but the form is told."""
    found = system.public_forms.open(token, _address(request))
    used = {one.kind for one in found.form.walk()}
    return PublicForm(
        title=found.title, fields=found.form.body()["fields"], lookups=list(found.link.lookups), ticket=found.ticket,
        kinds=[kind for kind in declaration()["kinds"] if kind["name"] in used],
    )  # fmt: skip


@router.post("/public/forms/{token}/records", summary="Fill in a form behind a link", status_code=201)
def submit(request: Request, system: SystemDep, token: Token, body: PublicEntry) -> PublicThanks:
    """Write a record. The token stands in the path and nothing else tells who sends, so no other site can use it."""
    thanks = system.public_forms.submit(
        token, body.values, client_key=body.client_key, opened_at=body.ticket, trap=body.website,
        address=_address(request),
    )  # fmt: skip
    return PublicThanks(thanks=thanks)


@router.get("/public/forms/{token}/options", summary="What can be chosen in a form behind a link")
def options(
    request: Request, system: SystemDep, token: Token, field: Annotated[str, Query(max_length=64)],
    text: Annotated[str, Query(max_length=64)] = "",
) -> PublicOptions:  # fmt: skip
    """Look up what begins with a text, in a field for which the link allows it."""
    found = system.public_forms.options(token, field, text, _address(request))
    return PublicOptions(options=[PublicOption(code=code, name=name) for code, name in found])


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _body(body: FormLinkBody) -> LinkBody:
    return LinkBody(
        name=body.name, role=body.role, fields=body.fields, lookups=body.lookups,
        expires_at=None if body.expires_at is None else clock.to_micros(body.expires_at), most=body.most,
        thanks=body.thanks, active=body.active,
    )  # fmt: skip


def _out(link: Link) -> FormLinkOut:
    return FormLinkOut(
        id=link.id, name=link.name, role=link.role, fields=list(link.fields), lookups=list(link.lookups),
        expires_at=None if link.expires_at is None else clock.to_datetime(link.expires_at), most=link.most,
        used=link.used, active=link.active, open=link.open(clock.now()), thanks=link.thanks,
        created_at=clock.to_text(link.created_at), created_by=link.created_by, version=link.version,
    )  # fmt: skip
