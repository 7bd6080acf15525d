"""What the routes of tasks, running flows and delegations take and answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from mazhi.web.master_data import Code

_KEY = "3f0c7b3e-0a0e-4c55-8d1a-0d6f7a5f9b11"
Key = Annotated[str | None, StringConstraints(min_length=1, max_length=200)]
Words = Annotated[str, StringConstraints(max_length=4_000)]
Username = Annotated[str, StringConstraints(min_length=1, max_length=64)]
NodeId = Annotated[str, StringConstraints(min_length=1, max_length=64)]
TaskNumber = Annotated[int, Field(ge=1, le=2**63 - 1)]


def _with(example: dict[str, Any]) -> ConfigDict:
    return ConfigDict(extra="forbid", json_schema_extra={"examples": [example]})


class TaskPerson(BaseModel):
    """Somebody by user name, and what people call them."""

    code: str
    name: str


class TaskRow(BaseModel):
    """One line of a box."""

    id: int | None = Field(description="The task; null for what one started or was shown.")
    instance: int
    app: str
    flow: str
    flow_name: str
    form: str
    form_name: str
    record: int
    title: str
    node: str
    node_title: str = Field(description="The step of the task, or where the flow stands now.")
    kind: str
    state: str
    instance_state: str
    starter: TaskPerson
    at: datetime
    due_at: datetime | None
    late: bool
    read: bool


class TaskCounts(BaseModel):
    """How much waits; of what was shown to one, what was not opened yet."""

    todo: int
    copied: int
    drafts: int


class TaskPage(BaseModel):
    """One page of a box."""

    tasks: list[TaskRow]
    next: int | None
    counts: TaskCounts


class TaskPressing(BaseModel):
    """What presses of one's own work."""

    tasks: list[TaskRow]
    count: int = Field(description="How many wait in all.")
    late: int = Field(description="Of how many the time is over.")
    kinds: dict[str, int] = Field(description="How many wait at each kind of node.", examples=[{"approve": 4}])


class TaskTarget(BaseModel):
    """A step that can be sent back to."""

    node: str
    title: str


class TaskAction(BaseModel):
    """Something that can be done."""

    name: str
    title: str
    comment: str = Field(description="never, may or must")
    to: str = Field(description="What `to` names: nothing, people or node.")
    danger: bool
    signs: bool = Field(description="Whether a signature is needed for it where the step needs one.")
    targets: list[TaskTarget]
    how: list[str]


class TaskChoice(BaseModel):
    """A later step whose people are chosen now; `among` is null where anybody can be."""

    node: str
    title: str
    among: list[TaskPerson] | None


class TaskChoices(BaseModel):
    """The steps whose people are chosen when a flow is started."""

    choices: list[TaskChoice]


class TaskRecord(BaseModel):
    """The record as the step shows it."""

    app: str
    form: str
    id: int
    version: int
    values: dict[str, Any]
    states: dict[str, str] = Field(description="By codes; of a column as `lines.qty`.")
    title: str


class TaskDid(BaseModel):
    """What one of the people of a step did, or is to do."""

    task: int
    user: TaskPerson
    state: str
    via: str
    action: str
    comment: str
    at: datetime | None


class FlowInstanceRow(BaseModel):
    """A running flow in short."""

    id: int
    app: str
    flow: str
    flow_name: str
    version: int
    title: str
    state: str
    starter: TaskPerson
    started_at: datetime
    ended_at: datetime | None


class TaskNode(BaseModel):
    """The step that a task belongs to."""

    id: str
    step: int
    title: str
    kind: str
    hint: str
    phrases: list[str]


class TaskSign(BaseModel):
    """The signature that a step needs."""

    needed: bool
    meaning: str


class TaskOut(BaseModel):
    """One task."""

    id: int
    state: str
    via: str
    created_at: datetime
    due_at: datetime | None
    late: bool
    instance: FlowInstanceRow
    node: TaskNode
    record: TaskRecord | None = Field(description="Null where the record was deleted.")
    draft: dict[str, Any] = Field(description="What was kept: `values` and `comment`.")
    actions: list[TaskAction]
    choices: list[TaskChoice]
    sign: TaskSign | None
    scan: dict[str, Any] | None = Field(description="Of a scan step: where its state is found.")
    people: list[TaskDid]


class TaskActionBody(BaseModel):
    """What one says with an action."""

    model_config = _with(
        {"values": {"note": "已核对"}, "comment": "同意", "to": [], "how": "", "chosen": {}, "client_key": _KEY}
    )

    values: dict[str, Any] = Field(default_factory=dict, description="Fields of the record by their codes.")
    comment: Words = ""
    to: list[NodeId] = Field(default_factory=list, max_length=20, description="User names, or the id of one node.")
    how: Annotated[str, StringConstraints(max_length=20)] = ""
    password: Annotated[str, StringConstraints(max_length=128)] = Field("", description="For a signature.")
    chosen: dict[NodeId, list[Username]] = Field(
        default_factory=dict, max_length=50, description="Who does later steps, by the ids of their nodes."
    )
    client_key: Key = None


class TaskNext(BaseModel):
    """What else of the same flow waits for one."""

    task: int | None


class TaskActed(BaseModel):
    """What came of an action; `state` is the flow's."""

    instance: int
    state: str
    next: TaskNext


class TaskBatchBody(BaseModel):
    """The same for many of one's tasks."""

    model_config = _with({"tasks": [17, 18], "kind": "approve", "comment": "同意", "client_key": _KEY})

    tasks: list[TaskNumber] = Field(min_length=1, max_length=200)
    kind: Code
    comment: Words = ""
    client_key: Key = None


class TaskBatchResult(BaseModel):
    """What came of one of them."""

    task: int
    done: bool
    instance: int | None
    code: str | None
    message: str | None
    advice: str | None


class TaskBatchOut(BaseModel):
    """What came of each."""

    results: list[TaskBatchResult]
    done: int
    refused: int


class FlowStepOut(BaseModel):
    """One visit of a node."""

    id: int
    node: str
    kind: str
    state: str
    outcome: str
    scope: int
    entered_at: datetime
    left_at: datetime | None
    due_at: datetime | None
    data: dict[str, Any]
    people: list[TaskDid]


class FlowSignatureOut(BaseModel):
    """A signature; `holds`: the record is still what was signed."""

    meaning: str
    hash: str
    holds: bool


class FlowTrailLine(BaseModel):
    """One line of the trail."""

    seq: int
    at: datetime
    actor: TaskPerson
    action: str
    node: str
    title: str
    step: int
    data: dict[str, Any]
    sign: FlowSignatureOut | None


class FlowInstanceOut(FlowInstanceRow):
    """A running flow with the drawing that it runs by."""

    form: str
    record: TaskRecord | None = Field(description="As the reader's own step shows it; null: by their own rights.")
    record_id: int
    origin: str
    tree: dict[str, Any]
    steps: list[FlowStepOut]
    trail: list[FlowTrailLine]
    standing: list[str] = Field(description="The ids of the nodes at which it stands.")
    task: int | None = Field(description="The task that the reader has in it.")
    may: list[TaskAction]


class FlowInstanceActionBody(BaseModel):
    """What one says with an action on a running flow."""

    model_config = _with({"comment": "急用，请尽快处理", "to": [], "client_key": _KEY})

    comment: Words = ""
    to: list[NodeId] = Field(default_factory=list, max_length=20, description="User names, or the id of one node.")
    how: Annotated[str, StringConstraints(max_length=20)] = ""
    step: int | None = Field(None, ge=1, le=2**63 - 1, description="Which step, where the flow stands at several.")
    task: int | None = Field(None, ge=1, le=2**63 - 1, description="Which task.")
    client_key: Key = None


class RecordFlow(FlowInstanceRow):
    """A flow that runs or ran on a record."""

    node_title: str


class FlowSkipped(BaseModel):
    """A date of a record that starts nothing any more: its moment was over when the record or the flow came."""

    flow: str
    name: str
    day: date = Field(description="What the record holds.")
    moment: datetime = Field(description="When it would have started.")


class FlowStartable(BaseModel):
    """A flow that the reader may start on a record."""

    code: str = Field(examples=["receipt"])
    name: str = Field(examples=["收货"])


class RecordFlows(BaseModel):
    """The flows of a record, the newest first, what its dates have not started, and what the reader may start."""

    instances: list[RecordFlow]
    skipped: list[FlowSkipped]
    startable: list[FlowStartable]


class NewDelegation(BaseModel):
    """Who stands in for one, from when until when."""

    model_config = _with(
        {"to": "chen", "starts_at": "2026-12-01T08:00:00+08:00", "ends_at": "2026-12-08T18:00:00+08:00", "apps": []}
    )

    to: Username
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    apps: list[Code] = Field(default_factory=list, max_length=100, description="Codes of apps; none: all.")
    owner: Username | None = Field(None, description="For whom; null: oneself. For others with `flows.manage`.")


class DelegationOut(BaseModel):
    """Somebody stands in for somebody else."""

    id: int
    owner: TaskPerson
    to: TaskPerson
    starts_at: datetime
    ends_at: datetime
    apps: list[str]
    created_by: str
    own: bool = Field(description="Whether one can end it.")


class DelegationPage(BaseModel):
    """Delegations that are not over, the newest first."""

    delegations: list[DelegationOut]
    next: int | None
