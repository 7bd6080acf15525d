"""The bodies and answers of the routes of code rules."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from mazhi.kernel.codes.forecast import PLANNED

WM: dict[str, Any] = {
    "code": "WM",
    "name": "水表",
    "segments": [
        {"kind": "constant", "value": "WM"},
        {"kind": "date", "format": "YYMMDD"},
        {"kind": "field", "name": "line", "width": 3},
        {"kind": "counter", "width": 4, "base": 10, "reset": "day", "per": ["line"]},
        {"kind": "check", "method": "iso7064_mod37_36"},
    ],
}
ACTIVE = "False: it makes no codes until it is taken into use again."
Segments = Annotated[
    list[dict[str, Any]],
    Field(max_length=100, description="In order; kinds and parameters are listed by GET /code-rules/segment-kinds."),
]
Fields = Annotated[
    dict[Annotated[str, StringConstraints(max_length=40)], Annotated[str, StringConstraints(max_length=200)]],
    Field(max_length=20, description="Values of the fields that the rule shows; samples stand in for missing ones."),
]
Count = Annotated[int, Field(ge=1, le=100)]
Planned = Annotated[int, Field(ge=1, le=10**15, description="How many codes will ever be made.")]
PerPeriod = Annotated[int | None, Field(ge=0, le=10**15, description="How many in one period and for one line.")]
ProductCode = Annotated[str | None, Field(max_length=64)]


class NewRule(BaseModel):
    """A rule to be added."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [WM]})

    code: Annotated[str, Field(max_length=200)]
    name: Annotated[str, Field(max_length=1000)]
    segments: Segments


class RuleChange(BaseModel):
    """What to change of a rule; what is missing stays."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"version": 1, "segments": WM["segments"]}]}
    )

    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    name: Annotated[str | None, Field(max_length=1000)] = None
    segments: Segments | None = None
    active: Annotated[bool | None, Field(description=ACTIVE)] = None


class RulePreviewBody(BaseModel):
    """For what the codes would be made."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"count": 5, "fields": {"line": "L01"}, "at": "2026-11-21T08:00:00+08:00"}]},
    )

    count: Count = 5
    fields: Fields = {}
    product: ProductCode = None
    at: AwareDatetime | None = None


class Sketch(RulePreviewBody):
    """A rule that is being drawn up; its code is that of the rule that it will change, or missing."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"segments": WM["segments"], "count": 3, "planned": 20_160}]}
    )

    code: Annotated[str | None, Field(max_length=200)] = None
    name: Annotated[str | None, Field(max_length=1000)] = None
    segments: Segments
    planned: Planned = PLANNED
    per_period: PerPeriod = None


class RuleReadBody(BaseModel):
    """A code to be taken apart."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"code": "WM261121L010001Q"}]})

    code: Annotated[str, StringConstraints(max_length=500)]


class Note(BaseModel):
    """Something to know about a rule, or a reason why it cannot be saved."""

    pointer: str | None
    code: str
    message: str
    advice: str


class RuleSummary(BaseModel):
    """A rule in a list; ``capacity`` is how many codes there are per period and per value counted apart."""

    code: str
    name: str
    version: int
    status: Literal["in_force", "retired", "superseded"]
    used: bool
    segments: list[dict[str, Any]]
    example: str
    capacity: int
    created_at: str
    created_by: str


class RuleAnswer(RuleSummary):
    """A rule."""

    examples: list[str]
    hints: list[Note]


class RulePage(BaseModel):
    """One page of rules."""

    rules: list[RuleSummary]
    next: str | None


class Examples(BaseModel):
    """The codes that would come next; fewer than asked for if fewer are left."""

    examples: list[str]


class PartAnswer(BaseModel):
    """One segment of a code, from ``start`` up to ``end``, and what it says."""

    segment: int
    kind: str
    text: str
    start: int
    end: int
    value: str
    meaning: str


class ReadingAnswer(BaseModel):
    """A code as one version of a rule makes it."""

    rule: str
    name: str
    version: int
    in_force: bool
    parts: list[PartAnswer]


class Readings(BaseModel):
    """Every way in which our rules can have made a code; empty if none has."""

    readings: list[ReadingAnswer]


class ForecastAnswer(BaseModel):
    """What is to be expected; ``redraws`` is null where there are not enough codes for what is planned."""

    planned: int
    per_period: int | None
    capacity: int
    share: float | None
    redraws: float | None
    collision: float
    guess: float
    hits: float
    guessing: Literal["easy", "fair", "hard"]


class AlternativeAnswer(BaseModel):
    """Another way to make the codes unique."""

    label: str
    segments: list[dict[str, Any]]
    forecast: ForecastAnswer


class OverlapAnswer(BaseModel):
    """A rule that can make the same codes; ``example`` is null where that could not be ruled out."""

    rule: str
    name: str
    version: int
    example: str | None


class RuleCheckAnswer(BaseModel):
    """All that can be said about a rule before it is saved; without ``problems`` and ``overlaps`` it can be."""

    problems: list[Note]
    hints: list[Note] = []
    overlaps: list[OverlapAnswer] = []
    examples: list[str] = []
    parts: Annotated[list[PartAnswer], Field(description="The first example taken apart.")] = []
    capacity: int | None = None
    forecast: ForecastAnswer | None = None
    alternatives: list[AlternativeAnswer] = []


class ChoiceAnswer(BaseModel):
    """One value of a parameter."""

    value: str | int
    label: str


class ParameterAnswer(BaseModel):
    """One property of a kind of segment."""

    name: str
    type: Literal["text", "integer", "choice", "name", "names"]
    label: str
    help: str
    required: bool
    default: Any
    choices: list[ChoiceAnswer]
    minimum: int | None
    maximum: int | None


class PresetAnswer(BaseModel):
    """A ready-made segment."""

    label: str
    segment: dict[str, Any]


class KindAnswer(BaseModel):
    """A kind of segment with all that its property panel needs."""

    kind: str
    label: str
    group: str
    example: dict[str, Any]
    parameters: list[ParameterAnswer]
    presets: list[PresetAnswer]


class GroupAnswer(BaseModel):
    """A group of the palette."""

    group: str
    label: str


class KindsAnswer(BaseModel):
    """The palette of the designer."""

    groups: list[GroupAnswer]
    kinds: list[KindAnswer]
