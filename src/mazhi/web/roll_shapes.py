"""Label rolls as bodies carry them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mazhi.kernel import clock
from mazhi.kernel.posting.model import ItemRef
from mazhi.kernel.rolls.binding import BindRequest
from mazhi.kernel.rolls.model import REASONS, NewPart, NewRoll, Scan
from mazhi.kernel.rolls.service import Given, Range
from mazhi.web.api.operations import Code, ItemNamed, Text

Typed = Annotated[str, StringConstraints(max_length=4_000_000, pattern="^[^\\x00]*$")]
Count = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
PartKindName = Literal["piece", "alias", "package"]
StateName = Literal["ready", "issued", "bound", "spoiled", "missing"]
Reason = Annotated[str, StringConstraints(pattern=f"^({'|'.join(REASONS)})$")]


class RollPartBody(BaseModel):
    """One kind of label in every set: for the piece itself, for the piece once more (alias), or for a package."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(max_length=200, pattern="^[^\\x00]*$")] = Field(examples=["机身"])
    kind: PartKindName
    count: Count = Field(default=1, description="So many of them are in one set.")
    rule: Code | None = Field(default=None, description="The code rule that makes the codes.")
    fields: dict[str, Annotated[str, StringConstraints(max_length=200)]] = Field(default_factory=dict)
    codes: Typed | None = Field(default=None, description="The codes themselves, as people type them (ranges, lists).")
    namespace: Code = Field(default="own", description="Of an alias: where its code is an identifier.")
    package_type: Code | None = None


class RollBody(BaseModel):
    """A roll to be made."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "code": "R2611-01",
                    "name": "净水器子母标",
                    "product": "CY-R800",
                    "sets": 500,
                    "parts": [
                        {"name": "机身", "kind": "piece", "count": 4, "rule": "CY"},
                        {"name": "彩盒", "kind": "alias", "count": 4, "rule": "BOX", "namespace": "colour_box"},
                        {"name": "外箱", "kind": "package", "count": 1, "rule": "CTN", "package_type": "CARTON"},
                    ],
                }
            ]
        },
    )

    code: Code
    name: Annotated[str, StringConstraints(max_length=500, pattern="^[^\\x00]*$")] = ""
    product: Code
    sets: Count | None = Field(default=None, description="May be left out where all codes are given.")
    parts: list[RollPartBody]

    def new(self) -> NewRoll:
        """Return it in the kernel's words."""
        parts = [NewPart(**part.model_dump()) for part in self.parts]
        return NewRoll(code=self.code, name=self.name, product=self.product, sets=self.sets, parts=parts)


class RollSetsBody(BaseModel):
    """Sets of a roll, both ends with; null: from the first, to the last."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"first_set": 1, "last_set": 100}]})

    first_set: Count | None = None
    last_set: Count | None = None

    def sets(self) -> Range:
        """Return it in the kernel's words."""
        return Range(first=self.first_set, last=self.last_set)


class RollIssueBody(RollSetsBody):
    """Labels to be given out: which sets, and to what place, line or person."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"first_set": 1, "last_set": 100, "line": "A", "document": "WO-2611-07"}]},
    )

    place: Code | None = None
    line: Annotated[str, StringConstraints(max_length=500, pattern="^[^\\x00]*$")] = ""
    partner: Code | None = Field(default=None, description="A person, or a subcontractor.")
    document: Annotated[str, StringConstraints(max_length=500, pattern="^[^\\x00]*$")] = ""

    def given(self) -> Given:
        """Return it in the kernel's words."""
        return Given(sets=self.sets(), place=self.place, line=self.line, partner=self.partner, document=self.document)


class RollReturnBody(RollSetsBody):
    """Labels that come back: those of some sets that are left, or some by their codes."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"first_set": 80, "last_set": 100}]})

    labels: list[Code] | None = None


class RollSpoilBody(BaseModel):
    """Labels that cannot be used any more, and why."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"labels": ["RO2611-00017"], "reason": "torn"}]}
    )

    labels: list[Code]
    reason: Reason
    note: Annotated[str, StringConstraints(max_length=500, pattern="^[^\\x00]*$")] = ""
    whole_set: bool = Field(default=False, description="All labels of their sets that are not bound.")


class RollScanBody(BaseModel):
    """One label that was scanned; ``item`` names the piece it is stuck on, where that exists already."""

    model_config = ConfigDict(extra="forbid")

    label: Code
    item: Code | ItemNamed | None = None
    whole_set: bool = Field(default=False, description="Bind every label of its set that is left.")


class RollBindBody(BaseModel):
    """Labels to be bound, all of them or none."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"scans": [{"label": "RO2611-00001", "whole_set": True}], "place": "LINE1", "document": "WO-2611-07"}
            ]
        },
    )

    scans: list[RollScanBody]
    product: Code | None = Field(default=None, description="The product that the labels must be for.")
    batch: Code | None = None
    place: Code | None = None
    document: Text | None = None
    note: Text | None = None
    occurred_at: datetime | None = None
    client_key: Code | None = None

    def request(self, roll: str | None) -> BindRequest:
        """Return it in the kernel's words."""
        return BindRequest(
            scans=[Scan(scan.label, _ref(scan.item), scan.whole_set) for scan in self.scans],
            roll=roll, product=self.product, batch=self.batch, place=self.place, document=self.document or "",
            note=self.note or "", client_key=self.client_key,
            occurred_at=None if self.occurred_at is None else clock.to_micros(self.occurred_at),
        )  # fmt: skip


def _ref(named: str | ItemNamed | None) -> ItemRef | None:
    if named is None:
        return None
    return ItemRef(named) if isinstance(named, str) else ItemRef(named.identifier, named.namespace)


class RollBalanceOut(BaseModel):
    """Where labels are; issued = bound + spoiled + returned + left, always."""

    made: int
    ready: int = Field(description="In store.")
    spoiled_before: int = Field(description="Spoiled before they were given out.")
    issued: int = Field(description="Given out, each time anew.")
    bound: int
    spoiled: int
    returned: int
    left: int = Field(description="Given out, and neither bound nor spoiled nor given back.")
    missing: int = Field(description="Those of them that were passed over: later sets are used already.")
    adds_up: bool


class RollPartOut(RollBalanceOut):
    """One kind of label on a roll, and where its labels are."""

    name: str
    kind: PartKindName
    count: int
    namespace: str
    package_type: str | None
    rule: str | None


class RollIssueOut(BaseModel):
    """Labels that were given out at once, and what became of them."""

    number: int
    issued: int
    bound: int
    spoiled: int
    returned: int
    left: int
    first_set: int
    last_set: int
    place: str | None
    partner: str | None
    line: str
    document: str
    at: str
    actor: str


class RollOut(BaseModel):
    """A label roll and where its labels are."""

    code: str
    name: str
    product: str | None
    sets: int
    labels_in_a_set: int
    created_at: str
    balance: RollBalanceOut
    parts: list[RollPartOut]


class RollDetailOut(RollOut):
    """A label roll, and to whom it was given out."""

    issues: list[RollIssueOut]


class RollPage(BaseModel):
    """One page of label rolls."""

    rolls: list[RollOut]
    next: str | None


class RollLabelOut(BaseModel):
    """One label of a roll."""

    code: str
    namespace: str
    set: int
    part: str
    kind: PartKindName
    state: Literal["ready", "issued", "bound", "spoiled"]
    issue: int | None
    item: str | None = Field(description="What it is bound to.")
    reason: str
    changed_at: str
    changed_by: str


class RollLabelPage(BaseModel):
    """One page of labels."""

    labels: list[RollLabelOut]
    next: str | None


class RollLogOut(BaseModel):
    """Something that was done with labels of a roll."""

    kind: Literal["made", "issued", "bound", "spoiled", "returned"]
    issue: int | None
    labels: int
    first: str
    last: str
    first_set: int
    last_set: int
    reason: str
    place: str | None
    partner: str | None
    line: str
    document: str
    event: int | None
    at: str
    actor: str


class RollLogPage(BaseModel):
    """One page of what was done, the newest first."""

    entries: list[RollLogOut]
    next: str | None


class RollIssuedOut(BaseModel):
    """What was given out: the number of the issue, and how many labels."""

    number: int
    labels: int


class RollLabelsOut(BaseModel):
    """How many labels it was about."""

    labels: int


class RollBoundLabelOut(BaseModel):
    """A piece or package that has its label now."""

    label: str
    roll: str
    set: int
    part: str
    kind: PartKindName
    aliases: list[str]
    item: str | None = Field(description="As the piece was called before, where it existed already.")
    package: str | None = Field(description="The package that it went into.")


class RollBoundOut(BaseModel):
    """What was bound, and the events that it was posted as."""

    events: list[int]
    labels: list[RollBoundLabelOut]
