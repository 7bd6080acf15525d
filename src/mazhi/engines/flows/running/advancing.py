"""Going on: from a node that is done to whatever comes next, until everything waits or the flow has ended.

Every open step is a token. A lane that ends gives its token to the join of its block; the last one to arrive takes
the block's own token on. So there is always at least one open step in a running instance, and never one too many.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Done, Outcome, Wait
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running import work
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.running.skipping import unanswered
from mazhi.engines.flows.running.undoing import take_back, within
from mazhi.engines.flows.state import InstanceState, Step
from mazhi.kernel.errors import ConflictError, ProgrammingError

MOST_STEPS_AT_ONCE = 2_000
WAKE = "flow_wake"
"""The kind of job that looks at a step again when its moment has come."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the flow is to go on: a node, within which parallel block and lane; or after a node that is done."""

    node: Node
    scope: int
    lane: str
    after: bool = False
    resume: str = ""


def begin(run: Run) -> None:
    """Let the flow begin: the start node is done by whoever starts it."""
    root = run.flow.root
    step = store.add_step(
        run.tx, run.instance.flow_id, instance_id=run.instance.id, node=root.id, kind=root.kind, entered_at=run.at
    )
    run.note("start", root, step, origin=run.instance.origin)
    remember_chosen(run, step)
    leave(run, step, Done("started"))


def remember_chosen(run: Run, step: Step) -> None:
    """Keep whom the actor has chosen for later steps; it is written down with the step."""
    if run.chosen:
        named = {node: list(names) for node, names in run.chosen.items()}
        step.data = {**step.data, "chosen": {**step.data.get("chosen", {}), **named}, "chooser": run.actor.user_id}


def leave(run: Run, step: Step, done: Done) -> None:
    """Close a step and go on from it."""
    _end_step(run, step, done)
    node = run.node(step)
    straight = _straight(run, step) if step.resume else None
    if straight is not None:
        go(run, straight)
    elif run.kind(node).contains == "sequence" and node.kind == "start":
        inside = _inside(run, node, step.scope, step.lane)
        go(run, *inside)
    else:
        go(run, Place(node, step.scope, step.lane, after=True))


def _straight(run: Run, step: Step) -> Place | None:
    """Find where the flow goes on that was sent back to come straight again (退回后直送); None for the usual way.

    It goes to where it came from, if everything in between still is what the record asks for: the ways of branches,
    what had to be scanned. Else it goes on from the first thing that is not, and what was done from there is undone.

    Raises:
        ConflictError: Something that must be undone cannot be (code ``flow_cannot_undo``).
    """
    order = run.flow.order
    steps = within(store.steps(run.tx, run.instance.id, {"done", "back"}), step.scope, step.lane)
    since = [
        one for one in steps
        if one.state == "done" and one.id < step.id and order.get(one.node, 0) > order.get(step.node, 0)
    ]  # fmt: skip
    lost = step.resume not in run.flow or bool(unanswered(run, run.flow[step.resume]))  # by a newer version of the flow
    fallen = next((one for one in since if lost or not _stands(run, one)), None)
    if fallen is None:
        came = [one.resume for one in steps if one.state == "back" and one.node == step.resume]
        return Place(run.flow[step.resume], step.scope, step.lane, resume=came[-1]) if came and not lost else None
    by_id = {one.id: one for one in steps}
    while fallen.scope != step.scope:
        fallen = by_id[fallen.scope]  # a lane that has joined is over: its block begins again
    take_back(run, [one for one in since if one.id >= fallen.id])
    run.note("anew", run.node(fallen), fallen)
    return Place(run.node(fallen), step.scope, step.lane)


def _stands(run: Run, step: Step) -> bool:
    stands = run.kind(run.node(step)).stands
    return stands is None or stands(run, run.node(step), step)


def _end_step(run: Run, step: Step, done: Done) -> None:
    """Close a step; the one place where a step becomes done.

    Raises:
        ConflictError: It is one that nobody passes before it was really done (code ``flow_unskippable``).
    """
    passed = run.kind(run.node(step)).passed
    if passed is not None and not run.trial and not passed(run, step):  # a test run assumes that it was done
        raise ConflictError(
            "flow_unskippable", item=run.node(step).title or run.kind(run.node(step)).zh, node=step.node
        )
    step.state, step.outcome, step.left_at = "done", done.outcome, run.at
    step.data = {**step.data, **done.data}
    if done.event is not None:
        step.event_id = done.event
    store.keep_step(run.tx, step)
    store.close_tasks(run.tx, [step.id], run.at)


def go(run: Run, *places: Place) -> None:
    """Go on at some places until nothing moves any more."""
    waiting = deque(places)
    count = 0
    while waiting and run.instance.state == "running":
        count += 1
        if count > MOST_STEPS_AT_ONCE:
            raise ConflictError("flow_goes_round", limit=MOST_STEPS_AT_ONCE)
        place = waiting.popleft()
        waiting.extend(_after(run, place) if place.after else _enter(run, place))


def _after(run: Run, place: Place) -> list[Place]:
    """Find what follows a node that is done."""
    node, scope, lane = place.node, place.scope, place.lane
    while True:
        following = run.flow.following(node)
        if following is not None:
            return [Place(following, scope, lane)]
        parent = run.flow.parent(node)
        if parent is None:
            end(run, "done")
            return []
        if parent.kind == "start":
            end(run, "done")
            return []
        if parent.kind == "lane":
            block = _arrive(run, scope)
            if block is None:
                return []
            node, scope, lane = run.node(block), block.scope, block.lane
        else:
            node = parent  # a case: the branch around it has no following among cases, and is left in the next turn


def _arrive(run: Run, scope: int) -> Step | None:
    """Let a lane arrive at the end of its block; return the block when it is the last."""
    block = store.step(run.tx, scope)
    if block is None or block.state != "open" or block.waiting < 1:
        raise ProgrammingError(f"step {scope} is no open block")
    block.waiting -= 1
    if block.waiting:
        store.keep_step(run.tx, block)
        return None
    _end_step(run, block, Done("joined"))
    run.note("join", run.node(block), block)
    return block


def _enter(run: Run, place: Place) -> list[Place]:
    """Come to a node; return where it goes on at once."""
    node, kind = place.node, run.kind(place.node)
    step = store.add_step(
        run.tx, run.instance.flow_id, instance_id=run.instance.id, node=node.id, kind=node.kind,
        scope=place.scope, lane=place.lane, resume=place.resume, entered_at=run.at,
    )  # fmt: skip
    if kind.contains == "lanes":
        return _split(run, node, step)
    if kind.contains == "cases":
        return _branch(run, node, step)
    if kind.work:
        run.note("enter", node, step)
        outcome: Outcome = work.enter(run, node, step)
    elif kind.enter is None:
        raise ProgrammingError(f"nodes of kind {node.kind!r} do nothing")
    else:
        outcome = kind.enter(run, node, step)
    return settle(run, step, outcome)


def settle(run: Run, step: Step, outcome: Outcome) -> list[Place]:
    """Take what came of entering or waking a step."""
    node = run.node(step)
    if isinstance(outcome, Wait):
        step.data = {**step.data, **outcome.data}
        if outcome.until is not None:
            step.due_at = outcome.until
            wake_at(run, step, outcome.until)
        store.keep_step(run.tx, step)
        return []
    _end_step(run, step, outcome)
    if not run.kind(node).work or outcome.outcome != "done":
        run.note("leave", node, step, outcome=outcome.outcome, **outcome.data)
    straight = _straight(run, step) if step.resume else None
    return [straight or Place(node, step.scope, step.lane, after=True)]


def wake_at(run: Run, step: Step, at: int) -> None:
    """Look at a step again at a moment."""
    if not run.trial:
        run.ports.jobs.enqueue(run.tx, WAKE, {"step": step.id, "at": at}, actor=run.actor, run_at=at)


def _split(run: Run, node: Node, step: Step) -> list[Place]:
    run.note("split", node, step, lanes=[lane.title for lane in node.children])
    filled = [lane for lane in node.children if lane.children]
    step.waiting = len(filled)
    if not filled:
        return settle(run, step, Done("joined"))
    store.keep_step(run.tx, step)
    return [Place(lane.children[0], step.id, lane.id) for lane in filled]


def _branch(run: Run, node: Node, step: Step) -> list[Place]:
    kind = run.kind(node)
    if kind.choose is None:
        raise ProgrammingError(f"nodes of kind {node.kind!r} choose nothing")
    case = kind.choose(run, node)
    if case is None:
        raise ConflictError("flow_no_way", item=node.title or node.id, node=node.id)
    _end_step(run, step, Done(case.id))
    run.note("choose", node, step, case=case.id, title=case.title)
    return _inside(run, case, step.scope, step.lane)


def _inside(run: Run, node: Node, scope: int, lane: str) -> list[Place]:
    """Go into a sequence; an empty one is over at once."""
    if node.children:
        return [Place(node.children[0], scope, lane)]
    if node.kind == "start":
        end(run, "done")
        return []
    parent = run.flow.parent(node)
    if parent is None:
        raise ProgrammingError(f"node {node.id} stands nowhere")
    return [Place(parent, scope, lane, after=True)]


def end(run: Run, state: InstanceState) -> None:
    """End the instance; what is still open is given up."""
    left = store.steps(run.tx, run.instance.id, {"open", "failed"})
    give_up(run, left)
    run.instance.state, run.instance.ended_at = state, run.at
    run.note("end", state=state)
    if run.instance.starter_id and state != "withdrawn":
        run.tell([run.instance.starter_id], f"notice_flow_{state}")
    for told in run.ports.ended:
        told(run)


def give_up(run: Run, steps: list[Step]) -> None:
    """Give open steps up: they are void, and their tasks closed."""
    for one in steps:
        abandon = run.kind(run.node(one)).abandon
        if abandon is not None:
            abandon(run, one)
        one.state, one.left_at = "void", run.at
        store.keep_step(run.tx, one)
    if steps:
        store.close_tasks(run.tx, [one.id for one in steps], run.at)
