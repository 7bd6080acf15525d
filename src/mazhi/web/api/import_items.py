"""Importing items from spreadsheets: guess, dry run, import, and the bad rows as a file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Form, Path, Query, Request, Response, UploadFile
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from mazhi.kernel.access.model import Actor
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.importing.fields import FIELDS
from mazhi.kernel.importing.model import Fault, ImportRequest, Report
from mazhi.kernel.importing.report import advise, say
from mazhi.kernel.importing.service import Guess, report_body
from mazhi.kernel.spreadsheets.writing import XLSX
from mazhi.kernel.texts import Language
from mazhi.web import language
from mazhi.web.api.items import JobStarted
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["import"])

Upload = Annotated[UploadFile | None, File(description="An xlsx or csv file; or name an earlier upload instead.")]
UploadId = Annotated[str | None, Form(max_length=64, description="What an earlier guess or check called the file.")]
Sheet = Annotated[str | None, Form(max_length=200, description="Which sheet; missing: the first visible one.")]
HeaderRow = Annotated[int | None, Form(ge=1, le=2**20, description="The header's last row; missing: found by itself.")]
Mapping_ = Annotated[
    str | None,
    Form(
        max_length=100_000,
        description="JSON: column (title, letter or number from 1) → field; empty field: not imported. "
        "Missing: guessed from the titles.",
        examples=['{"机身编码":"code","型号":"product","仓位":"place"}'],
    ),
]


class BadCell(BaseModel):
    """One thing that is wrong with one row."""

    row: int
    column: str = Field(description="The column's title; empty where the whole row is meant.")
    code: str
    message: str
    advice: str
    field: str
    cell: str = Field(examples=["B18"])
    value: str
    suggestion: str | None = Field(description="What was probably meant.")


class ImportOut(BaseModel):
    """What came of a check or an import; ``bad`` lists at the most 10,000 of ``bad_count`` faults."""

    rows: int
    good: int
    bad: list[BadCell]
    bad_rows: int
    bad_count: int
    by_code: dict[str, int]
    cleaned: int = Field(description="Cells in which invisible or full-width signs were put right.")
    imported: int
    events: list[int]
    upload: str = Field(description="Names the file for the next request, so that it need not be sent again.")
    report: str | None = Field(description="The bad rows as a file: GET /items:import/{report}/bad.xlsx")


class FieldOut(BaseModel):
    """A field that a column may fill."""

    name: str
    zh: str
    en: str
    needed: bool
    kind: str


class ColumnOut(BaseModel):
    """A column of the file."""

    number: int
    letters: str
    name: str
    field: str | None = Field(description="Which field it probably is.")


class GuessOut(BaseModel):
    """What a file looks like, and which column is probably what."""

    upload: str
    name: str
    format: str
    encoding: str
    sheets: list[str]
    sheet: str
    header_rows: list[int] = Field(description="The first and the last row of the header.")
    headers: list[str]
    columns: list[ColumnOut]
    rows: list[list[str]] = Field(description="The first rows, as texts.")
    mapping: dict[str, str]
    fields: list[FieldOut]


@router.post("/items:import-guess", summary="Look at a file")
def guess(
    system: SystemDep,
    actor: ActorDep,
    *,
    file: Upload = None,
    upload: UploadId = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
) -> GuessOut:
    """Read a file's header and first rows, and guess which column is which field."""
    return _guess_out(
        system.importing.guess(actor, _stored(system, actor, file, upload), sheet=sheet, header_row=header_row)
    )


@router.get("/items:import-guess", summary="Look at an uploaded file again")
def guess_again(
    system: SystemDep,
    actor: ActorDep,
    upload: Annotated[str, Query(max_length=64)],
    sheet: Annotated[str | None, Query(max_length=200)] = None,
    header_row: Annotated[int | None, Query(ge=1, le=2**20)] = None,
) -> GuessOut:
    """The same for a file that was sent before, for another sheet or header row."""
    return _guess_out(system.importing.guess(actor, upload, sheet=sheet, header_row=header_row))


@router.post(
    "/items:import",
    summary="Check or import a file of items",
    responses={202: {"model": JobStarted, "description": "A large file: a job does it; its result is the same."}},
)
def import_items(
    request: Request,
    response: Response,
    system: SystemDep,
    actor: ActorDep,
    *,
    file: Upload = None,
    upload: UploadId = None,
    mapping: Mapping_ = None,
    defaults: Annotated[
        str | None, Form(max_length=100_000, description="JSON: field → value for rows that have none.")
    ] = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    dry_run: Annotated[bool, Form(description="Only check; nothing is stored.")] = False,
    mode: Annotated[
        Literal["partial", "all"], Form(description="partial: import the good rows; all: only if every row is good.")
    ] = "partial",
    document: Annotated[str, Form(max_length=200)] = "",
    client_key: Annotated[str | None, Form(min_length=1, max_length=200)] = None,
) -> ImportOut | JobStarted:
    """Check every row of a file and name every fault; without ``dry_run`` import the good rows."""
    lang = _language(request)
    wanted = ImportRequest(
        upload=_stored(system, actor, file, upload),
        mapping=None if mapping is None or not mapping.strip() else _object("mapping", mapping),
        defaults=_object("defaults", defaults) if defaults and defaults.strip() else {},
        sheet=sheet or None,
        header_row=header_row,
        dry_run=dry_run,
        mode=mode,
        document=_plain(document),
        client_key=_plain(client_key) if client_key else None,
        language=lang,
    )
    found = system.importing.run(actor, wanted)
    if isinstance(found, Report):
        return ImportOut.model_validate({**spoken(report_body(found), lang), "upload": wanted.upload})
    response.status_code = 202
    return JobStarted(job=found)


@router.get("/items:import/template.xlsx", summary="The workbook to fill in", response_class=Response)
def template(request: Request, system: SystemDep, _: ActorDep) -> Response:
    """Fetch an empty workbook with a column for each field."""
    with TemporaryDirectory() as folder:
        path = FilePath(folder) / "template.xlsx"
        system.importing.template(path, _language(request))
        content = path.read_bytes()
    return Response(content, media_type=XLSX, headers={"content-disposition": 'attachment; filename="template.xlsx"'})


@router.get("/items:import/{report}/bad.xlsx", summary="The bad rows of a check", response_class=FileResponse)
def bad_rows(report: Annotated[str, Path(max_length=64)], system: SystemDep, actor: ActorDep) -> FileResponse:
    """Fetch the bad rows with their reasons; correct them there and import the file as it is."""
    stored = system.importing.bad_rows(actor, report)
    return FileResponse(system.jobs.files.path(stored), media_type=stored.media_type, filename=stored.name)


def spoken(result: Mapping[str, Any], lang: Language) -> dict[str, Any]:
    """Return an import's result with the message of every fault in the reader's language."""
    bad = []
    for one in result["bad"]:
        fault = Fault(**one)
        kept = {name: value for name, value in one.items() if name != "params"}
        bad.append({**kept, "message": say(fault, lang), "advice": advise(fault, lang)})
    return {**result, "bad": bad}


def _stored(system: SystemDep, actor: Actor, file: UploadFile | None, upload: str | None) -> str:
    if file is not None:
        return system.importing.upload(actor, file.file, _plain(file.filename or ""))
    if not upload:
        raise InvalidInputError("invalid_input", problems=[Problem("file_missing", {}, "/file")])
    return upload


def _object(name: str, text: str) -> dict[str, str]:
    """Read a form field that holds a JSON object of texts."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    # An escaped NUL or half a surrogate pair is good JSON, but no text that could be stored.
    if not isinstance(found, dict) or not _storable(json.dumps(found, ensure_ascii=False)):
        raise InvalidInputError("invalid_input", problems=[Problem("not_a_json_object", {"field": name}, f"/{name}")])
    return {str(key): "" if value is None else str(value) for key, value in found.items()}


def _plain(text: str) -> str:
    return text.replace("\0", "").encode("utf-8", "replace").decode()


def _storable(text: str) -> bool:
    return "\\u0000" not in text and not any("\ud800" <= sign <= "\udfff" for sign in text)


def _language(request: Request) -> Language:
    return language.choose(request.headers.get("accept-language", ""))


def _guess_out(found: Guess) -> GuessOut:
    return GuessOut(
        upload=found.upload,
        name=found.name,
        format=found.format,
        encoding=found.encoding,
        sheets=found.sheets,
        sheet=found.sheet,
        header_rows=[found.header.first, found.header.last],
        headers=[column.name for column in found.header.columns],
        columns=[
            ColumnOut(number=one.number, letters=one.letters, name=one.name, field=found.mapping.get(one.name))
            for one in found.header.columns
        ],
        rows=found.samples,
        mapping=found.mapping,
        fields=[
            FieldOut(name=field.name, zh=field.zh, en=field.en, needed=field.needed, kind=field.kind)
            for field in FIELDS.values()
        ],
    )
