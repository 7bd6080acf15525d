"""Taking back (撤回): a whole flow by who started it, or one's own last agreement while nobody has acted after it."""

from __future__ import annotations

from collections.abc import Sequence

from mazhi.engines.flows import store
from mazhi.engines.flows.running import advancing, work
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.running.seats import seats_of
from mazhi.engines.flows.running.skipping import owed
from mazhi.engines.flows.running.undoing import take_back
from mazhi.engines.flows.state import Step, Task
from mazhi.kernel.errors import ConflictError, ForbiddenError

AGREED = frozenset({"approve", "submit", "add_after"})
HARMLESS = frozenset({"remind", "copy", "due"})
"""What may be done with a flow without anybody relying on what went before."""


def withdraw(run: Run, comment: str) -> None:
    """End the instance as withdrawn and take back what it has done.

    Raises:
        ForbiddenError: The flow lets nobody withdraw it (code ``flow_no_withdrawing``).
        ConflictError: Somebody has acted already (``flow_acted_since``), or what was done cannot be taken back.
    """
    if _lets(run) == "never":
        raise ForbiddenError("flow_no_withdrawing")
    if not may_withdraw(run):
        raise ConflictError("flow_acted_since")
    steps = store.steps(run.tx, run.instance.id, {"open", "done", "failed"})
    left = [one.user_id for one in store.tasks_of(run.tx, run.instance.id) if one.state == "open"]
    take_back(run, [one for one in steps if one.state == "done" and one.kind != "start"])
    run.note("withdraw", comment=comment)
    run.tell(left, "notice_flow_withdrawn")
    advancing.end(run, "withdrawn")


def _lets(run: Run) -> str:
    if run.instance.parent_step and owed(run):
        return "never"  # whoever waits for it would go on without what should have been done in it
    return str(run.flow.root.options.get("withdraw", "before"))


def may_withdraw(run: Run) -> bool:
    """Tell whether the flow can be withdrawn now, as far as the start node has a say."""
    return _lets(run) == "always" or (_lets(run) == "before" and not _somebody_acted(run))


def _somebody_acted(run: Run) -> bool:
    others = [one for one in store.tasks_of(run.tx, run.instance.id) if one.user_id != run.instance.starter_id]
    return any(one.state == "done" and one.action not in {"delegate", "same"} for one in others)


def take_back_agreement(run: Run, step: Step, task: Task, comment: str) -> None:
    """Open a task again that one has agreed to, and undo everything that came of it.

    What was entered in the same moment came of it, and nobody has acted since: that is what makes it simple.

    Raises:
        ConflictError: It was no agreement (``task_closed``), somebody has acted since (``flow_acted_since``), or what
            came of it cannot be taken back (``flow_cannot_undo``).
    """
    if task.action not in AGREED:
        raise ConflictError("task_closed", item=str(task.id), state=task.state)
    if not may_take_back(run, task):
        raise ConflictError("flow_acted_since")
    at = task.acted_at
    steps = store.steps(run.tx, run.instance.id, {"open", "done", "failed"})
    inside = [one for one in steps if one.id > step.id and one.entered_at == at] if step.state == "done" else []
    take_back(run, [one for one in inside if one.state == "done"])
    advancing.give_up(run, [one for one in inside if one.state in {"open", "failed"}])
    if step.state == "done":
        _reopen(run, step)
    task.state, task.action, task.acted_at = "open", "", None
    store.keep_task(run.tx, task)
    asked = [one for one in store.tasks(run.tx, [step.id]) if one.origin == task.id and one.via == "after"]
    _drop(run, asked)
    run.note("take_back", run.node(step), step, task=task.id, comment=comment)
    work.take_turns(run, run.node(step), seats_of(store.tasks(run.tx, [step.id])))


def may_take_back(run: Run, task: Task) -> bool:
    """Tell whether somebody has agreed, and nothing that matters has happened since."""
    if task.action not in AGREED:
        return False
    lines = store.trail(run.tx, run.instance.id)
    own = max((line.seq for line in lines if line.action in AGREED and line.data.get("task") == task.id), default=0)
    if any(line.seq > own and line.at != task.acted_at and line.action not in HARMLESS for line in lines):
        return False
    return not _begun(run, task)


def _begun(run: Run, task: Task) -> bool:
    """Tell whether somebody has begun with what came of it: scanned something, or kept what they filled in."""
    came = [one for one in store.steps(run.tx, run.instance.id, {"open"}) if one.entered_at == task.acted_at]
    kinds = [(one, run.kind(run.node(one)).begun) for one in came]
    if any(begun is not None and begun(run, one) for one, begun in kinds):
        return True
    return bool(came) and any(one.draft for one in store.tasks(run.tx, [one.id for one in came]))


def _drop(run: Run, tasks: Sequence[Task]) -> None:
    """Let those who were asked to sign after not be asked any more."""
    for one in tasks:
        one.state, one.action, one.acted_at = "closed", "dropped", run.at
        store.keep_task(run.tx, one)


def _reopen(run: Run, step: Step) -> None:
    """Let a step be open again, with the tasks that closed when it was done, and the blocks that it ended."""
    take_back(run, [step])
    left = step.left_at
    step.state, step.outcome, step.left_at, step.event_id = "open", "", None, None
    store.keep_step(run.tx, step)
    for one in store.tasks(run.tx, [step.id]):
        if one.state == "closed" and one.acted_at == left and not one.action:
            one.state, one.acted_at = "open", None
            store.keep_task(run.tx, one)
    scope = step.scope
    while scope:
        block = store.step(run.tx, scope)
        if block is None:
            break
        tokens = store.steps(run.tx, run.instance.id, {"open", "failed"})
        block.waiting = sum(one.scope == block.id for one in tokens)
        block.state, block.outcome, block.left_at = "open", "", None
        store.keep_step(run.tx, block)
        scope = block.scope
