"""Taking back what steps have done (撤销步骤): what they posted is corrected, what they made is undone."""

from __future__ import annotations

from collections.abc import Sequence

from mazhi.engines.flows import store
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.posting.model import PostRequest


def within(steps: Sequence[Step], scope: int, lane: str) -> list[Step]:
    """Return the steps in a lane (scope 0: outside of all), and in every block within it."""
    blocks: set[int] = set()
    found = []
    for one in steps:
        own = one.scope == scope and (one.lane == lane or not scope)
        if own or one.scope in blocks:
            found.append(one)
            blocks.add(one.id)
    return found


def take_back(run: Run, steps: Sequence[Step]) -> None:
    """Take the effects of steps back, the last first.

    Raises:
        ConflictError: One cannot be taken back (code ``flow_cannot_undo``); the reasons are its problems.
    """
    for one in sorted(steps, key=lambda one: -one.id):
        node = run.node(one)
        undo = run.kind(node).undo
        if undo is not None:
            undo(run, node, one)
        if one.event_id is not None:
            _correct(run, node, one)
        one.state = "undone"
        store.keep_step(run.tx, one)


def _correct(run: Run, node: Node, step: Step) -> None:
    why = f"退回：{node.title or run.kind(node).zh}"[:200]
    request = PostRequest(kind="correct", data={"event": str(step.event_id), "reason": why})
    try:
        outcome = run.ports.posting.post_within(run.tx, run.purse, run.acting, request)
    except ConflictError as error:
        raise ConflictError("flow_cannot_undo", problems=error.problems, item=node.title, node=node.id) from error
    run.note("correct", node, step, event=outcome.event, corrected=step.event_id)
