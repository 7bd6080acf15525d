"""Items: making them, finding them, and their lives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mazhi.kernel import clock
from mazhi.kernel.items.service import ItemFilter
from mazhi.kernel.making.model import Made, MakeRequest
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["items"])

Code = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern="^[^\\x00]*$")]
Text = Annotated[str, StringConstraints(max_length=4000, pattern="^[^\\x00]*$")]
Limit = Annotated[int, Query(ge=1, le=1000)]


class MakeBody(BaseModel):
    """What is to be made: by a rule, or with given codes."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"product": "WM-20", "rule": "WM", "count": 1000, "fields": {"line": "L01"}, "batch": "B2611"},
                {"product": "WM-20", "codes": "SN001-SN005, SN9", "count": 6, "namespace": "own"},
                {"kind": "package", "rule": "BOX", "count": 10, "package_type": "CARTON"},
            ]
        },
    )

    product: Code | None = None
    kind: Literal["serial", "package"] = "serial"
    rule: Code | None = None
    count: int | None = None
    fields: dict[Code, Text] = Field(default_factory=dict)
    codes: Annotated[str, StringConstraints(max_length=16_000_000)] | None = None
    namespace: Code = "own"
    batch: Code | None = None
    place: Code | None = None
    document: Text | None = None
    note: Text | None = None
    occurred_at: datetime | None = Field(default=None, description="When it happened; null: now.")
    client_key: Code | None = None
    package_type: Code | None = Field(default=None, description="Of packages: their type; null: none.")

    def request(self) -> MakeRequest:
        """Return it in the kernel's words."""
        known = self.model_dump(exclude={"occurred_at", "document", "note"})
        at = None if self.occurred_at is None else clock.to_micros(self.occurred_at)
        return MakeRequest(**known, document=self.document or "", note=self.note or "", occurred_at=at)


class MadeOut(BaseModel):
    """What was made."""

    event: int
    count: int
    first: str
    last: str
    codes: list[str]


class JobStarted(BaseModel):
    """The job that does it; see ``GET /jobs/{job}``."""

    job: str


@router.post(
    "/items:generate",
    status_code=201,
    summary="Make codes",
    responses={202: {"model": JobStarted, "description": "More than 10,000: a job makes them."}},
)
def generate(body: MakeBody, response: Response, system: SystemDep, actor: ActorDep) -> MadeOut | JobStarted:
    """Make items with codes by a rule or as typed; above 10,000 as a job."""
    made = system.making.make(actor, body.request())
    if isinstance(made, Made):
        return MadeOut(event=made.event, count=made.count, first=made.first, last=made.last, codes=list(made.codes))
    response.status_code = 202
    return JobStarted(job=made)


class IdentifierOut(BaseModel):
    """One identifier that leads to the item."""

    namespace: str
    value: str


class WarrantyOut(BaseModel):
    """From when to when the warranty runs, and whether it does today."""

    start: str | None
    end: str | None
    active: bool


class MarkCause(BaseModel):
    """One mark with its cause and the event that set it."""

    mark: str
    cause: str
    event: int


class ItemOut(BaseModel):
    """An item as it is now."""

    code: str
    kind: str
    product: str | None
    batch: str | None
    state: str | None
    quality: str
    owner: str | None
    holder: str | None
    marks: list[str]
    mark_causes: list[MarkCause]
    place: str | None
    parent: str | None
    identifiers: list[IdentifierOut]
    born_at: str | None
    place_since: str
    state_since: str
    warranty: WarrantyOut
    seq: int


class ItemPage(BaseModel):
    """One page of items; ``next`` goes into ``after``, null at the end."""

    items: list[ItemOut]
    next: str | None


@router.get("/items", summary="List items")
def page(
    system: SystemDep,
    actor: ActorDep,
    *,
    product: str | None = None,
    state: str | None = None,
    place: str | None = None,
    batch: str | None = None,
    holder: str | None = None,
    quality: str | None = None,
    kind: str | None = None,
    mark: str | None = None,
    prefix: str | None = None,
    after: str | None = None,
    limit: Limit = 100,
) -> ItemPage:
    """List items by key, narrowed by what is given; a place means everything inside it."""
    wanted = ItemFilter(product, state, place, batch, holder, quality, kind, mark, prefix or None)
    found, more = system.items.page(actor, wanted, after=after, limit=limit)
    return ItemPage.model_validate({"items": found, "next": more})


class StateAndPlace(BaseModel):
    """Where an item was, and in which state."""

    state: str | None
    place: str | None


class LifeEvent(BaseModel):
    """One row of a life history."""

    model_config = ConfigDict(populate_by_name=True)

    seq: int
    operation: str
    occurred_at: str
    recorded_at: str
    actor: str
    device: str
    from_: StateAndPlace = Field(alias="from")
    to: StateAndPlace
    partner: str | None
    document: str | None
    event: int
    note: str
    data: dict[str, Any]


class Life(BaseModel):
    """A part of a life history, from birth on."""

    events: list[LifeEvent]
    next: int | None


@router.get("/items/{identifier:path}/history", summary="Life history")
def history(
    identifier: str,
    system: SystemDep,
    actor: ActorDep,
    *,
    namespace: str | None = None,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
    limit: Limit = 100,
) -> Life:
    """Tell the life of the item behind an identifier."""
    events, more = system.items.history(actor, identifier, namespace=namespace, after=after, limit=limit)
    return Life.model_validate({"events": events, "next": more})


@router.get("/items/{identifier:path}", summary="One item")
def one(identifier: str, system: SystemDep, actor: ActorDep, namespace: str | None = None) -> ItemOut:
    """Describe the item behind an identifier; 409 ambiguous_item with the candidates where several have it."""
    return ItemOut.model_validate(system.items.find(actor, identifier, namespace))
