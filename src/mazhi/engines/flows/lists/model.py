"""What a reader is shown of running flows. Pure data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mazhi.engines.facts import State
from mazhi.engines.flows.kind import ActionKind
from mazhi.engines.flows.model import Flow, Node
from mazhi.engines.flows.state import Instance, Step, Task

Box = Literal["todo", "started", "done", "copied", "drafts"]
"""我的待办, 我发起的, 我已处理, 抄送我的, 草稿 (work that one has filled in and not handed in)."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by user name, and what people call them."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a box.

    Attributes:
        key: What the next page begins after.
        instance: The instance.
        task: The task; 0 for what one started or was shown.
        node: The id of the node: of the task, or where the flow stands first; empty where it is over.
        state: Of the task, else of the instance.
        at: When it came there, µs.
        due_at: µs.
        read: Whether one has opened it.
    """

    key: int
    instance: Instance
    task: int
    node: str
    state: str
    at: int
    due_at: int | None
    read: bool


@dataclass(frozen=True, slots=True)
class Named:
    """A line of a box with everything by name."""

    entry: Entry
    flow: str
    form: str
    node_title: str
    node_kind: str
    starter: Person


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits in the boxes; ``copied`` is what was not opened yet."""

    todo: int
    copied: int
    drafts: int


@dataclass(frozen=True, slots=True)
class Pressing:
    """What presses of somebody's work: the first of it, and how much of it there is.

    Attributes:
        rows: Tasks whose time runs out first, then the oldest.
        count: How many there are in all.
        late: Of how many the time is over.
        kinds: How many of each kind of node.
    """

    rows: Sequence[Named]
    count: int
    late: int
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Did:
    """What one of the people of a step did, or is to do."""

    task: Task
    person: Person


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as a reader may see it.

    Attributes:
        version: Of the record.
        values: By codes; nothing hidden.
        states: By codes; of a column as ``lines.qty``.
    """

    version: int
    values: Mapping[str, Any]
    states: Mapping[str, State]


@dataclass(frozen=True, slots=True)
class Choice:
    """A later step whose people are chosen with an action.

    Attributes:
        node: The step.
        among: Among whom; None: among everybody.
    """

    node: Node
    among: Sequence[Person] | None


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing that the reader can do.

    Attributes:
        action: What.
        title: What its button says; empty for the usual.
        targets: Where it can be sent back to.
        how: How it may go on from there.
    """

    action: ActionKind
    title: str = ""
    targets: Sequence[Node] = ()
    how: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class TaskView:
    """One task with everything around it."""

    task: Task
    step: Step
    node: Node
    instance: Instance
    flow_name: str
    starter: Person
    record: Shown | None
    offered: Sequence[Offered]
    choices: Sequence[Choice]
    people: Sequence[Did]


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature, and whether the record is still what was signed."""

    meaning: str
    hash: str
    holds: bool


@dataclass(frozen=True, slots=True)
class TrailLine:
    """A line of the trail with names."""

    seq: int
    at: int
    actor: Person
    action: str
    node: str
    title: str
    step: int
    data: Mapping[str, Any]
    signature: Signature | None = None


@dataclass(frozen=True, slots=True)
class InstanceView:
    """One running flow with everything around it."""

    instance: Instance
    flow_name: str
    flow: Flow
    starter: Person
    steps: Sequence[Step]
    people: Mapping[int, Sequence[Did]]
    trail: Sequence[TrailLine]
    offered: Sequence[Offered]
    record: Shown | None
    own_task: int
    standing: Sequence[str] = field(default=())
