"""What a reader can do: with a task, or with a running flow; and whom they choose for later steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mazhi.engines.flows.actions import send_back
from mazhi.engines.flows.family import action_kinds
from mazhi.engines.flows.kind import ActionKind
from mazhi.engines.flows.lists.model import Choice, Offered, Person
from mazhi.engines.flows.managing import states_of
from mazhi.engines.flows.model import Flow, Node
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.people.store import MANAGE
from mazhi.engines.flows.people.ways import chosen
from mazhi.engines.flows.reading import may_read
from mazhi.engines.flows.running import withdrawing
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step, Task


def with_task(run: Run, step: Step, task: Task) -> list[Offered]:
    """Return what somebody can do with their task now, in the order of the buttons."""
    if run.instance.state != "running":
        return []
    node = run.node(step)
    buttons: Mapping[str, Any] = node.options.get("buttons") or {}
    found = []
    for action in action_kinds:
        button = buttons.get(action.name) or {}
        fits = action.on == "task" and action.when == task.state and (not action.nodes or node.kind in action.nodes)
        if not fits or not button.get("on", action.usual) or (action.when == "open" and step.state != "open"):
            continue
        offered = _offer(run, step, task, action, str(button.get("title") or ""))
        if offered is not None:
            found.append(offered)
    return sorted(found, key=lambda one: ORDER.index(one.action.name) if one.action.name in ORDER else len(ORDER))


ORDER = ("approve", "submit", "complete", "refuse", "send_back", "transfer", "add_before", "add_after", "save")


def _offer(run: Run, step: Step, task: Task, action: ActionKind, title: str) -> Offered | None:
    if action.name == "send_back":
        targets = send_back.targets(run, step)
        return Offered(action, title, targets, send_back.hows(run.node(step))) if targets else None
    if action.name == "take_back" and not withdrawing.may_take_back(run, task):
        return None
    return Offered(action, title)


def with_instance(run: Run) -> list[Offered]:
    """Return what a reader can do with a running flow now."""
    actor, one = run.actor, run.instance
    may = {"reader": may_read(run.tx, actor, one), "starter": bool(actor.user_id) and actor.user_id == one.starter_id,
           "manager": actor.may(MANAGE)}  # fmt: skip
    return [
        Offered(action)
        for action in action_kinds
        if action.on == "flow" and may.get(action.who) and one.state in states_of(action)
        and (action.name != "withdraw" or withdrawing.may_withdraw(run))
    ]  # fmt: skip


def choices(run: Run, node: Node, *, by: str) -> list[Choice]:
    """Return the later steps whose people somebody chooses with what they do at a node."""
    ahead = run.flow.nodes.values() if by == chosen.STARTER else _next_work(run.flow, node)
    found = []
    for one in ahead:
        for said in (one.options.get("who") or {}).get("ways") or () if run.kind(one).work else ():
            if isinstance(said, Mapping) and said.get("kind") == "chosen" and said.get("by", chosen.STARTER) == by:
                among = chosen.candidates(run, one, said)
                named = None if among is None else people.names(run.tx, among)
                persons = None if named is None else [Person(*named[user]) for user in sorted(named)]
                found.append(Choice(one, persons))
    return found


def _next_work(flow: Flow, node: Node) -> list[Node]:
    """Return the nodes that may come next, behind a node, as far as people work on them."""
    found: dict[str, Node] = {}
    waiting, seen = list(_after(flow, node)), set[str]()
    while waiting:
        one = waiting.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        found[one.id] = one
        if one.children:
            for way in one.children:
                waiting += way.children[:1] or list(_after(flow, one))
        elif not one.options.get("who"):
            waiting += list(_after(flow, one))
    return list(found.values())


def _after(flow: Flow, node: Node) -> Iterator[Node]:
    at: Node | None = node
    if node.kind == "start":
        yield from node.children[:1]
        return
    while at is not None and at.kind != "start":
        following = flow.following(at)
        if following is not None:
            yield following
            return
        at = flow.parent(at)
