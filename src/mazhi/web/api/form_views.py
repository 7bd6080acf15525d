"""Views of forms: saved, shared, and records counted and added up in groups."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from mazhi.engines.forms.records.grouping import Group
from mazhi.engines.forms.views.model import View
from mazhi.kernel import clock
from mazhi.web.api.forms import App, FormCode
from mazhi.web.api.records import Filter, read_filter
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.form_view_shapes import FormViewBody, FormViewChange, FormViewOut, FormViews, RecordGroup, RecordGroups
from mazhi.web.master_data import IfMatch, based_on, tag

router = APIRouter(tags=["form views"])

ViewId = Annotated[str, Path(max_length=36, description="The view's UUID.")]


def _out(view: View) -> FormViewOut:
    return FormViewOut.model_validate(
        {
            **view.body,
            "id": view.id, "name": view.name, "kind": view.kind, "shared": view.shared, "default": view.default,
            "version": view.version, "updated_at": clock.to_text(view.updated_at), "updated_by": view.updated_by,
            "left_out": [{"title": one.title, "why": one.why} for one in view.left_out],
        }
    )  # fmt: skip


@router.get("/apps/{app}/forms/{form}/views", summary="Views of a form")
def find_views(system: SystemDep, actor: ActorDep, app: App, form: FormCode) -> FormViews:
    """List the shared views and the reader's own; what is gone or hidden is left out of each, and said."""
    found = system.form_views.views(actor, app, form)
    return FormViews(views=[_out(one) for one in found.views], hidden=found.hidden, partial=found.partial)


@router.post("/apps/{app}/forms/{form}/views", summary="Save a new view", status_code=201)
def add_view(
    system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: FormViewBody, response: Response
) -> FormViewOut:
    """Save a view for oneself, or for all who may see the form; it never widens what they may see."""
    made = system.form_views.create(actor, app, form, body.model_dump())
    response.headers["Location"] = f"/api/v1/apps/{app}/forms/{form}/views/{made.id}"
    tag(response, made.version)
    return _out(made)


@router.put("/apps/{app}/forms/{form}/views/{view}", summary="Save a view")
def change_view(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    view: ViewId,
    body: FormViewChange,
    response: Response,
    if_match: IfMatch = None,
) -> FormViewOut:
    """Save a view as it is now, of the version that was read; 409 names who saved it meanwhile, and when."""
    version = based_on(body.version, if_match)
    saved = system.form_views.change(actor, app, form, view, version, body.model_dump())
    tag(response, saved.version)
    return _out(saved)


@router.delete("/apps/{app}/forms/{form}/views/{view}", summary="Delete a view", status_code=204)
def delete_view(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    view: ViewId,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    if_match: IfMatch = None,
) -> None:
    """Delete a view; no record changes by it."""
    system.form_views.delete(actor, app, form, view, based_on(version, if_match))


def _group(group: Group) -> RecordGroup:
    return RecordGroup(
        value=group.value, title=group.title, filter=dict(group.filter), count=group.count,
        totals=dict(group.totals), groups=[_group(one) for one in group.groups],
    )  # fmt: skip


@router.get("/apps/{app}/forms/{form}/records:groups", summary="Records counted and added up in groups")
def groups(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    by: Annotated[
        str | None,
        Query(
            max_length=200,
            description="One or two fields, after a minus downwards, of dates with day, week, month or year.",
            examples=["state,-made:month"],
        ),
    ] = None,
    filter_: Annotated[Filter, Query(alias="filter")] = None,
    totals: Annotated[
        str | None,
        Query(
            max_length=2_000,
            description="Fields with sum, average, min, max or filled.",
            examples=["weight:sum,weight:average"],
        ),
    ] = None,
    after: Annotated[str | None, Query(max_length=5_000, description="The `next` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> RecordGroups:
    """Group the records that the filter lets through and the reader may see; without `by`, count all of them.

    `limit` counts the groups of the last level. A group of the first level always tells count and totals of all of
    it, also where it goes on on the next page.
    """
    found = system.grouping.groups(
        actor, app, form, by=by, filter_=read_filter(filter_), totals=totals, after=after, limit=limit
    )
    return RecordGroups(
        groups=[_group(one) for one in found.groups], next=found.next, count=found.count, totals=dict(found.totals)
    )
