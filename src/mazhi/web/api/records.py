"""Records of forms: added, listed, changed and deleted, as their readers' rights allow."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from mazhi.engines.forms.records.rows import Record
from mazhi.kernel import clock
from mazhi.kernel.errors import NotFoundError, invalid
from mazhi.web.api.forms import App, FormCode
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.form_shapes import (
    NewRecord,
    NewRecords,
    RecordChange,
    RecordChangeOut,
    RecordHistory,
    RecordIds,
    RecordOut,
    RecordPage,
)
from mazhi.web.master_data import IfMatch, Limit, based_on, tag

router = APIRouter(tags=["records"])

RecordId = Annotated[int, Path(ge=1, le=2**63 - 1, description="The record's number.")]
Filter = Annotated[
    str | None,
    Query(
        max_length=20_000,
        description='JSON: {"and": […]}, {"or": […]} or {"field", "is", "value"}.',
        examples=['{"field": "serial", "is": "begins", "value": "RO26"}'],
    ),
]
Sort = Annotated[str | None, Query(max_length=100, description="The code of a field, after a minus downwards.")]

Expand = Annotated[
    str, Query(max_length=1_000, description="Codes of fields that link records, with commas between them.")
]


def _codes(expand: str) -> list[str]:
    return [code.strip() for code in expand.split(",") if code.strip()]


def record_out(record: Record) -> RecordOut:
    """Write one record."""
    return RecordOut(
        id=record.id, version=record.version, values=dict(record.values), states=dict(record.states),
        titles={key: {str(number): title for number, title in some.items()} for key, some in record.titles.items()},
        expanded={code: dict(some) for code, some in record.expanded.items()},
        deletable=record.deletable, created_at=clock.to_text(record.created_at), created_by=record.created_by,
        updated_at=clock.to_text(record.updated_at), updated_by=record.updated_by,
    )  # fmt: skip


def read_filter(raw: str | None) -> Any:
    """Read a filter as it stands in an address."""
    try:
        return None if raw is None else json.loads(raw)
    except (ValueError, RecursionError):
        raise invalid("/filter", "filter_not_a_condition") from None


@router.get("/apps/{app}/forms/{form}/records", summary="Records of a form")
def find(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    filter_: Annotated[Filter, Query(alias="filter")] = None,
    sort: Sort = None,
    after: Annotated[str | None, Query(max_length=5_000, description="The `next` of the page before.")] = None,
    limit: Limit = 100,
    expand: Expand = "",
) -> RecordPage:
    """List the records that a filter lets through and the reader may see; the newest first, or as sorted."""
    page = system.records.find(
        actor, app, form, filter_=read_filter(filter_), sort=sort, after=after, limit=limit, expand=_codes(expand)
    )
    return RecordPage(records=[record_out(one) for one in page.rows], next=page.next)


@router.post("/apps/{app}/forms/{form}/records", summary="Add a record", status_code=201)
def create(
    system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: NewRecord, response: Response
) -> RecordOut:
    """Add a record; every fault is named with its place."""
    (number,) = system.records.create(actor, app, form, [body.values], client_key=body.client_key)
    made = system.records.made(app, form, number)
    response.headers["Location"] = f"/api/v1/apps/{app}/forms/{form}/records/{number}"
    tag(response, made.version)
    return record_out(made)


@router.post("/apps/{app}/forms/{form}/records:batch", summary="Add many records", status_code=201)
def create_many(system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: NewRecords) -> RecordIds:
    """Add up to 1,000 records, all or none; every fault of every record is named."""
    return RecordIds(ids=system.records.create(actor, app, form, body.records, client_key=body.client_key))


@router.get("/apps/{app}/forms/{form}/records/{record}", summary="One record")
def get(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    record: RecordId,
    response: Response,
    expand: Expand = "",
) -> RecordOut:
    """Return a record as the reader may see it."""
    found = system.records.get(actor, app, form, [record], expand=_codes(expand))
    if not found:
        raise NotFoundError("unknown_record", item=str(record))
    tag(response, found[0].version)
    return record_out(found[0])


@router.patch("/apps/{app}/forms/{form}/records/{record}", summary="Change a record")
def change(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    record: RecordId,
    body: RecordChange,
    response: Response,
    if_match: IfMatch = None,
) -> RecordOut:
    """Change the fields that are named, of the version that was read (in the body, or as If-Match)."""
    system.records.change(actor, app, form, record, based_on(body.version, if_match), body.values)
    return get(system, actor, app, form, record, response)


@router.delete("/apps/{app}/forms/{form}/records/{record}", summary="Delete a record", status_code=204)
def delete(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    record: RecordId,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    if_match: IfMatch = None,
) -> None:
    """Take a record out of use; nothing of it is lost."""
    system.records.delete(actor, app, form, record, based_on(version, if_match))


@router.get("/apps/{app}/forms/{form}/records/{record}/history", summary="What was changed in a record")
def history(system: SystemDep, actor: ActorDep, app: App, form: FormCode, record: RecordId) -> RecordHistory:
    """Return what was changed, newest first; of fields that the reader does not see whole nothing is told."""
    changes = system.records.history(actor, app, form, record)
    return RecordHistory(
        changes=[
            RecordChangeOut(
                version=one.version, at=clock.to_text(one.at), by=one.by, action=one.action, fields=dict(one.fields)
            )
            for one in changes
        ]
    )
