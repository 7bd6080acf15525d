"""Changing how a product is tracked, at once or while counting."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mazhi.bootstrap import System
from mazhi.kernel.items.store import all_codes
from mazhi.kernel.posting.model import MILLION
from mazhi.kernel.tracking_change.counting import Count
from mazhi.kernel.tracking_change.model import Line, Wish
from mazhi.kernel.tracking_change.service import Changed
from mazhi.web import language, problems
from mazhi.web.api.operations import RefusedOut
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["products"])

Code = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern="^[^\\x00]*$")]
ChangeId = Annotated[int, Path(ge=1, le=2**62)]
Tracking = Literal["serial", "batch", "sku"]


class TrackingBody(BaseModel):
    """What the product is to become, and how its stock gets there."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"to": "batch", "batch": "QC-2611", "per_place": True, "reason": "上批次管理"},
                {"to": "serial", "rule": "WM", "client_key": "5b0e6b7e-6f0a-4c0e-9a53-1f6f6f3a2b10"},
            ]
        },
    )

    to: Tracking
    batch: Code | None = Field(default=None, description="The opening batch of the present stock; it may exist.")
    per_place: bool = Field(default=False, description="An opening batch for each place: code, dash, place.")
    rule: Code | None = Field(default=None, description="Make a code for each piece by this rule.")
    scan: bool = Field(default=False, description="Open a count in which scanned codes are bound.")
    reason: Annotated[str, StringConstraints(max_length=1000, pattern="^[^\\x00]*$")] = ""
    client_key: Code | None = None


class LineOut(BaseModel):
    """One balance of the present stock."""

    line: int
    batch: str | None
    place: str | None
    state: str
    quality: str
    owner: str | None
    blocked: bool
    quantity: int | float


class TrackingOut(BaseModel):
    """What is done, or with dry_run what would be."""

    product: str
    from_: Tracking = Field(alias="from")
    to: Tracking
    lines: list[LineOut] = Field(description="With dry_run: what would be carried over.")
    left: list[LineOut] = Field(description="With dry_run: what would stay a quantity (shipped, sold, built in).")
    events: list[int]
    count: int = Field(description="How many pieces, or balances, were carried over.")
    codes: list[str] = Field(description="The codes made, up to 10,000.")
    change: int | None = Field(description="The count that was opened.")

    model_config = ConfigDict(populate_by_name=True)


class CountLineOut(LineOut):
    """A balance and how many of its pieces have their code."""

    bound: int


class CountOut(BaseModel):
    """How far a count is."""

    id: int
    state: Literal["open", "done", "cancelled"]
    product: str
    lines: list[CountLineOut]
    event: int | None


class CodesBody(BaseModel):
    """Scanned codes for pieces of one line."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"line": 1, "codes": ["SN0001", "SN0002"]}]}
    )

    line: Annotated[int, Field(ge=1, le=2**31 - 1)]
    codes: Annotated[list[Code], Field(max_length=10_000)]


class WrongCodesBody(BaseModel):
    """Codes that were bound by mistake."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"codes": ["SN0002"]}]})

    codes: Annotated[list[Code], Field(max_length=10_000)]


class BoundOut(BaseModel):
    """How many codes are new, and which were refused."""

    accepted: int
    refused: list[RefusedOut]


class RemovedOut(BaseModel):
    """How many codes were taken away."""

    removed: int


class FinishedOut(BaseModel):
    """What the finished count has written."""

    events: list[int]
    count: int
    codes: list[str]

    @classmethod
    def of(cls, done: Changed) -> FinishedOut:
        """Build it from what the kernel knows."""
        return cls(events=list(done.events), count=done.count, codes=list(done.codes))


@router.post("/products/{code:path}:change-tracking", summary="Change a product's tracking")
def change(
    code: str,
    body: TrackingBody,
    system: SystemDep,
    actor: ActorDep,
    dry_run: Annotated[bool, Query(description="Only show what would be carried over.")] = False,
) -> TrackingOut:
    """Turn a product from quantity into batch into serial tracking with its stock, or back when there is none.

    Quantities get one opening batch, or one for each place. Pieces get codes by a rule, or a count is opened in
    which scanned codes are bound until every piece has one. The ledger tells it as adjustments and commissions.
    """
    wish = Wish(body.to, body.batch, body.per_place, body.rule, body.scan, body.reason.strip(), body.client_key)
    done = Changed()
    look = None
    if dry_run:
        look = system.tracking_changes.look(actor, code, wish)
    else:
        done = system.tracking_changes.change(actor, code, wish)
    return TrackingOut.model_validate(
        {
            "product": code,
            "from": look.product.tracking if look else done.was,
            "to": body.to,
            "lines": _lines(system, look.lines) if look else [],
            "left": _lines(system, look.left) if look else [],
            "events": done.events,
            "count": done.count,
            "codes": done.codes,
            "change": done.change,
        }
    )


@router.get("/tracking-changes/{change}", summary="How far a count is")
def get(change: ChangeId, system: SystemDep, actor: ActorDep) -> CountOut:
    """Show a count that binds codes, by the stock as it is now."""
    return _count(system, system.counting.get(actor, change))


@router.post("/tracking-changes/{change}/codes", summary="Bind codes while counting")
def bind(change: ChangeId, body: CodesBody, request: Request, system: SystemDep, actor: ActorDep) -> BoundOut:
    """Bind scanned codes to pieces of a line; the same code again for the same line changes nothing."""
    accepted, refused = system.counting.bind(actor, change, body.line, body.codes)
    lang = language.choose(request.headers.get("accept-language", ""))
    shown = [RefusedOut.model_validate(problems.entry(problem, lang)) for problem in refused]
    return BoundOut(accepted=accepted, refused=shown)


@router.post("/tracking-changes/{change}/codes:remove", summary="Take codes away again")
def unbind(change: ChangeId, body: WrongCodesBody, system: SystemDep, actor: ActorDep) -> RemovedOut:
    """Take codes away that were bound by mistake."""
    return RemovedOut(removed=system.counting.unbind(actor, change, body.codes))


@router.post("/tracking-changes/{change}:finish", summary="Finish a count")
def finish(change: ChangeId, system: SystemDep, actor: ActorDep) -> FinishedOut:
    """Make the product serial once every piece has its code; sent again it gives the same answer."""
    return FinishedOut.of(system.counting.finish(actor, change))


@router.delete("/tracking-changes/{change}", summary="Cancel a count", status_code=204, response_class=Response)
def cancel(change: ChangeId, system: SystemDep, actor: ActorDep) -> None:
    """Give a count up; nothing has changed, and its codes are free again."""
    system.counting.cancel(actor, change)


def _lines(system: System, lines: tuple[Line, ...]) -> list[LineOut]:
    with system.db.read() as tx:
        codes = all_codes(
            tx,
            {
                "batch": {line.key.batch_id for line in lines},
                "place": {line.key.place_id for line in lines},
                "partner": {line.key.owner_id for line in lines},
            },
        )
    return [
        LineOut(
            line=line.number,
            batch=codes["batch"].get(line.key.batch_id),
            place=codes["place"].get(line.key.place_id),
            state=line.key.state,
            quality=line.key.quality,
            owner=codes["partner"].get(line.key.owner_id),
            blocked=bool(line.key.blocked),
            quantity=line.units if line.quantity % MILLION == 0 else line.quantity / MILLION,
        )
        for line in lines
    ]


def _count(system: System, count: Count) -> CountOut:
    lines = [
        CountLineOut(**line.model_dump(), bound=count.bound.get(line.line, 0)) for line in _lines(system, count.lines)
    ]
    return CountOut.model_validate(
        {"id": count.id, "state": count.state, "product": count.product, "lines": lines, "event": count.event}
    )
