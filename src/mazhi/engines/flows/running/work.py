"""Work (人工步骤): whose it is, when it is enough, and what happens then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Done, Outcome, Wait
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.people.service import resolve
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step, Task
from mazhi.engines.options import Choice, Option
from mazhi.kernel import clock
from mazhi.kernel.errors import ConflictError

DUE = "flow_due"
"""The kind of job that looks at work whose time is over."""
HOUR = 3_600 * clock.MICROS_PER_SECOND

WORK: tuple[Option, ...] = (
    Option("who", "由谁处理", "Who", "people", {}, required=False),
    Option(
        "many", "多人时", "Of several", "choice", "any",
        choices=(
            Choice("any", "或签：一人办就行", "Any one"), Choice("all", "会签：每人都要办", "Everybody"),
            Choice("turn", "依次：一个接一个", "One after another"),
            Choice("ratio", "比例：够多少人就行", "A share of them"),
        ),
    ),
    Option("ratio", "比例", "Share", "whole", 50, least=1, most=100, unit="%"),
    Option("fields", "表单权限", "Fields", "field_states", {}),
    Option("buttons", "操作按钮", "Buttons", "buttons", {}),
    Option("due", "超时", "Due", "due", {}),
    Option("sign", "电子签名", "Signature", "signature", {}),
    Option("phrases", "常用语", "Usual phrases", "texts", [], most=20),
    Option("hint", "办理说明", "Instructions", "long_text", ""),
)  # fmt: skip
"""What can be set for every kind of work, beside its own options."""


def enter(run: Run, node: Node, step: Step) -> Outcome:
    """Give work to people; where nobody is found, what the node says happens."""
    found = resolve(run, node)
    if found.users:
        give(run, node, step, found.users)
        set_due(run, node, step)
        begun = run.kind(node).enter
        return begun(run, node, step) if begun else Wait()
    if found.skip:
        run.note("nobody", node, step)
        return Done("nobody")
    raise ConflictError("flow_nobody", item=node.title or run.kind(node).zh, node=node.id)


def give(run: Run, node: Node, step: Step, users: Sequence[int], *, via: str = "who", origin: int = 0) -> list[Task]:
    """Make a task for each of some people, and tell those whose turn it is."""
    in_turn = node.options.get("many") == "turn" and via == "who"
    made = [
        store.add_task(
            run.tx, instance_id=run.instance.id, step_id=step.id, node=node.id, user_id=user, place=place,
            state="waiting" if in_turn and place else "open", via=via, origin=origin, created_at=run.at,
            due_at=step.due_at,
        )
        for place, user in enumerate(users)
    ]  # fmt: skip
    tell_open(run, node, made)
    return made


def tell_open(run: Run, node: Node, tasks: Sequence[Task]) -> None:
    """Tell people that something waits for them."""
    for one in tasks:
        if one.state == "open":
            run.tell([one.user_id], "notice_task", f"/tasks/{one.id}", node=node.title)


def set_due(run: Run, node: Node, step: Step) -> None:
    """Note until when the work is to be done, and look at it then."""
    hours = (node.options.get("due") or {}).get("hours")
    if not hours:
        return
    step.due_at = run.at + int(float(hours) * HOUR)
    store.keep_step(run.tx, step)
    run.tx.run("UPDATE flow_task SET due_at = :due WHERE step_id = :step", due=step.due_at, step=step.id)
    if not run.trial:
        run.ports.jobs.enqueue(run.tx, DUE, {"step": step.id, "at": step.due_at}, actor=run.actor, run_at=step.due_at)


def act(run: Run, task: Task, action: str, comment: str) -> None:
    """Note what somebody did with a task."""
    task.state, task.action, task.comment, task.acted_at, task.draft = "done", action, comment, run.at, {}
    store.keep_task(run.tx, task)


def is_enough(run: Run, node: Node, step: Step) -> bool:
    """Tell whether enough people have agreed; where they follow one another, the next one's turn comes."""
    tasks = [one for one in store.tasks(run.tx, [step.id]) if one.state != "closed"]
    left = [one for one in tasks if one.state in {"open", "waiting"}]
    signers = [one for one in left if one.via in {"before", "after"}]
    if signers:
        _next(run, node, [one for one in left if one.state == "waiting"] if not _open(left) else [])
        return False
    if not left:
        return True
    match node.options.get("many", "any"):
        case "any":
            return True
        case "ratio":
            agreed = sum(one.state == "done" for one in tasks)
            return agreed * 100 >= int(node.options.get("ratio", 50)) * len(tasks)
        case _:
            _next(run, node, [one for one in left if one.state == "waiting"] if not _open(left) else [])
            return False


def _open(tasks: Sequence[Task]) -> list[Task]:
    return [one for one in tasks if one.state == "open"]


def _next(run: Run, node: Node, waiting: Sequence[Task]) -> None:
    for one in waiting[:1]:
        one.state = "open"
        store.keep_task(run.tx, one)
        tell_open(run, node, [one])


def complete(run: Run, step: Step, outcome: str, **data: Any) -> Done:
    """Do what the kind does when people are done with it; it may refuse."""
    node = run.node(step)
    finish = run.kind(node).finish
    done = finish(run, node, step) if finish else Done()
    return Done(outcome, {**done.data, **data}, done.event)
