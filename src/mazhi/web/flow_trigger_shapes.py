"""What the routes of triggers, migration and statistics of flows take and answer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from mazhi.web.flow_shapes import FlowProblem
from mazhi.web.scan_list_shapes import ClientKey

Record = Annotated[int, Field(ge=1, le=2**63 - 1)]
NodeId = Annotated[str, Field(min_length=1, max_length=64, pattern="^[^\\x00]*$")]


def _with(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class FlowButton(BaseModel):
    """A button that starts a flow, and on which of the records that were asked about."""

    flow: str
    name: str = Field(description="What people call the flow.")
    key: str
    title: str
    confirm: str = Field(description="What is asked before; empty for nothing.")
    records: list[int]
    in_list: bool = Field(description="Whether it stands in the list, too.")


class FlowButtons(BaseModel):
    """The buttons that the reader has."""

    buttons: list[FlowButton]


class FlowPress(BaseModel):
    """On which records a button is pressed."""

    model_config = _with({"records": [7], "client_key": "9f3c"})

    records: list[Record] = Field(min_length=1, max_length=100)
    client_key: ClientKey | None = None
    chosen: dict[NodeId, list[str]] | None = Field(
        default=None, description="Who does steps that the starter chooses people for: user names by the ids of nodes."
    )


class FlowPressedOne(BaseModel):
    """What came of it on one record."""

    record: int
    id: int | None = Field(description="The instance that was started; null where none was.")
    problems: list[FlowProblem]


class FlowPressed(BaseModel):
    """What came of it on each record."""

    results: list[FlowPressedOne]


class FlowHook(BaseModel):
    """A new secret address; it is told this once."""

    path: str = Field(description="To be posted to, from the site's root.")


class FlowHookTaken(BaseModel):
    """What came of something that was sent."""

    record: int
    id: int | None = Field(description="The instance that was started; null where none was, or not yet.")


class FlowScan(BaseModel):
    """A code that was scanned at a station."""

    model_config = _with({"raw": "RO261112L010025", "station": "WS-01", "client_key": "9f3c"})

    raw: str = Field(min_length=1, max_length=4_000)
    symbology: str | None = Field(default=None, max_length=32)
    station: str = Field(default="", max_length=64)
    client_key: ClientKey | None = None


class FlowStation(BaseModel):
    """A flow that the reader can start by scanning."""

    app: str
    flow: str
    name: str = Field(description="What people call it.")
    stations: list[str] = Field(description="Where; empty for any station.")


class FlowStations(BaseModel):
    """What can be started by scanning."""

    flows: list[FlowStation]


class FlowScanned(BaseModel):
    """What the scan did with one flow."""

    app: str
    flow: str
    name: str = Field(description="What people call it.")
    title: str = Field(description="Of what was started, as the work list shows it.")
    form: str
    record: int = Field(description="That was found or made; 0 for none.")
    made: bool
    id: int | None = Field(description="The instance that was started; null where none was.")
    running: int | None = Field(description="The instance that runs there already, because of which none was started.")
    task: int | None = Field(description="The first task of either that waits for whoever scanned.")
    problems: list[FlowProblem]


class FlowScans(BaseModel):
    """What the scan did with each flow that starts with it."""

    results: list[FlowScanned]


class FlowMigrateBody(BaseModel):
    """To which version the running instances are moved."""

    model_config = _with({"to": 3, "dry_run": True, "map": {"5b0a6c1e": "77aa01"}, "people": "keep"})

    to: int = Field(ge=1, le=2**31 - 1)
    dry_run: bool = True
    map: dict[NodeId, NodeId] = Field(
        default_factory=dict, max_length=500, description="Nodes of that version by those that it no longer has."
    )
    people: str = Field(
        default="keep",
        pattern="^(keep|new)$",
        description="`new`: the people of that version get the work in their place.",
    )
    hash: str | None = Field(default=None, max_length=64, description="Of the preview, which must still hold.")
    after: int = Field(default=0, ge=0, le=2**63 - 1, description="Of a preview: the last instance that was shown.")
    client_key: ClientKey | None = None


class FlowMove(BaseModel):
    """Where one step would stand."""

    step: int
    node: str
    title: str
    to: str
    to_title: str
    how: str = Field(description="`same` or `mapped`; or why it cannot: `gone`, `kind`, `lanes`, `skips` or `nobody`.")
    people: list[str] | None = Field(description="Who would have the work; null where those keep it who have it.")


class FlowMigrationPlan(BaseModel):
    """What would happen to one instance."""

    id: int
    record: int
    title: str
    version: int
    can: bool
    moves: list[FlowMove]


class FlowMigration(BaseModel):
    """What would happen, or the job that does it."""

    hash: str | None = None
    counts: dict[str, int] | None = Field(
        default=None, description="How many instances can be moved (`can`) and `cannot`."
    )
    undecided: dict[str, int] | None = Field(
        default=None, description="Nodes that are gone, with how many stand there."
    )
    instances: list[FlowMigrationPlan] | None = None
    next: int | None = None
    job: str | None = None
    moving: int | None = Field(default=None, description="How many instances the job moves.")


class FlowNodeFigures(BaseModel):
    """How one node goes; times in seconds."""

    node: str
    title: str
    kind: str
    passed: int
    median: float | None
    ninetieth: float | None
    waiting: int
    late: int
    failed: int
    oldest_at: str | None


class FlowVersionFigures(BaseModel):
    """How many instances of a version are in a state."""

    version: int
    state: str
    count: int


class FlowDay(BaseModel):
    """What began and ended on a day."""

    day: str
    started: int
    ended: int


class FlowFigures(BaseModel):
    """How a flow goes."""

    since: str
    nodes: list[FlowNodeFigures]
    versions: list[FlowVersionFigures]
    days: list[FlowDay]
