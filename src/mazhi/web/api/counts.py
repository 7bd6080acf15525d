"""Count sessions: opened, scanned into, judged, counted again, approved and posted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from mazhi.kernel.counts.model import Decision, OpenRequest, ScanRequest, Unit
from mazhi.web import language
from mazhi.web.answers import answer
from mazhi.web.count_shapes import (
    CountBody,
    CountDecided,
    CountDecisionsBody,
    CountDetail,
    CountDifference,
    CountDifferencePage,
    CountGoodsOut,
    CountPage,
    CountPlacePage,
    CountPosted,
    CountScanBody,
    CountScanOut,
    CountScanPage,
    CountSheetPage,
    CountSummary,
    CountTotals,
    CountUndoBody,
    CountUndone,
    DifferenceKind,
    RecountBody,
    RecountOut,
    ScanAnswer,
    State,
    said,
)
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import Limit, Named

router = APIRouter(prefix="/counts", tags=["counts"])

Number = Annotated[str, Path(max_length=64, pattern="^[^\\x00]*$", examples=["PD000001"])]
After = Annotated[int | None, Query(ge=0, le=2**62, description="The `next` of the page before.")]


@router.get("", summary="Count sessions")
def page(
    system: SystemDep,
    actor: ActorDep,
    state: Annotated[list[State] | None, Query(description="Missing: all.")] = None,
    after: After = None,
    limit: Limit = 100,
) -> CountPage:
    """List sessions, the latest first."""
    found, more = system.counts.reading.page(actor, states=state or (), after=after, limit=limit)
    return CountPage.model_validate({"counts": found, "next": more})


@router.post("", summary="Open a count session", status_code=201)
def open_count(body: CountBody, system: SystemDep, actor: ActorDep) -> CountDetail:
    """Open a session: what stands in its places now is frozen as rows."""
    return CountDetail.model_validate(system.counts.open(actor, OpenRequest(**body.model_dump())))


@router.get("/{number}", summary="One count session")
def get(
    number: Number,
    system: SystemDep,
    actor: ActorDep,
    round_: Annotated[
        int | None, Query(alias="round", ge=1, le=2**31 - 1, description="Who counted in it; missing: the last one.")
    ] = None,
) -> CountDetail:
    """Return a session with its totals and who counted."""
    return CountDetail.model_validate(system.counts.reading.get(actor, number, round_=round_))


@router.get("/{number}/places", summary="How far the places of a count are")
def places(
    number: Number,
    system: SystemDep,
    actor: ActorDep,
    after: Annotated[str, Query(max_length=200, pattern="^[^\\x00]*$")] = "",
    limit: Limit = 100,
) -> CountPlacePage:
    """List the places where something is expected or was scanned, in the order of their codes."""
    found, more = system.counts.reading.places(actor, number, after=after, limit=limit)
    return CountPlacePage.model_validate({"places": found, "next": more})


@router.get("/{number}/goods", summary="What is expected at a place of a count")
def goods(
    number: Number,
    system: SystemDep,
    actor: ActorDep,
    place: Annotated[str, Query(max_length=200, pattern="^[^\\x00]*$", examples=["A-01"])],
) -> CountGoodsOut:
    """List what is expected and counted at one place, by product and batch."""
    return CountGoodsOut.model_validate({"goods": system.counts.reading.goods(actor, number, place)})


@router.get("/{number}/sheet", summary="What is to be counted, for paper")
def sheet(
    number: Number,
    system: SystemDep,
    actor: ActorDep,
    after: Annotated[str, Query(max_length=600, pattern="^[^\\x00]*$", description="The `next` before.")] = "",
    limit: Limit = 100,
) -> CountSheetPage:
    """List what is to be counted by place, product and batch; of a blind session without how many."""
    found, more = system.counts.reading.sheet(actor, number, after=after, limit=limit)
    return CountSheetPage.model_validate({"lines": found, "next": more})


@router.get("/{number}/summary", summary="Differences of a count by product")
def summary(number: Number, system: SystemDep, actor: ActorDep) -> CountSummary:
    """Sum the differences up by product, the largest first; value is quantity."""
    return CountSummary.model_validate({"products": system.counts.reading.summary(actor, number)})


@router.get("/{number}/scans", summary="What was scanned in a count")
def scans(
    number: Number,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    answers: Annotated[list[ScanAnswer] | None, Query(alias="answer", description="Missing: all.")] = None,
    place: Named = None,
    after: After = None,
    limit: Limit = 100,
) -> CountScanPage:
    """List scans, the latest first, each as it was answered."""
    lang = language.choose(request.headers.get("accept-language", ""))
    found, more = system.counts.reading.scans(
        actor, number, answers=answers or (), place=place, after=after, limit=limit
    )
    return CountScanPage.model_validate({"scans": [said(one, one["code"], lang) for one in found], "next": more})


@router.post("/{number}/scans", summary="Scan into a count", response_model=CountScanOut)
def scan(number: Number, body: CountScanBody, request: Request, system: SystemDep, actor: ActorDep) -> Response:
    """Answer one scan; a key is answered once. Scanning a place answers where the next scans are."""
    found = system.counts.scan(actor, number, ScanRequest(**body.model_dump()))
    return answer(said(found, found["code"], language.choose(request.headers.get("accept-language", ""))))


@router.post("/{number}/scans:undo", summary="Take a scan of a count back")
def undo(number: Number, body: CountUndoBody, system: SystemDep, actor: ActorDep) -> CountUndone:
    """Take a scan back while the session is being counted: one's own, or whoever manages counts any."""
    return CountUndone(undone=system.counts.undo(actor, number, body.seq))


@router.post("/{number}:finish", summary="End the counting")
def finish(number: Number, system: SystemDep, actor: ActorDep) -> CountTotals:
    """End the counting and work the differences out."""
    return CountTotals.model_validate(system.counts.finish(actor, number))


@router.get("/{number}/differences", summary="Differences of a count")
def differences(
    number: Number,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    kind: Annotated[list[DifferenceKind] | None, Query(description="Missing: all.")] = None,
    place: Named = None,
    after: After = None,
    limit: Limit = 100,
) -> CountDifferencePage:
    """List differences with what is done about them, and what came of it."""
    lang = language.choose(request.headers.get("accept-language", ""))
    found, more = system.counts.reading.differences(
        actor, number, kinds=kind or (), place=place, after=after or 0, limit=limit
    )
    shown = [CountDifference.model_validate(said(one, one["problem"], lang)) for one in found]
    return CountDifferencePage(differences=shown, next=more)


@router.post("/{number}:recount", summary="Count some of it again")
def recount(number: Number, body: RecountBody, system: SystemDep, actor: ActorDep) -> RecountOut:
    """Have places and products counted again by somebody else, by default all that differ."""
    units = None if body.units is None else [Unit(one.place, one.product) for one in body.units]
    return RecountOut(units=system.counts.recount(actor, number, units))


@router.post("/{number}:decide", summary="Say what is to be done about differences")
def decide(number: Number, body: CountDecisionsBody, system: SystemDep, actor: ActorDep) -> CountDecided:
    """Say what is to be done about differences instead of the usual."""
    lines = [Decision(one.line, one.action, one.reason) for one in body.lines]
    return CountDecided(decided=system.counts.decide(actor, number, lines))


@router.post("/{number}:approve", summary="Approve a count")
def approve(number: Number, system: SystemDep, actor: ActorDep) -> CountDetail:
    """Agree to the differences; not by the only one who counted, unless the session allows it."""
    system.counts.approve(actor, number)
    return CountDetail.model_validate(system.counts.reading.get(actor, number))


@router.post("/{number}:post", summary="Post a count")
def post(number: Number, system: SystemDep, actor: ActorDep) -> CountPosted:
    """Record what was found and put the books right: at once where it is small, else by a job."""
    return CountPosted.model_validate(system.counts.post(actor, number))


@router.post("/{number}:cancel", summary="Cancel a count")
def cancel(number: Number, system: SystemDep, actor: ActorDep) -> CountDetail:
    """Give a session up; nothing is posted."""
    system.counts.cancel(actor, number)
    return CountDetail.model_validate(system.counts.reading.get(actor, number))
