"""Scan steps: what should be scanned, one answer for each scan, and what is let pass."""

from __future__ import annotations

from typing import Annotated, get_args

from fastapi import APIRouter, Path, Query, Request, Response

from mazhi.web import language
from mazhi.web.answers import answer
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import Limit
from mazhi.web.task_scan_shapes import (
    Answer,
    TaskScanAnswer,
    TaskScanBody,
    TaskScanLine,
    TaskScanOverrideBody,
    TaskScanPage,
    TaskScanState,
    TaskScanUndoBody,
    line_body,
    said_body,
    state_body,
)

router = APIRouter(prefix="/tasks/{task}", tags=["tasks"])

TaskId = Annotated[int, Path(ge=1, le=2**63 - 1, examples=[17])]
After = Annotated[int | None, Query(ge=0, le=2**63 - 1, description="The `next` of the page before.")]


@router.get("/scan", summary="How far a scan step is", response_model=TaskScanState)
def look(
    task: TaskId,
    system: SystemDep,
    actor: ActorDep,
    after: After = None,
    open_only: Annotated[bool, Query(alias="open", description="Only lines of which something is missing.")] = False,
    limit: Limit = 500,
) -> Response:
    """Return what should be scanned and how much of it is there; all who scan see one counter."""
    view = system.task_scans.look(actor, task, after=after or 0, open_only=open_only, limit=limit)
    return answer(state_body(view))


@router.get("/scans", summary="What was scanned in a step")
def scans(
    task: TaskId,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    after: After = None,
    answers: Annotated[list[Answer] | None, Query(alias="answer", description="Missing: all.")] = None,
    limit: Limit = 100,
) -> TaskScanPage:
    """List scans, the newest first, with what they lead to now."""
    lang = language.choose(request.headers.get("accept-language", ""))
    chosen = {*(answers or get_args(Answer))}
    page = system.task_scans.lines(
        actor, task, chosen | {"box"} if "right" in chosen else chosen, after=after, limit=limit
    )
    shown = [TaskScanLine.model_validate(line_body(one, lang)) for one in page.rows]
    return TaskScanPage(scans=shown, next=page.next)


@router.post("/scans", summary="Scan into a step", response_model=TaskScanAnswer)
def scan(task: TaskId, body: TaskScanBody, request: Request, system: SystemDep, actor: ActorDep) -> Response:
    """Answer one scan: right, wrong with the reason and what to do, or there already; a key is answered once."""
    said = system.task_scans.scan(
        actor, task, body.raw, body.symbology, quantity=body.quantity, client_key=body.client_key, manual=body.manual
    )
    return answer(said_body(said, language.choose(request.headers.get("accept-language", ""))))


@router.post("/scans:undo", summary="Take a scan back", response_model=TaskScanState)
def undo(task: TaskId, body: TaskScanUndoBody, system: SystemDep, actor: ActorDep) -> Response:
    """Take a scan back, a box with what came out of it; the answer is how far the step is, without its lines."""
    return answer(state_body(system.task_scans.undo(actor, task, body.seq, client_key=body.client_key)))


@router.post("/scans:override", summary="Let something pass", response_model=TaskScanState)
def override(task: TaskId, body: TaskScanOverrideBody, system: SystemDep, actor: ActorDep) -> Response:
    """Let pass what a step refuses, with a reason that stands in the trail; what the posting refuses never passes."""
    view = system.task_scans.override(actor, task, body.kind, body.reason, seq=body.seq, client_key=body.client_key)
    return answer(state_body(view))
