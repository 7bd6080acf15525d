"""The state of running flows, as rows: instances, steps and tasks. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

InstanceState = Literal["running", "done", "refused", "withdrawn", "ended", "failed"]
"""``ended`` by an administrator; ``failed``: a step that nobody stands behind cannot go on, and who manages decides."""

StepState = Literal["open", "done", "back", "undone", "void", "failed"]
"""``back``: sent back from here; ``undone``: was done, and sent back past; ``void``: given up with others."""

TaskState = Literal["open", "waiting", "done", "closed"]
"""``waiting``: others come first; ``closed``: over without its owner having done anything; ``action`` may say why."""


@dataclass(slots=True)
class Instance:
    """One running flow (流程实例).

    Attributes:
        id: Its number.
        flow_id: The design.
        version: The published version that it runs by, for good.
        app: The code of the app.
        flow: The code of the flow in the app.
        form: The code of the form.
        form_id: The form's design.
        record_id: The record.
        title: What the work list shows.
        state: Where it stands.
        starter_id: Who started it; 0 for nobody.
        starter: The user name.
        origin: How it was started: ``button``, ``record``, ``api``, ``schedule``, ``date``, ``scan``, ``webhook`` or
            ``flow``.
        parent_step: Of a sub-flow: the step that waits for it; else 0.
        depth: How many flows started one another to come to this.
        seq: The number of the last line of the trail.
        started_at: µs.
        ended_at: µs, None while it runs.
    """

    id: int
    flow_id: int
    version: int
    app: str
    flow: str
    form: str
    form_id: int
    record_id: int
    title: str
    state: InstanceState
    starter_id: int
    starter: str
    origin: str
    parent_step: int
    depth: int
    seq: int
    started_at: int
    ended_at: int | None = None


@dataclass(slots=True)
class Step:
    """One visit of a node (步骤).

    Attributes:
        id: Its number; later steps of an instance have greater ones.
        instance_id: Of which instance.
        node: The id of the node.
        kind: The kind of the node.
        state: Where it stands.
        scope: The step of the parallel block around it; 0 outside of all.
        lane: The id of the lane within that block.
        waiting: Of a parallel block: how many lanes have not arrived.
        outcome: How it ended.
        data: What came of it.
        event_id: The event that it posted.
        resume: The node to go to straight when it is done (退回后直送); empty for the usual way.
        entered_at: µs.
        left_at: µs.
        due_at: µs.
    """

    id: int
    instance_id: int
    node: str
    kind: str
    state: StepState
    scope: int
    lane: str
    waiting: int
    outcome: str
    data: dict[str, Any]
    event_id: int | None
    resume: str
    entered_at: int
    left_at: int | None = None
    due_at: int | None = None


@dataclass(slots=True)
class Task:
    """One piece of work of one person (待办).

    Attributes:
        id: Its number.
        instance_id: Of which instance.
        step_id: Of which step.
        node: The id of the node.
        user_id: Whose it is.
        state: Where it stands.
        place: Their order where people follow one another.
        via: How it came to them: ``who``, ``transfer``, ``before``, ``after``, ``delegate``, ``manager``.
        origin: The task that it was made from; else 0.
        action: What they did.
        comment: What they said.
        draft: What they have filled in and not handed in (暂存).
        created_at: µs.
        read_at: µs.
        acted_at: µs.
        due_at: µs.
    """

    id: int
    instance_id: int
    step_id: int
    node: str
    user_id: int
    state: TaskState
    place: int
    via: str
    origin: int
    action: str
    comment: str
    draft: Mapping[str, Any]
    created_at: int
    read_at: int | None = None
    acted_at: int | None = None
    due_at: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trail (流转记录).

    Attributes:
        seq: Its number within the instance.
        at: µs.
        actor: The user name, ``system`` where nobody did it.
        action: What was done: an action's name, or ``start``, ``enter``, ``leave``, ``end`` …
        node: The id of the node; empty for the flow itself.
        step_id: The step.
        data: What goes with it; JSON.
    """

    seq: int
    at: int
    actor: str
    action: str
    node: str
    step_id: int
    data: Mapping[str, Any] = field(default_factory=dict)
