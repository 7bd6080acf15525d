"""Sending back (退回): to a step that was done before, out of parallel lanes too, taking back what was posted since.

A step can be sent back to if every lane around it is also around the step that sends back: a lane that has joined is
over. What was entered since, within the lanes around the target, is undone; lanes beside them go on.
"""

from __future__ import annotations

from mazhi.engines.flows import store
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.running import advancing, work
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.running.undoing import take_back, within
from mazhi.engines.flows.state import Step
from mazhi.kernel.errors import ConflictError

STRAIGHT = "straight"


def targets(run: Run, step: Step) -> list[Node]:
    """Return the nodes that a step can be sent back to, those done last first; from the beginning there is none."""
    if run.node(step).kind == "start":
        return []
    around = run.flow.lanes(run.node(step))
    scopes = _scopes(run, step)
    found: dict[str, Node] = {}
    for one in reversed(store.steps(run.tx, run.instance.id, {"done"})):
        node = run.flow.nodes.get(one.node)
        if node is None or one.id >= step.id or node.id == step.node or one.scope not in scopes:
            continue
        work = run.kind(node).work and one.outcome != "nobody"
        if (work or node.kind == "start") and around[: len(run.flow.lanes(node))] == run.flow.lanes(node):
            found.setdefault(node.id, node)
    return list(found.values())


def _scopes(run: Run, step: Step) -> dict[int, str]:
    """Return the parallel blocks around a step with its lane in each; 0 is the outside of all."""
    found, scope, lane = {}, step.scope, step.lane
    while scope:
        found[scope] = lane
        block = store.step(run.tx, scope)
        if block is None:
            break
        scope, lane = block.scope, block.lane
    return {**found, 0: ""}


def send_back(run: Run, step: Step, target: Node, *, how: str = "", comment: str = "") -> None:
    """Close a step and give the work of an earlier node again.

    Raises:
        ConflictError: The node cannot be sent back to (code ``flow_cannot_return``), or what was posted since cannot
            be taken back (``flow_cannot_undo``, with every reason).
    """
    if target.id not in {one.id for one in targets(run, step)}:
        raise ConflictError("flow_cannot_return", item=target.title or target.id, node=target.id)
    visited = [one for one in store.steps(run.tx, run.instance.id, {"done"}) if one.node == target.id][-1]
    straight = how == STRAIGHT and (visited.scope, visited.lane) == (step.scope, step.lane)
    everything = store.steps(run.tx, run.instance.id, {"open", "done", "failed"})
    inside = within(everything, visited.scope, visited.lane)
    undone = [visited] if straight else [one for one in inside if one.state == "done" and one.id >= visited.id]
    take_back(run, undone)
    given_up = [one for one in inside if one.state in {"open", "failed"} and one.id != step.id]
    advancing.give_up(run, given_up)
    step.state, step.outcome, step.left_at = "back", target.id, run.at
    store.keep_step(run.tx, step)
    store.close_tasks(run.tx, [step.id], run.at)
    run.note("send_back", run.node(step), step, to=target.id, title=target.title, how=how, comment=comment)
    resume = step.node if straight else ""
    place = advancing.Place(target, visited.scope, visited.lane, resume=resume)
    if target.kind == "start":
        again(run, place)
    else:
        advancing.go(run, place)


def again(run: Run, place: advancing.Place) -> None:
    """Give the starter the work of beginning again; where nobody started it, or who did has left, who manages flows.

    Raises:
        ConflictError: Nobody manages flows (code ``flow_nobody``).
    """
    users = people.active(run.tx, [run.instance.starter_id])
    instead = [] if users else people.managers(run.tx)
    if not users and not instead:
        raise ConflictError("flow_nobody", item=place.node.title or run.kind(place.node).zh, node=place.node.id)
    step = store.add_step(
        run.tx, run.instance.flow_id, instance_id=run.instance.id, node=place.node.id, kind=place.node.kind,
        resume=place.resume, entered_at=run.at,
    )  # fmt: skip
    run.note("enter", place.node, step)
    if instead:
        run.note("nobody", place.node, step, then="admin")
    work.give(run, place.node, step, users or instead)
