"""Work (人工步骤): whose it is, when it is enough, and what happens then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Done, Outcome, Wait
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.people.service import pass_over, resolve, stand_ins
from mazhi.engines.flows.running import seats
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
        if found.instead:
            run.note("nobody", node, step, then=found.instead)
        give(run, node, step, found.users)
        set_due(run, node, step)
        begun = run.kind(node).enter
        outcome = begun(run, node, step) if begun else Wait()
        over = _pass_over(run, node, step) if isinstance(outcome, Wait) and not found.instead else None
        return over or outcome
    if found.skip:
        run.note("nobody", node, step, then="pass")
        return Done("nobody")
    raise ConflictError("flow_nobody", item=node.title or run.kind(node).zh, node=node.id)


def _pass_over(run: Run, node: Node, step: Step) -> Done | None:
    """Let those agree without asking who need not be asked; perhaps that is enough."""
    same = pass_over(run, node, step)
    theirs = [one for one in store.tasks(run.tx, [step.id]) if same and one.user_id in same and one.action == ""]
    for one in theirs:
        act(run, one, "same", "")
    if not theirs:
        return None
    named = people.names(run.tx, {one.user_id for one in theirs})
    run.note("same", node, step, users=[named[one.user_id][0] for one in theirs])
    return complete(run, step, "approved") if is_enough(run, node, step) else None


def give(
    run: Run, node: Node, step: Step, users: Sequence[int], *, via: str = "who", origin: int = 0, place: int = 0,
    waits: bool = False,
) -> list[Task]:  # fmt: skip
    """Make a task for each of some people, and tell those whose turn it is; ``waits``: it is nobody's turn yet.

    Of who is absent the task is handed on at once to who stands in for them; one person gets one task.
    """
    in_turn = node.options.get("many") == "turn" and via == "who"
    absent = stand_ins(run, users)
    doers = list(dict.fromkeys(absent.get(user, user) for user in users))
    made = []
    for order, doer in enumerate(doers):
        base = {
            "instance_id": run.instance.id, "step_id": step.id, "node": node.id, "due_at": step.due_at,
            "place": order if via == "who" else place, "created_at": run.at,
        }  # fmt: skip
        owners = [user for user in users if user != doer and absent.get(user) == doer]
        held = [
            store.add_task(
                run.tx, **base, user_id=owner, state="done", via=via, origin=origin, action="delegate", acted_at=run.at
            )
            for owner in owners
        ]  # fmt: skip
        taken = {"via": via, "origin": origin} if doer in users else {"via": "delegate", "origin": held[0].id}
        state = "waiting" if waits or (in_turn and order) else "open"
        made.append(store.add_task(run.tx, **base, user_id=doer, state=state, **taken))
    if absent:
        named = people.names(run.tx, {*absent, *absent.values()})
        handed = {named[owner][0]: named[doer][0] for owner, doer in absent.items()}
        run.note("delegate", node, step, to=handed)
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
    """Tell whether enough people have agreed; where somebody's turn comes by it, their task opens."""
    own = seats.seats_of(store.tasks(run.tx, [step.id]))
    many, ratio = str(node.options.get("many", "any")), int(node.options.get("ratio", 50))
    if seats.is_enough(own, many, ratio):
        return True
    take_turns(run, node, own)
    return False


def take_turns(run: Run, node: Node, own: Sequence[seats.Seat]) -> None:
    """Open the tasks of those whose turn it is, and let the others wait."""
    opened = []
    for one, state in seats.turns(own, in_turn=node.options.get("many") == "turn"):
        one.state = state
        store.keep_task(run.tx, one)
        opened += [one] if state == "open" else []
    tell_open(run, node, opened)


def complete(run: Run, step: Step, outcome: str, **data: Any) -> Done:
    """Do what the kind does when people are done with it; it may refuse."""
    node = run.node(step)
    finish = run.kind(node).finish
    done = finish(run, node, step) if finish else Done()
    return Done(outcome, {**done.data, **data}, done.event)
