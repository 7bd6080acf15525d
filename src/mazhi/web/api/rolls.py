"""Label rolls: made before their items, given out, bound by scanning, spoiled, taken back, balanced."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.web import language
from mazhi.web.api.items import JobStarted
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import After, CodeInPath, Limit, Named, Search, locate
from mazhi.web.roll_shapes import (
    RollBindBody,
    RollBody,
    RollBoundOut,
    RollDetailOut,
    RollIssueBody,
    RollIssuedOut,
    RollLabelPage,
    RollLabelsOut,
    RollLogPage,
    RollPage,
    RollReturnBody,
    RollSpoilBody,
    StateName,
)

router = APIRouter(tags=["rolls"])


class RollExportBody(BaseModel):
    """As which kind of spreadsheet, and which labels."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"format": "xlsx", "state": "missing"}]})

    format: Literal["xlsx", "csv"] = "xlsx"
    state: StateName | None = Field(default=None, description="Only labels in this state.")


@router.post("/rolls", status_code=201, summary="Make a label roll")
def make(body: RollBody, system: SystemDep, actor: ActorDep, response: Response) -> RollDetailOut:
    """Make a roll with all its codes; no item exists yet, and no other way of making items can take these codes."""
    roll = system.rolls.make(actor, body.new())
    locate(response, "rolls", roll.code, roll.version)
    return RollDetailOut.model_validate(system.roll_reading.get(roll.code))


@router.get("/rolls", summary="Label rolls")
def page(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    *,
    product: Named = None,
    search: Search = None,
    after: After = None,
    limit: Limit = 100,
) -> RollPage:
    """List label rolls in the order of their codes, each with its balance."""
    found = system.roll_reading.page(product=product, text=search, after=after, limit=limit)
    return RollPage.model_validate({"rolls": found.rows, "next": found.next})


@router.post("/rolls:bind", summary="Bind labels of any roll")
def bind_any(body: RollBindBody, system: SystemDep, actor: ActorDep) -> RollBoundOut:
    """Bind scanned labels: pieces and packages come into being, or pieces that exist get the label's code.

    One scan of a child links it to its mother; a mother's label, or ``whole_set``, stands for all that is in it.
    409 with every refusal, and nothing changed, where anything is in the way.
    """
    return RollBoundOut.model_validate(system.roll_binding.bind(actor, body.request(None)), from_attributes=True)


@router.post("/rolls:spoil", summary="Note labels as spoiled")
def spoil(body: RollSpoilBody, system: SystemDep, actor: ActorDep) -> RollLabelsOut:
    """Note labels that cannot be used any more, all of them or none; what is bound cannot be spoiled."""
    labels = system.rolls.spoil(actor, body.labels, body.reason, body.note, whole_set=body.whole_set)
    return RollLabelsOut(labels=labels)


@router.post("/rolls/{code:path}:bind", summary="Bind labels of one roll")
def bind(code: CodeInPath, body: RollBindBody, system: SystemDep, actor: ActorDep) -> RollBoundOut:
    """Bind scanned labels, which must be of this roll: what is on the machine is checked by that."""
    return RollBoundOut.model_validate(system.roll_binding.bind(actor, body.request(code)), from_attributes=True)


@router.post("/rolls/{code:path}:issue", summary="Give labels out")
def issue(code: CodeInPath, body: RollIssueBody, system: SystemDep, actor: ActorDep) -> RollIssuedOut:
    """Give out the labels in store of some sets, or of all, to a place, a line or a person."""
    number, labels = system.rolls.issue(actor, code, body.given())
    return RollIssuedOut(number=number, labels=labels)


@router.post("/rolls/{code:path}:return", summary="Take labels back")
def take_back(code: CodeInPath, body: RollReturnBody, system: SystemDep, actor: ActorDep) -> RollLabelsOut:
    """Take back into store what was given out and not used: all that is left of some sets, or some labels."""
    return RollLabelsOut(labels=system.rolls.take_back(actor, code, body.sets(), body.labels))


@router.post("/rolls/{code:path}:export", status_code=202, summary="Export the labels of a roll")
def export(code: CodeInPath, body: RollExportBody, request: Request, system: SystemDep, actor: ActorDep) -> JobStarted:
    """Start an export; when its job is done, its file is at ``GET /jobs/{job}/file``."""
    lang = language.choose(request.headers.get("accept-language", ""))
    return JobStarted(job=system.roll_export.start(actor, code, body.format, state=body.state, language=lang))


@router.get("/rolls/{code:path}/labels", summary="Labels of a roll")
def labels(
    code: CodeInPath,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    *,
    state: Annotated[StateName | None, Query(description="`missing`: given out and passed over.")] = None,
    after: After = None,
    limit: Limit = 100,
) -> RollLabelPage:
    """List the labels of a roll in the order in which they stand on it."""
    found, more = system.roll_reading.labels(code, state=state, after=after, limit=limit)
    return RollLabelPage.model_validate({"labels": found, "next": more})


@router.get("/rolls/{code:path}/log", summary="What was done with a roll")
def log(
    code: CodeInPath,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    *,
    after: After = None,
    limit: Limit = 100,
) -> RollLogPage:
    """List what was done with a roll, the newest first."""
    found, more = system.roll_reading.log(code, before=_number(after), limit=limit)
    return RollLogPage.model_validate({"entries": found, "next": None if more is None else str(more)})


@router.get("/rolls/{code:path}", summary="One label roll")
def one(
    code: CodeInPath,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
) -> RollDetailOut:
    """Describe a roll: its parts, its balance, to whom it was given out."""
    return RollDetailOut.model_validate(system.roll_reading.get(code))


def _number(after: str | None) -> int | None:
    if after is None:
        return None
    if not (after.isascii() and after.isdigit() and len(after) < 19):
        raise InvalidInputError("invalid_input", problems=[Problem("bad_page_mark", {}, "/after")])
    return int(after)
