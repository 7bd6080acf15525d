"""What the answers about recalls look like."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field


class Count(BaseModel):
    """Pieces counted under one heading."""

    total: int
    handled: int
    open: int
    held: int
    notified: int
    percent: float


class StateCount(Count):
    """Units in one state."""

    state: str


class PlaceCount(Count):
    """Units at one place; null: at none of ours."""

    place: str | None
    place_name: str | None


class WhereCount(PlaceCount):
    """Units at one place in one state, and among how many partners and provinces they are."""

    state: str
    partners: int
    regions: int


class ProductCount(Count):
    """Units of one product."""

    product: str | None


class PartnerCount(Count):
    """Units that one partner has."""

    partner: str | None
    name: str | None
    kind: str | None
    region: str | None
    phone: str | None


class RegionCount(Count):
    """Units that partners of one province have (GB/T 2260); null: not known."""

    region: str | None


class StatusCount(BaseModel):
    """Units of one status."""

    status: str
    total: int


class ScopeQuantity(BaseModel):
    """A quantity of batch goods in the scope."""

    product: str | None
    batch: str | None
    place: str | None
    state: str
    quality: str
    owner: str | None
    blocked: bool
    quantity: float


class Breakdown(BaseModel):
    """Units by where they are; the lists are ordered by size."""

    by_state: list[StateCount]
    by_place: list[PlaceCount]
    by_where: list[WhereCount]
    by_product: list[ProductCount]
    by_partner: list[PartnerCount] = Field(description="The largest 1,000; `partners` says how many there are.")
    partners: int
    by_region: list[RegionCount]
    quantities: list[ScopeQuantity]


class PreviewOut(Breakdown):
    """What a recall would hold. ``warnings`` are the codes that opening it would ask about."""

    total: int
    parts: int = Field(description="Affected pieces that go with a unit and are not counted.")
    sample: list[str]
    nothing: bool
    everything: bool
    unknown_codes: list[str]
    warnings: list[str]


class RecallHead(BaseModel):
    """A recall and how far it is."""

    id: str = Field(examples=["RC-2611-01"])
    name: str
    mock: bool
    state: Literal["open", "closed"]
    hash: str = Field(description="SHA-256 of the criteria and, a line each, the codes of the scope in order.")
    total: int
    parts: int
    document: str
    note: str
    opened_at: str
    opened_by: str
    deadline: str | None
    job: str | None
    closed_at: str | None
    closed_by: str | None
    handled: int
    open: int
    effectiveness: float = Field(description="Handled units in percent.")
    answered: int = Field(description="Units of which it is known what becomes of them.")
    completeness: float


class RecallPage(BaseModel):
    """One page of recalls, newest first; ``next`` goes into ``after``."""

    recalls: list[RecallHead]
    next: str | None


class CurvePoint(BaseModel):
    """One day: handled until then, and on it."""

    day: str
    handled: int
    on_day: int


class ClockOut(BaseModel):
    """How long each step took, in seconds since the recall was opened; null: not yet done."""

    located: float | None
    held: float | None
    listed: float | None
    answered: float | None
    notified: int
    elapsed: float
    limit: float | None
    within: bool | None


class RecallOut(RecallHead, Breakdown):
    """One recall in full."""

    criteria: dict[str, Any]
    located: int
    counted: Literal["opened", "now"]
    by_status: list[StatusCount]
    curve: list[CurvePoint]
    clock: ClockOut


class Opened(BaseModel):
    """What a piece was when the recall was opened."""

    code: str
    state: str
    place: str | None
    holder: str | None
    holder_name: str | None


class Cause(BaseModel):
    """What made a piece affected: an item (itself, or a part of it) or a batch."""

    kind: Literal["item", "batch"]
    code: str | None


class RecallItem(BaseModel):
    """One piece of a recall: what it is now, what it was, and what has become of it."""

    code: str
    role: Literal["unit", "part"]
    product: str | None
    batch: str | None
    state: str | None
    quality: str
    marks: list[str]
    place: str | None
    holder: str | None
    holder_name: str | None
    parent: str | None
    opened: Opened
    cause: Cause
    status: str
    handled: bool
    measure: str
    attempts: int
    held_at: str | None
    notified_at: str | None
    answered_at: str | None
    handled_at: str | None
    due: str | None
    overdue: bool


class RecallItemPage(BaseModel):
    """One page of pieces; ``next`` goes into ``after``."""

    items: list[RecallItem]
    next: str | None


class LogEntry(BaseModel):
    """Something done in a recall."""

    kind: str
    at: str
    recorded_at: str
    actor: str
    count: int
    event: int | None
    document: str
    measure: str
    note: str
    due: str | None


class LogPage(BaseModel):
    """One page of what was done, newest first."""

    entries: list[LogEntry]
    next: str | None


class ComparedProduct(BaseModel):
    """One product: what was recalled, and what whole production days would have been."""

    product: str | None
    from_: str = Field(alias="from")
    to: str
    days: int
    precise: int
    by_dates: int
    shared: int
    needless: int
    missed: int
    missed_codes: list[str]


class ComparisonOut(BaseModel):
    """A recall beside one by production dates."""

    recall: str
    precise: int
    by_dates: int
    shared: int
    needless: int
    missed: int
    from_: str | None = Field(alias="from")
    to: str | None
    missed_codes: list[str]
    products: list[ComparedProduct]
