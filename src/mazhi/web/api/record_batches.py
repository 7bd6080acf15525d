"""Many records at once: changed, checked, deleted; and those that are deleted, taken into use again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from mazhi.kernel import clock
from mazhi.kernel.errors import NotFoundError, Problem, invalid
from mazhi.kernel.texts import Language
from mazhi.web import language, problems
from mazhi.web.api.forms import App, FormCode
from mazhi.web.api.records import RecordId, record_out
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.form_shapes import RecordOut
from mazhi.web.master_data import Limit, tag
from mazhi.web.record_shapes import (
    DeletedRecord,
    DeletedRecords,
    RecordChanges,
    RecordOutcome,
    RecordRefusal,
    RecordsToCheck,
    RecordsToDelete,
    RecordVerdict,
)

router = APIRouter(tags=["records"])


def _refusal(place: int, found: Iterable[Problem], lang: Language) -> RecordRefusal:
    return RecordRefusal(place=place, errors=[problems.entry(problem, lang) for problem in found])


def _language(request: Request) -> Language:
    return language.choose(request.headers.get("accept-language", ""))


@router.patch("/apps/{app}/forms/{form}/records:batch", summary="Change many records")
def change_many(
    request: Request, system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: RecordChanges
) -> RecordOutcome:
    """Change up to 1,000 records, all or none; with `good_only` the good ones, and why each other is refused."""
    changes = [(one.id, one.version, one.values) for one in body.changes]
    found = system.records.change_many(actor, app, form, changes, client_key=body.client_key, good_only=body.good_only)
    lang = _language(request)
    return RecordOutcome(ids=found.done, refused=[_refusal(one.place, one.problems, lang) for one in found.refused])


@router.post("/apps/{app}/forms/{form}/records:check", summary="Check records without saving")
def check(
    request: Request, system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: RecordsToCheck
) -> RecordVerdict:
    """Say which of up to 1,000 records would be refused, and every reason."""
    if body.ids is not None and len(body.ids) != len(body.records):
        raise invalid("/ids", "records_not_as_many", records=len(body.records), ids=len(body.ids))
    found = system.records.check(actor, app, form, body.records, numbers=body.ids)
    lang = _language(request)
    return RecordVerdict(refused=[_refusal(place, faults, lang) for place, faults in enumerate(found) if faults])


@router.post("/apps/{app}/forms/{form}/records:delete", summary="Delete many records", status_code=204)
def delete_many(system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: RecordsToDelete) -> None:
    """Take up to 1,000 records out of use, all or none; nothing of them is lost."""
    system.records.delete_many(actor, app, form, [(one.id, one.version) for one in body.records])


@router.get("/apps/{app}/forms/{form}/records:deleted", summary="Deleted records")
def deleted(
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    after: Annotated[str | None, Query(max_length=200, description="The `next` of the page before.")] = None,
    limit: Limit = 100,
) -> DeletedRecords:
    """List the deleted records that the reader may delete, those deleted last first."""
    page = system.records.deleted(actor, app, form, after=after, limit=limit)
    return DeletedRecords(
        records=[
            DeletedRecord(
                record=record_out(one.record), deleted_at=clock.to_text(one.deleted_at), deleted_by=one.deleted_by
            )
            for one in page.rows
        ],
        next=page.next,
    )


@router.post("/apps/{app}/forms/{form}/records/{record}:restore", summary="Take a deleted record into use again")
def restore(
    system: SystemDep, actor: ActorDep, app: App, form: FormCode, record: RecordId, response: Response
) -> RecordOut:
    """Take a deleted record into use again, as it was; 409 names a unique value that stands elsewhere by now."""
    system.records.restore(actor, app, form, [record])
    found = system.records.get(actor, app, form, [record])
    if not found:
        raise NotFoundError("unknown_record", item=str(record))
    tag(response, found[0].version)
    return record_out(found[0])
