"""What the routes of drawing flows take and answer."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from mazhi.web.form_shapes import Name, Number
from mazhi.web.master_data import Code

TREE: dict[str, Any] = {
    "id": "start", "kind": "start", "title": "提交到货单", "options": {},
    "children": [
        {
            "id": "5b0a6c1e", "kind": "approve", "title": "质检", "children": [],
            "options": {"who": {"ways": [{"kind": "role", "values": ["quality"]}]}},
        }
    ],
}  # fmt: skip


def _with(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class NewFlow(BaseModel):
    """A flow to be added for a form of the app; it is a draft until it is published."""

    model_config = _with({"code": "receive", "name": "采购收货", "form": "receipt"})

    code: Code
    name: Name
    form: Code


class FlowName(BaseModel):
    """What a flow is to be called."""

    model_config = _with({"name": "采购收货"})

    name: Name


class FlowSummary(BaseModel):
    """A flow as a list shows it."""

    code: str
    name: str
    uuid: str
    form: str | None = Field(None, description="The code of the form whose records run through it.")
    version: int | None = Field(description="In force; null before the first is published.")
    draft: bool = Field(description="Whether something is drawn that is not published.")
    updated_at: str


class FlowOut(FlowSummary):
    """A flow with the version in force and how many run by which version."""

    tree: dict[str, Any] | None = None
    running: dict[int, int] = Field({}, description="Running instances by version.")


class FlowPage(BaseModel):
    """One page of an app's flows in the order of their codes."""

    flows: list[FlowSummary]
    next: str | None


class FlowDraftBody(BaseModel):
    """What was drawn on top of a published version, however incomplete."""

    model_config = _with({"form": "receipt", "tree": TREE, "base": 3})

    form: Code
    tree: dict[str, Any]
    base: Number | None = None
    revision: Number | None = None


class FlowDraftOut(BaseModel):
    """What is drawn and not published."""

    form: str
    tree: dict[str, Any]
    base: int
    revision: int
    saved_at: str
    saved_by: str


class FlowFaultOut(BaseModel):
    """Something incomplete or wrong with a node."""

    node: str
    pointer: str
    code: str
    message: str
    advice: str
    hard: bool = Field(description="Whether it stands in the way of publishing; else it is a hint.")


class FlowCheckOut(BaseModel):
    """Everything that is incomplete or wrong, in the order of the drawing."""

    faults: list[FlowFaultOut]


class FlowPublishBody(BaseModel):
    """Which version the draft was begun on."""

    model_config = _with({"base": 3, "note": "加了上架"})

    base: Number | None = None
    note: Annotated[str, Field(max_length=200)] = ""


class FlowPublished(BaseModel):
    """The version that was made, and how many instances go on by earlier ones."""

    version: int
    running: int


class FlowVersionOut(BaseModel):
    """One published version with its body."""

    version: int
    form: str
    tree: dict[str, Any]


class FlowStartBody(BaseModel):
    """The record that a flow is to be started on."""

    model_config = _with({"record": 10041, "client_key": "3f2c…"})

    record: Annotated[int, Field(ge=1)]
    chosen: dict[str, list[str]] = Field(
        default_factory=dict, max_length=50, description="Who does steps that the starter chooses people for."
    )
    client_key: Annotated[str, Field(min_length=1, max_length=100)] | None = None


class FlowStarted(BaseModel):
    """The instance that was started."""

    id: int


class FlowTryBody(BaseModel):
    """The record that a test run is to be made with."""

    model_config = _with({"record": 10041})

    record: Annotated[int, Field(ge=1)]


class FlowTriedPerson(BaseModel):
    """Somebody who would get a step."""

    code: str
    name: str


class FlowLooked(BaseModel):
    """A condition that was looked at: of which way, whether it held, and what its fields held."""

    case: str
    when: str
    held: bool
    fault: str
    values: dict[str, Any]


class FlowEffect(BaseModel):
    """One thing that would be done: ``create``, ``change``, ``post``, ``post_later``, ``send``, ``tell``, ``note``."""

    what: str
    data: dict[str, Any]


class FlowPassed(BaseModel):
    """One step of a test run."""

    node: str
    outcome: str
    data: dict[str, Any]
    people: list[FlowTriedPerson]
    looked: list[FlowLooked]
    effects: list[FlowEffect]


class FlowProblem(BaseModel):
    """Why a test run stopped."""

    code: str
    message: str
    advice: str


class FlowTried(BaseModel):
    """What a test run came to; nothing of it was kept."""

    path: list[FlowPassed]
    state: str
    node: str
    problems: list[FlowProblem]
