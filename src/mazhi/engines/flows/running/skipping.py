"""What nobody passes (不可跳过): whoever moves an instance by hand cannot leave out what must be done on the way."""

from __future__ import annotations

from collections.abc import Iterator

from mazhi.engines.flows import store
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step
from mazhi.kernel.errors import ConflictError, Problem

OVERRIDE = "flows.override_scan"
"""The right to let a flow go on without what should have been scanned; every use of it stands in the trail."""


def skipped(run: Run, target: Node) -> list[Node]:
    """Return what would be left out if the instance stood at a node: what lies before it and was never done.

    What lies in the ways of a branch that were not taken is not left out.
    """
    done: dict[str, list[Step]] = {}
    for one in store.steps(run.tx, run.instance.id, {"done"}):
        done.setdefault(one.node, []).append(one)
    found: list[Node] = []
    node: Node | None = target
    while node is not None:
        parent = run.flow.parent(node)
        if parent is not None and run.kind(parent).contains == "sequence":
            for before in parent.children[: parent.children.index(node)]:
                found += _undone(run, before, done)
        node = parent
    return found


def _undone(run: Run, node: Node, done: dict[str, list[Step]]) -> Iterator[Node]:
    if run.kind(node).unskippable and node.id not in done:
        yield node
    taken = {one.outcome for one in done.get(node.id, ())} if run.kind(node).contains == "cases" else set()
    for child in node.children:
        if not taken or child.id in taken:
            yield from _undone(run, child, done)


def refuse_skipping(run: Run, target: Node, reason: str) -> None:
    """Let nobody move an instance past what must be done, but who has the right and says why; that is noted.

    Raises:
        ConflictError: Something would be left out (code ``flow_would_skip``, each as a problem).
    """
    left = skipped(run, target)
    if not left:
        return
    if not (run.actor.may(OVERRIDE) and reason.strip()):
        problems = [
            Problem("flow_unskippable", {"item": one.title or run.kind(one).zh, "node": one.id}) for one in left
        ]
        raise ConflictError("flow_would_skip", problems=problems, item=target.title or target.id, node=target.id)
    for one in left:
        run.note("override", one, kind="skip", reason=reason)
