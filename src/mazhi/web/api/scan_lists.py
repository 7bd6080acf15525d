"""Scan lists: the content of a field that is scanned into, one answer for each scan."""

from __future__ import annotations

from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated, Literal, get_args

from fastapi import APIRouter, File, Form, Path, Query, Request, Response, UploadFile

from mazhi.engines.forms.scan_lists.export import export
from mazhi.kernel.errors import invalid
from mazhi.kernel.spreadsheets.writing import MEDIA_TYPES
from mazhi.web import language
from mazhi.web.answers import answer
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import Limit
from mazhi.web.scan_list_shapes import (
    UUID,
    Answer,
    ClientKey,
    ListScanAnswer,
    ListScanBody,
    MissingItem,
    MissingPage,
    ScanBatchBody,
    ScanBatchOut,
    ScanLineOut,
    ScanLinePage,
    ScanListBody,
    ScanListChange,
    ScanListOut,
    ScanListsOut,
    UndoBody,
    batch_out,
    line_body,
    list_out,
)

router = APIRouter(prefix="/scan-lists", tags=["scan lists"])

ListId = Annotated[str, Path(max_length=64, examples=[UUID])]
Line = Annotated[int | None, Query(ge=0, le=2**63 - 1, description="The `next` of the page before.")]
_COPIED = 1 << 20


@router.post("", summary="Open a scan list", status_code=201)
def open_list(body: ScanListBody, system: SystemDep, actor: ActorDep) -> ScanListOut:
    """Open a list for a field that is filled in; all who change one record scan into the same."""
    view = system.scan_lists.open(
        actor, f"{body.app}/{body.form}", body.field, record=body.record, values=body.values, shared=body.shared
    )
    return list_out(view)


@router.get("", summary="Scan lists by their ids")
def look(
    system: SystemDep,
    actor: ActorDep,
    ids: Annotated[str, Query(max_length=5_000, description="Separated by commas.", examples=[UUID])],
) -> ScanListsOut:
    """Return how far some lists are; those that the reader may not see are missing."""
    wanted = [one for one in ids.split(",") if one.isprintable() and one][:100]
    return ScanListsOut(lists=[list_out(one) for one in system.scan_lists.look(actor, wanted)])


@router.patch("/{list_id}", summary="Say what stands around a scan list")
def change(list_id: ListId, body: ScanListChange, system: SystemDep, actor: ActorDep) -> ScanListOut:
    """Note what now stands in the other fields of the form; lines that are there stay until the record is saved."""
    return list_out(system.scan_lists.set_values(actor, list_id, body.values, shared=body.shared))


@router.post("/{list_id}/scans", summary="Scan into a list", response_model=ListScanAnswer)
def scan(list_id: ListId, body: ListScanBody, request: Request, system: SystemDep, actor: ActorDep) -> Response:
    """Answer one scan: right, wrong with the reason and what to do, or there already."""
    found = system.scan_lists.scan(actor, list_id, body.raw, body.symbology, body.client_key)
    line = line_body(found.line, language.choose(request.headers.get("accept-language", "")))
    said = "right" if line["answer"] in {"box", "undone"} else line["answer"]
    told = {name: line[name] for name in ("code", "message", "advice")}
    return answer({"answer": said, **told, "done": found.done, "expected": found.expected, "line": line})


@router.post("/{list_id}/scans:batch", summary="Paste into a list")
def paste(list_id: ListId, body: ScanBatchBody, system: SystemDep, actor: ActorDep) -> ScanBatchOut:
    """Take up to 100,000 codes at once; what was not taken is among the lines, each with its reason."""
    if (body.codes is None) == (body.text is None):
        raise invalid("/codes", "field_missing", field="codes")
    if body.text is not None:
        return batch_out(system.scan_lists.paste(actor, list_id, body.text, body.client_key))
    return batch_out(system.scan_lists.batch(actor, list_id, body.codes or [], body.client_key))


@router.post("/{list_id}/files", summary="Send a file into a list")
def send(
    list_id: ListId,
    system: SystemDep,
    actor: ActorDep,
    file: Annotated[UploadFile, File(description="xlsx, csv, or a text with a code on each line.")],
    column: Annotated[str | None, Form(max_length=200, description="Its title; missing: the first column.")] = None,
    client_key: Annotated[ClientKey | None, Form()] = None,
) -> ScanBatchOut:
    """Take the codes of one column of a file."""
    with TemporaryDirectory() as folder:
        path = FilePath(folder) / "codes"
        with path.open("wb") as target:
            while part := file.file.read(_COPIED):
                target.write(part)
        return batch_out(system.scan_lists.file(actor, list_id, path, column or None, client_key))


@router.post("/{list_id}/undo", summary="Take lines of a list back")
def undo(list_id: ListId, body: UndoBody, system: SystemDep, actor: ActorDep) -> ScanListOut:
    """Take lines back, a box with what came out of it; or every line that was answered in some way."""
    if bool(body.lines) == bool(body.answers):
        raise invalid("/lines", "field_missing", field="lines")
    if body.lines:
        return list_out(system.scan_lists.undo(actor, list_id, body.lines))
    return list_out(system.scan_lists.clear(actor, list_id, body.answers))


@router.get("/{list_id}/lines", summary="Lines of a list")
def lines(
    list_id: ListId,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    answers: Annotated[list[Answer] | None, Query(description="Missing: all.")] = None,
    after: Line = None,
    order: Annotated[Literal["newest", "oldest"], Query()] = "newest",
    scans: Annotated[bool, Query(description="Leave out what came out of boxes.")] = False,
    limit: Limit = 100,
) -> ScanLinePage:
    """List lines with what they lead to now."""
    lang = language.choose(request.headers.get("accept-language", ""))
    chosen = {*(answers or get_args(Answer))}
    if "right" in chosen:
        chosen.add("box")
    page = system.scan_lists.lines(
        actor, list_id, sorted(chosen), after=after, newest=order == "newest", scans=scans, limit=limit
    )
    shown = [ScanLineOut.model_validate(line_body(one, lang)) for one in page.rows]
    return ScanLinePage(lines=shown, next=page.next)


@router.get("/{list_id}/missing", summary="What should come and was not scanned")
def missing(list_id: ListId, system: SystemDep, actor: ActorDep, after: Line = None, limit: Limit = 100) -> MissingPage:
    """List what another record's list says should come and does not stand in this one."""
    page = system.scan_lists.missing(actor, list_id, after=after or 0, limit=limit)
    return MissingPage(items=[MissingItem.model_validate(one) for one in page.rows], next=page.next)


@router.get("/{list_id}/export", summary="A list as a spreadsheet", response_class=Response)
def export_list(
    list_id: ListId,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    answers: Annotated[list[Answer] | None, Query(description="Missing: those that count.")] = None,
    format_: Annotated[Literal["xlsx", "csv"], Query(alias="format")] = "xlsx",
) -> Response:
    """Fetch the lines of a list as a spreadsheet."""
    lang = language.choose(request.headers.get("accept-language", ""))
    with TemporaryDirectory() as folder:
        path = FilePath(folder) / f"scans.{format_}"
        export(system.scan_lists, actor, list_id, path, format_, answers or ["right"], lang)
        content = path.read_bytes()
    shown = f'attachment; filename="scans.{format_}"'
    return Response(content, media_type=MEDIA_TYPES[format_], headers={"content-disposition": shown})
