"""What nobody passes (不可跳过): whoever moves an instance by hand cannot leave out what must be done on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mazhi.engines.flows import store
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step
from mazhi.kernel.errors import ConflictError, Problem

OVERRIDE = "flows.override_scan"
"""The right to let a flow go on without what should have been scanned; every use of it stands in the trail."""


def skipped(run: Run, target: Node) -> list[Node]:
    """Return what would be left out if the instance stood at a node: what lies before it and was never done.

    What lies in the ways of a branch that were not taken is not left out; but nobody is put into another way than the
    one that the record would take, to be spared what must be done there.
    """
    done: dict[str, list[Step]] = {}
    for one in store.steps(run.tx, run.instance.id, {"done"}):
        if run.node(one).kind == one.kind:  # else a newer version has made something else of the node
            done.setdefault(one.node, []).append(one)
    found: list[Node] = []
    node: Node | None = target
    while node is not None:
        parent = run.flow.parent(node)
        if parent is not None and run.kind(parent).contains == "sequence":
            for before in parent.children[: parent.children.index(node)]:
                found += _undone(run, before, done)
        if parent is not None and run.kind(parent).contains == "cases" and not _taken(parent, node, done):
            found += _spared(run, parent, node)
        node = parent
    return found


def unanswered(run: Run, target: Node) -> list[Node]:
    """Return what would be left out, but for what somebody has let pass before who may."""
    left = skipped(run, target)
    passed = {one.node for one in store.trail(run.tx, run.instance.id) if one.action == "override"} if left else set()
    return [one for one in left if one.id not in passed]


def _taken(branch: Node, way: Node, done: Mapping[str, list[Step]]) -> bool:
    """Tell whether the flow went this way the last time."""
    visits = done.get(branch.id, [])
    return bool(visits) and visits[-1].outcome == way.id


def _spared(run: Run, branch: Node, way: Node) -> Iterator[Node]:
    """Return what must be done in the way that the record would take now, where another one is to be taken."""
    choose = run.kind(branch).choose
    own = choose(run, branch) if choose else None
    if own is not None and own.id != way.id:
        yield from _undone(run, own, {})


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
