"""Importing records of forms from spreadsheets, and exporting them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, File, Form, Query, Request, Response, UploadFile

from mazhi.engines.forms.exchange.importing import Guess
from mazhi.engines.forms.exchange.model import Request as ImportRequest
from mazhi.engines.forms.exchange.targets import NUMBER, Target
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.spreadsheets.writing import XLSX
from mazhi.kernel.texts import Language
from mazhi.web import language
from mazhi.web.api.forms import App, FormCode
from mazhi.web.api.items import JobStarted
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.exchange_shapes import (
    RecordColumn,
    RecordExportBody,
    RecordGuess,
    RecordImportBody,
    RecordSheet,
    RecordTarget,
)

router = APIRouter(tags=["records"])


@router.post("/apps/{app}/forms/{form}/records:import-guess", summary="Look at a file of records")
def guess(
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    *,
    file: Annotated[UploadFile | None, File(description="An xlsx or csv file.")] = None,
    sheet: Annotated[str, Form(max_length=200)] = "",
) -> RecordGuess:
    """Read a file's header and first rows, and guess what each column stands for."""
    if file is None:
        raise InvalidInputError("invalid_input", problems=[Problem("file_missing", {}, "/file")])
    name = (file.filename or "").replace("\0", "").encode("utf-8", "replace").decode()
    upload = system.record_imports.upload(actor, app, form, file.file, name)
    return _guess(system.record_imports.guess(actor, app, form, upload, sheet=sheet, language=_language(request)))


@router.get("/apps/{app}/forms/{form}/records:import-guess", summary="Look at an uploaded file of records again")
def guess_again(
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    app: App,
    form: FormCode,
    upload: Annotated[str, Query(max_length=64)],
    sheet: Annotated[str, Query(max_length=200)] = "",
    header_row: Annotated[int | None, Query(ge=1, le=2**20)] = None,
) -> RecordGuess:
    """The same for a file that was sent before, for another sheet or header row."""
    found = system.record_imports.guess(
        actor, app, form, upload, sheet=sheet, header_row=header_row, language=_language(request)
    )
    return _guess(found)


@router.post("/apps/{app}/forms/{form}/records:import", summary="Check or import a file of records", status_code=202)
def import_records(
    request: Request, system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: RecordImportBody
) -> JobStarted:
    """Check every row and name every fault; without ``dry_run`` bring the good ones in. A job does it.

    Its result counts what is added, changed, the same already, skipped and bad; its file holds the bad rows with
    their reasons.
    """
    wanted = ImportRequest(
        app=app, form=form, upload=body.upload, mapping=body.mapping, sheet=body.sheet, header_row=body.header_row,
        keys=body.keys, existing=body.existing, missing=body.missing, clear=body.clear, dry_run=body.dry_run,
        language=_language(request),
    )  # fmt: skip
    return JobStarted(job=system.record_imports.start(actor, wanted, client_key=body.client_key))


@router.get(
    "/apps/{app}/forms/{form}/records:import/template.xlsx",
    summary="The workbook of a form to fill in",
    response_class=Response,
)
def template(request: Request, system: SystemDep, actor: ActorDep, app: App, form: FormCode) -> Response:
    """Fetch an empty workbook with a column for each field, what can be chosen, and a sheet that explains it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        system.record_imports.template(actor, app, form, path, _language(request))
        content = path.read_bytes()
    return Response(content, media_type=XLSX, headers={"content-disposition": 'attachment; filename="template.xlsx"'})


@router.post("/apps/{app}/forms/{form}/records:export", summary="Export records", status_code=202)
def export(
    request: Request, system: SystemDep, actor: ActorDep, app: App, form: FormCode, body: RecordExportBody
) -> JobStarted:
    """Start an export of what a list shows; when its job is done, its file is at ``GET /jobs/{job}/file``."""
    job = system.record_exports.start(
        actor, app, form, body.format, filter_=body.filter, sort=body.sort, fields=body.fields,
        language=_language(request),
    )  # fmt: skip
    return JobStarted(job=job)


def _language(request: Request) -> Language:
    return language.choose(request.headers.get("accept-language", ""))


def _guess(found: Guess) -> RecordGuess:
    titles = {one.name: one.title for one in found.known}
    return RecordGuess(
        upload=found.upload, name=found.name, format=found.format, encoding=found.encoding, sheets=found.sheets,
        sheet=found.sheet, header_rows=[found.header.first, found.header.last],
        columns=[
            RecordColumn(number=one.number, letters=one.letters, name=one.name, target=found.mapping.get(one.name))
            for one in found.header.columns
        ],
        rows=found.samples, mapping=found.mapping, targets=[_target(one) for one in found.known],
        tables=[
            RecordSheet(table=one.table.title, sheet=one.sheet, join=titles.get(one.join, one.join))
            for one in found.tables
        ],
        keys=_keys(found),
    )  # fmt: skip


def _target(one: Target) -> RecordTarget:
    return RecordTarget(
        name=one.name, title=one.title, kind=one.field.kind if one.field else "",
        table=one.table.title if one.table else "", required=one.required, writable=one.writable, key=one.can_be_key,
    )  # fmt: skip


def _keys(found: Guess) -> list[str]:
    """Return by what records are probably found: their number, else a field that is unique."""
    mapped = set(found.mapping.values())
    unique = [one.name for one in found.known if one.can_be_key and one.field is not None and one.field.unique]
    return next(([name] for name in (NUMBER, *unique) if name in mapped), [])
