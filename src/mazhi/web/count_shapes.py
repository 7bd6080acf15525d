"""What the routes of count sessions take and answer."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel.counts.model import MOST_DECISIONS, MOST_PLACES, MOST_PRODUCTS
from mazhi.kernel.errors import Problem
from mazhi.kernel.texts import Language
from mazhi.web import problems

Code = Annotated[str, Field(min_length=1, max_length=200, pattern="^[^\\x00]*$")]
Tracking = Literal["serial", "batch", "sku"]
Kind = Literal["snapshot", "live"]
Only = Literal["", "stocked", "empty"]
Class = Literal["A", "B", "C"]
State = Literal["open", "counted", "approved", "posting", "posted", "cancelled"]
ScanAnswer = Literal["right", "wrong", "duplicate", "unknown", "undone"]
DifferenceKind = Literal["missing", "surplus", "wrong_place", "quantity", "unknown"]
Action = Literal["lost", "in_stock", "move", "adjust", "leave"]


def _with(*examples: dict[str, Any], closed: bool = True) -> ConfigDict:
    return ConfigDict(extra="forbid" if closed else "ignore", json_schema_extra={"examples": list(examples)})


class CountBody(BaseModel):
    """What is to be counted, and how."""

    model_config = _with(
        {"places": ["WH1"], "kind": "live", "blind": True, "title": "十一月循环盘点"},
        {"places": ["A-01", "A-02"], "products": ["CY-R800"], "tracking": ["serial"]},
        {"places": ["WH1"], "abc": ["A"], "sample": 20, "title": "A 类抽盘"},
    )

    places: Annotated[list[Code], Field(min_length=1, max_length=MOST_PLACES)]
    products: Annotated[list[Code], Field(max_length=MOST_PRODUCTS, description="None: all.")] = []
    tracking: Annotated[list[Tracking], Field(min_length=1, max_length=3)] = ["serial", "batch", "sku"]
    kind: Kind = Field(default="snapshot", description="live: what moves meanwhile is taken into account.")
    blind: bool = Field(default=False, description="Who counts is not told what is expected.")
    same_counter: bool = Field(default=False, description="Whoever counted may count again and approve.")
    only: Only = Field(default="", description="Only places that the books have goods at, or call empty.")
    sample: Annotated[int, Field(ge=0, le=100, description="Only so many in a hundred of the places.")] = 0
    abc: Annotated[list[Class], Field(max_length=3, description="Only products that leave so often; none: all.")] = []
    days: Annotated[int, Field(ge=1, le=3660, description="Within so many days.")] = 90
    title: Annotated[str, Field(max_length=200)] = ""
    document: Annotated[str, Field(max_length=200)] = ""
    client_key: Code | None = None


class CountTotals(BaseModel):
    """What a finished count comes to."""

    expected_pieces: int
    found_pieces: int
    quantity_lines: int
    right: int
    missing: int
    surplus: int
    wrong_place: int
    quantity: int
    unknown: int
    moved: int
    accuracy: float | None = Field(description="How many in a hundred were as the books said.")


class StockCountOut(BaseModel):
    """A session. What a blind one expects is told to those who manage or approve counts only."""

    number: str
    title: str
    document: str | None
    kind: Kind
    blind: bool
    same_counter: bool
    state: State
    tracking: list[Tracking]
    places: list[str]
    products: list[str]
    only: Only = ""
    sample: int = 0
    abc: list[Class] = []
    days: int = 90
    round: int
    expected: int | None
    counted: int
    totals: CountTotals | None
    job: str | None
    opened_at: str | None
    opened_by: str | None
    counted_at: str | None
    counted_by: str | None
    approved_at: str | None
    approved_by: str | None
    ended_at: str | None
    ended_by: str | None
    may: list[Literal["approve", "count", "manage"]] = Field(
        description="What the reader may do: count somewhere in it, manage or approve all of it."
    )


class CountPerson(BaseModel):
    """What somebody counted."""

    user: str
    scans: int
    counted: int
    right: int | None = None
    wrong: int | None = None
    duplicates: int
    unknown: int
    undone: int
    first_at: str
    last_at: str


class CountUnit(BaseModel):
    """A product at a place, or (null) the whole place."""

    model_config = _with({"place": "A-01", "product": "CY-R800"})

    place: Code
    product: Code | None = None


class CountOutcome(BaseModel):
    """What came of posting it."""

    adjusted: int
    left: int
    refused: int


class CountDetail(StockCountOut):
    """A session with who counted, and what is counted again in this round."""

    people: list[CountPerson]
    people_round: int = Field(description="The round that `people` tells about.")
    unknown: int = Field(description="How many of the scans that count are codes that nobody knows.")
    unvisited: int | None = Field(
        description="At how many places of this round nobody was; told while it is counted to whoever manages it."
    )
    again: list[CountUnit]
    outcome: CountOutcome | None


class CountPage(BaseModel):
    """One page of sessions, the latest first."""

    counts: list[StockCountOut]
    next: int | None


class CountPlace(BaseModel):
    """How far a place is."""

    place: str
    name: str
    expected: int | None
    counted: int
    scans: int
    visited: bool = Field(description="Somebody scanned the place, or something there.")


class CountPlacePage(BaseModel):
    """One page of places."""

    places: list[CountPlace]
    next: str | None


class CountGoods(BaseModel):
    """A product and batch at a place."""

    product: str
    name: str
    tracking: Tracking
    batch: str | None
    expected: int | float | None
    counted: int | float


class CountGoodsOut(BaseModel):
    """What is expected and counted at a place."""

    goods: list[CountGoods]


class CountSheetLine(BaseModel):
    """What is to be counted at one place; of a blind session without how many."""

    place: str
    product: str
    name: str
    unit: str
    tracking: Tracking
    batch: str | None
    expected: int | float | None


class CountSheetPage(BaseModel):
    """One page of what is to be counted, in the order of places, products and batches."""

    lines: list[CountSheetLine]
    next: str | None


class CountProduct(BaseModel):
    """What differs of a product, all places together; what only lies elsewhere is not among it."""

    product: str
    name: str
    lines: int
    expected: int | float
    counted: int | float
    more: int | float
    less: int | float


class CountSummary(BaseModel):
    """What differs by product, the largest first."""

    products: list[CountProduct]


class CountScanBody(BaseModel):
    """One scan."""

    model_config = _with(
        {"raw": "RO261112L010025", "place": "A-01", "client_key": "0199-7a"},
        {"raw": "SCREW-M4", "place": "A-01", "quantity": 120, "client_key": "0199-7b"},
    )

    raw: Annotated[str, Field(max_length=100_000, description="The text as it came, AIM identifier and all.")]
    symbology: Annotated[str | None, Field(max_length=100)] = None
    place: Code | None = Field(default=None, description="May be missing where the session has only one place.")
    quantity: Annotated[Decimal, Field(ge=0, le=10**12)] | None = Field(
        default=None, description="Of batch and SKU goods; missing: what the code says."
    )
    client_key: Code | None = None


class CountLine(BaseModel):
    """A scan as it is written down."""

    seq: int
    round: int
    place: str | None
    item: str | None
    product: str | None
    batch: str | None
    quantity: int | float
    raw: str
    counted: bool
    answer: str
    actor: str
    at: str


class CountScanOut(BaseModel):
    """The answer to a scan; a place that was scanned is answered with its code, and is where the next scans are."""

    answer: Literal["right", "wrong", "duplicate", "unknown", "place", "undone"]
    place: str | None
    code: str
    message: str
    advice: str
    params: dict[str, Any]
    done: int
    expected: int | None
    line: CountLine | None


class CountScanPage(BaseModel):
    """One page of scans, the latest first."""

    scans: list[CountScanOut]
    next: int | None


class CountUndoBody(BaseModel):
    """The scan to take back, a package with what came out of it."""

    model_config = _with({"seq": 17})

    seq: Annotated[int, Field(ge=1, le=2**62)]


class CountUndone(BaseModel):
    """How many scans counted and count no longer."""

    undone: int


class RecountBody(BaseModel):
    """What is to be counted again; missing: everything that differs."""

    model_config = _with({"units": [{"place": "A-01"}]}, {})

    units: Annotated[list[CountUnit] | None, Field(max_length=MOST_DECISIONS)] = None


class RecountOut(BaseModel):
    """How many places and products are counted again."""

    units: int


class CountDecision(BaseModel):
    """What is to be done about one difference."""

    model_config = _with({"line": 3, "action": "leave", "reason": "样机，不入账"})

    line: Annotated[int, Field(ge=1, le=2**62)]
    action: Action
    reason: Annotated[str, Field(max_length=200)] = ""


class CountDecisionsBody(BaseModel):
    """What is to be done about differences."""

    model_config = _with({"lines": [{"line": 3, "action": "leave", "reason": "样机，不入账"}]})

    lines: Annotated[list[CountDecision], Field(min_length=1, max_length=MOST_DECISIONS)]


class CountDecided(BaseModel):
    """How many differences were decided."""

    decided: int


class CountDifference(BaseModel):
    """A difference, what is done about it, and what came of that."""

    line: int
    kind: DifferenceKind
    item: str | None
    product: str | None
    batch: str | None
    place: str | None
    book_place: str | None
    book_state: str | None
    expected: int | float
    counted: int | float
    difference: int | float
    moved: bool = Field(description="The books changed meanwhile, so that it is not adjusted.")
    raw: str | None
    actor: str | None
    action: Action
    reason: str
    event: int | None
    problem: str | None
    message: str
    advice: str
    params: dict[str, Any]


class CountDifferencePage(BaseModel):
    """One page of differences."""

    differences: list[CountDifference]
    next: int | None


class CountPosted(BaseModel):
    """How far posting is."""

    state: State
    job: str
    adjusted: int = 0
    left: int = 0
    refused: int = 0


def said(found: dict[str, Any], code: str | None, lang: Language) -> dict[str, Any]:
    """Add the text of a code to an answer."""
    entry = problems.entry(Problem(code, found["params"]), lang) if code else {"message": "", "advice": ""}
    return {**found, "message": entry["message"], "advice": entry["advice"]}
