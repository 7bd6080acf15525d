"""What one kind of node, and one kind of action, declares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mazhi.engines.flows.model import Contains, Node
from mazhi.engines.options import Option
from mazhi.kernel.errors import Problem

if TYPE_CHECKING:
    from mazhi.engines.flows.checking import Drawn
    from mazhi.engines.flows.running.run import Run
    from mazhi.engines.flows.state import Step, Task

Group = Literal["people", "goods", "data", "message", "logic"]
"""Where the popover of the round + shows a kind: 人工, 实物, 数据, 通知, 流转."""


@dataclass(frozen=True, slots=True)
class Done:
    """A step is over.

    Attributes:
        outcome: How, in one word: ``approved``, ``nobody``, the id of the case that was taken …
        data: What came of it, for the trail and the test run; JSON.
        event: The event that it posted, which sending back past it corrects.
    """

    outcome: str = "done"
    data: Mapping[str, Any] = field(default_factory=dict)
    event: int | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """A step stays open: for people, for a moment (``until``, µs), or for an answer from outside.

    Attributes:
        until: When it is looked at again.
        data: What is known of it so far; JSON.
    """

    until: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


Outcome = Done | Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeKind:
    """One kind of node.

    Attributes:
        name: Its name, which is also its module's.
        zh: Chinese title.
        en: English title.
        zh_hint: What it is for, in a few words.
        en_hint: The same in English.
        group: Where the designer offers it; None for what comes with others (start, case, lane).
        icon: Name of its picture.
        colour: Of the strip of its card.
        contains: What its children are.
        options: What can be set, beside what all kinds of work have.
        work: Whether people work on it: it has tasks, rights of fields, buttons, due times.
        enter: What happens when the flow comes to it, in the transaction of the step before.
        finish: Of work: what happens when people are done with it, in the same transaction; it refuses by raising.
        wake: Of what waits: what happens when its moment has come.
        undo: What takes its effects back when the flow is sent back past it, beside the event that it posted;
            it refuses by raising.
        choose: Of a block of cases: which case is taken.
        faults: What is incomplete or wrong when the flow is published; pointers are within the node.
        passed: Of what nobody may pass: tells whether a step was really done. The interpreter closes no such step
            before, whoever or whatever wants it.
        stands: Of what was done: whether the record still asks for just that; where it does not, nobody goes straight
            past it who was sent back before it.
        holds: Of what waits for other flows: whether something that nobody may pass is done in them.
        abandon: Of what waits: what happens when it is given up before it has ended.
        begun: Tells whether somebody has begun with the work of an open step, so that nobody takes it from under them.
        example: Options that make sense, for tests and docs.
    """

    name: str
    zh: str
    en: str
    zh_hint: str = ""
    en_hint: str = ""
    group: Group | None = None
    icon: str = "box"
    colour: str = "#576A95"
    contains: Contains = "nothing"
    options: tuple[Option, ...] = ()
    work: bool = False
    enter: Callable[[Run, Node, Step], Outcome] | None = None
    finish: Callable[[Run, Node, Step], Done] | None = None
    wake: Callable[[Run, Node, Step], Outcome] | None = None
    undo: Callable[[Run, Node, Step], None] | None = None
    choose: Callable[[Run, Node], Node | None] | None = None
    faults: Callable[[Node, Drawn], Iterable[Problem]] | None = None
    passed: Callable[[Run, Step], bool] | None = None
    begun: Callable[[Run, Step], bool] | None = None
    stands: Callable[[Run, Node, Step], bool] | None = None
    holds: Callable[[Run, Node], bool] | None = None
    abandon: Callable[[Run, Step], None] | None = None
    example: Mapping[str, Any] = field(default_factory=dict)

    @property
    def unskippable(self) -> bool:
        """Whether the flow cannot go on from such a node, or past it, before it was really done."""
        return self.passed is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody says with an action.

    Attributes:
        values: Fields of the record by their codes.
        comment: In their words.
        to: To whom (user names), or to which node.
        how: A choice that the action has, such as ``straight`` of sending back.
        password: For a signature.
        chosen: Who does later steps: user names by the ids of nodes.
        address: From where, for the count of wrong passwords.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    comment: str = ""
    to: tuple[str, ...] = ()
    how: str = ""
    password: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    address: str = ""

    def said(self) -> dict[str, Any]:
        """Return what tells two requests apart: everything but what is secret or the network's."""
        return {**asdict(self), "password": "", "address": ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionKind:
    """One thing that people do: 同意, 退回, 转交 …

    Attributes:
        name: Its name, which is also its module's.
        zh: Chinese title.
        en: English title.
        on: Whether it is done with a task, or with the running flow.
        who: Who may do it: who has the task, who started the flow, who manages flows, or whoever sees the instance.
        nodes: The kinds of node whose tasks have it; empty for all kinds of work.
        usual: Whether a task has it where the node says nothing about its buttons.
        comment: Whether a comment goes with it.
        to: What ``to`` names.
        danger: Whether its button is red.
        signs: Whether it decides something, so that a step that needs a signature needs it here.
        when: Whether it is done with an open task, or with one that one is done with.
        batch: Whether it can be done with many tasks at once.
        run: Does it; it refuses by raising. The task is None for what is done with the flow.
    """

    name: str
    zh: str
    en: str
    run: Callable[[Run, Step | None, Task | None, Asked], None]
    on: Literal["task", "flow"] = "task"
    who: Literal["assignee", "starter", "manager", "reader"] = "assignee"
    nodes: tuple[str, ...] = ()
    usual: bool = False
    comment: Literal["never", "may", "must"] = "may"
    to: Literal["nothing", "people", "node"] = "nothing"
    danger: bool = False
    signs: bool = False
    when: Literal["open", "done"] = "open"
    batch: bool = False
