"""Reservations: goods kept for a document, proposals of what to take, and what is free."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from mazhi.kernel import clock
from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.model import ItemRef
from mazhi.kernel.reservations.model import MOST_LINES, MOST_PIECES, Line, ReserveRequest
from mazhi.web import language, problems
from mazhi.web.api.operations import RefusedOut
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import Limit, Named

router = APIRouter(tags=["reservations"])

Code = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00]*$")]
After = Annotated[int | None, Query(ge=0, le=2**62, description="The `next` of the page before.")]
_LINE: dict[str, Any] = {"product": "CY-R800", "quantity": 10, "place": "WH1", "strategy": "fefo"}


class ReserveLineBody(BaseModel):
    """So much of a product; the system chooses which."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_LINE]})

    product: Code
    quantity: Annotated[Decimal, Field(ge=0, le=10**12)]
    batch: Code | None = None
    place: Code | None = Field(default=None, description="Only there and within it.")
    owner: Code | None = Field(default=None, description="Whose goods; missing: ours.")
    strategy: Literal["fifo", "fefo"] = "fefo"

    def line(self) -> Line:
        """Return it as the kernel takes it."""
        return Line(**self.model_dump())


class ReserveBody(BaseModel):
    """What is to be kept for a document."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"document": "SO-1024", "lines": [_LINE], "mode": "partial"},
                {"document": "SO-1024", "items": ["RO261112L010025"], "expires_at": "2099-11-30T18:00:00+08:00"},
            ]
        },
    )

    document: Annotated[str, Field(max_length=200, pattern="^[^\\x00]*$")]
    items: Annotated[list[Code], Field(max_length=MOST_PIECES)] = []
    lines: Annotated[list[ReserveLineBody], Field(max_length=MOST_LINES)] = []
    expires_at: AwareDatetime | None = None
    mode: Literal["all", "partial"] = "all"
    client_key: Code | None = None


class ReserveRow(BaseModel):
    """One thing that was chosen: a piece, or a quantity."""

    item: str | None
    batch: str | None
    place: str | None
    quantity: int | float


class ReserveLineOut(BaseModel):
    """What came of a line."""

    product: str
    batch: str | None
    place: str | None
    wanted: int | float
    found: int | float
    missing: int | float
    rows: list[ReserveRow]


class ReservedOut(BaseModel):
    """What is kept now."""

    document: str
    items: int
    lines: list[ReserveLineOut]
    refused: list[RefusedOut]


class ProposeBody(BaseModel):
    """What is to be taken."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"lines": [_LINE]}]})

    lines: Annotated[list[ReserveLineBody], Field(min_length=1, max_length=MOST_LINES)]


class ProposalOut(BaseModel):
    """What to take, in this order; nothing of it counts as scanned."""

    lines: list[ReserveLineOut]


class ReleaseBody(BaseModel):
    """What is to be free again."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"document": "SO-1024"}]})

    document: Annotated[str, Field(max_length=200, pattern="^[^\\x00]*$")]
    ids: Annotated[list[int] | None, Field(max_length=MOST_PIECES, description="Missing: all of the document.")] = None


class ReleasedOut(BaseModel):
    """How many reservations were ended."""

    released: int


class ReservationOut(BaseModel):
    """One reservation."""

    id: int
    document: str
    item: str | None = Field(description="Null: a quantity.")
    product: str | None
    batch: str | None
    place: str | None
    owner: str | None
    quantity: int | float
    left: int | float
    chosen: bool = Field(description="By the system, so that others of its kind may go instead.")
    state: Literal["open", "used", "released", "expired", "gone", "moved"]
    expires_at: str | None
    created_at: str
    created_by: str
    ended_at: str | None
    ended_by: str | None
    event: int | None


class ReservationPage(BaseModel):
    """One page of reservations, the latest first."""

    reservations: list[ReservationOut]
    next: int | None


class AvailableRow(BaseModel):
    """What of a product is at one place."""

    batch: str | None
    place: str | None
    quantity: int | float
    reserved: int | float
    available: int | float


class AvailableOut(BaseModel):
    """What of a product is there to be taken."""

    rows: list[AvailableRow]


@router.get("/reservations", summary="Reservations")
def page(
    system: SystemDep,
    actor: ActorDep,
    document: Annotated[str | None, Query(max_length=200)] = None,
    product: Named = None,
    item: Annotated[str | None, Query(max_length=200)] = None,
    ended: Annotated[bool, Query(description="Also those that are over.")] = False,
    after: After = None,
    limit: Limit = 100,
) -> ReservationPage:
    """List what is kept for documents, the latest first."""
    found, more = system.reservations.page(
        actor, document=document, product=product, item=item, open_only=not ended, after=after, limit=limit
    )
    return ReservationPage.model_validate({"reservations": found, "next": more})


@router.post("/reservations", summary="Reserve goods for a document", status_code=201)
def reserve(body: ReserveBody, request: Request, system: SystemDep, actor: ActorDep) -> ReservedOut:
    """Keep pieces, or quantities that the system chooses, for a document; others are refused to take them.

    With mode all it is everything or nothing: a 409 carries every reason. With partial what there is is kept, and
    what is missing is told. It ends when its document ships, issues or lends the goods.
    """
    until = body.expires_at
    answer = system.reservations.reserve(
        actor,
        ReserveRequest(
            body.document, [ItemRef(code) for code in body.items], [one.line() for one in body.lines],
            expires_at=clock.to_micros(until) if until is not None else 0, mode=body.mode,
            client_key=body.client_key,
        ),
    )  # fmt: skip
    lang = language.choose(request.headers.get("accept-language", ""))
    refused = [problems.entry(Problem(**problem), lang) for problem in answer["refused"]]
    return ReservedOut.model_validate({**answer, "refused": refused})


@router.post("/reservations:propose", summary="Propose what to take")
def propose(body: ProposeBody, system: SystemDep, actor: ActorDep) -> ProposalOut:
    """Say what to take, first in or first expired first, then in the order of the bins; nothing is kept."""
    return ProposalOut.model_validate({"lines": system.reservations.propose(actor, [one.line() for one in body.lines])})


@router.post("/reservations:release", summary="Release reservations")
def release(body: ReleaseBody, system: SystemDep, actor: ActorDep) -> ReleasedOut:
    """Free what is kept for a document; what is free already stays so."""
    return ReleasedOut(released=system.reservations.release(actor, body.document, body.ids))


@router.get("/reservations/available", summary="What is free of a product")
def available(
    system: SystemDep,
    actor: ActorDep,
    product: Annotated[str, Query(max_length=64, examples=["CY-R800"])],
    place: Named = None,
) -> AvailableOut:
    """Return, for each batch and place, what is there to be taken, reserved, and free."""
    return AvailableOut.model_validate({"rows": system.reservations.available(actor, product, place)})
