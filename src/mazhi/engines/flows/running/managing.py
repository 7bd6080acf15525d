"""What who manages flows does with a running one: choose a step, jump, try again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mazhi.engines.flows import store
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running import advancing, returning
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.running.skipping import refuse_skipping
from mazhi.engines.flows.running.undoing import take_back, within
from mazhi.engines.flows.state import Step
from mazhi.kernel.errors import ConflictError, invalid


def one_step(run: Run, step: Step | None, states: Collection[str]) -> Step:
    """Return the step that is meant: the one named, or the only one at which the instance stands.

    Raises:
        InvalidInputError: There are several and none is named (code ``flow_which_step``).
        ConflictError: It is over (code ``task_closed``).
    """
    if step is None:
        steps = store.steps(run.tx, run.instance.id, states)
        found = [one for one in steps if run.kind(run.node(one)).contains not in {"cases", "lanes"}]
        if len(found) != 1:
            raise invalid("/step", "flow_which_step")
        return found[0]
    if step.state not in states or step.instance_id != run.instance.id:
        raise ConflictError("task_closed", item=str(step.id), state=step.state)
    return step


def jump(run: Run, step: Step, target: Node, reason: str) -> None:
    """Let the flow go on at a node instead of where it stands.

    A target within a parallel lane can be reached from that lane only, and one outside of lanes ends all of them: so
    there are never more places at which the flow stands than were drawn. Where the flow has been at the target
    before, what it did since is taken back, as if it had been sent back there.

    Raises:
        ConflictError: The node cannot be reached (``flow_cannot_jump``), something on the way cannot be left out
            (``flow_would_skip``), or what was done since cannot be taken back (``flow_cannot_undo``).
    """
    around, wanted = run.flow.lanes(run.node(step)), run.flow.lanes(target)
    if target.kind in {"case", "lane"} or around[: len(wanted)] != wanted:
        raise ConflictError("flow_cannot_jump", item=target.title or target.id, node=target.id)
    refuse_skipping(run, target, reason)
    scope, lane = step.scope, step.lane
    for _ in range(len(around) - len(wanted)):
        block = store.step(run.tx, scope)
        if block is None:
            break
        scope, lane = block.scope, block.lane
    inside = within(store.steps(run.tx, run.instance.id, {"open", "done", "failed"}), scope, lane)
    take_back(run, _undone(run, target, [one for one in inside if one.state == "done"]))
    run.note("jump", run.node(step), step, to=target.id, title=target.title, comment=reason)
    advancing.give_up(run, [one for one in inside if one.state in {"open", "failed"}])
    run.instance.state = "running"
    if target.kind == "start":
        returning.again(run, advancing.Place(target, 0, ""))
        return
    _enter_branches(run, target, scope, lane)
    advancing.go(run, advancing.Place(target, scope, lane))


def _undone(run: Run, target: Node, done: Sequence[Step]) -> list[Step]:
    """Return what was done at the target and behind it, and in the way of a branch that is left for another one."""
    order = run.flow.order
    since = _crossed(run, target, done)
    return [one for one in done if order.get(one.node, 0) >= order[target.id] or (since and one.id >= since.id)]


def _crossed(run: Run, target: Node, done: Sequence[Step]) -> Step | None:
    """Return the last visit of the outermost branch around a node of which another way was taken."""
    crossed, way = None, target
    while (node := run.flow.parent(way)) is not None and node.kind != "lane":
        visits = [one for one in done if one.node == node.id and run.kind(node).contains == "cases"]
        if visits and visits[-1].outcome != way.id:
            crossed = visits[-1]
        way = node
    return crossed


def _enter_branches(run: Run, target: Node, scope: int, lane: str) -> None:
    """Note which ways of the branches around a node are taken by going there."""
    case, ways = target, list[tuple[Node, Node]]()
    while (node := run.flow.parent(case)) is not None and node.kind != "lane":
        if run.kind(node).contains == "cases":
            ways.append((node, case))
        case = node
    steps = store.steps(run.tx, run.instance.id, {"done"})
    done = {one.node for one in steps if (one.scope, one.lane) == (scope, lane)}
    for branch, way in reversed(ways):
        if branch.id not in done:
            made = store.add_step(
                run.tx, run.instance.flow_id, instance_id=run.instance.id, node=branch.id, kind=branch.kind,
                scope=scope, lane=lane, state="done", outcome=way.id, entered_at=run.at, left_at=run.at,
            )  # fmt: skip
            run.note("choose", branch, made, case=way.id, title=way.title)
