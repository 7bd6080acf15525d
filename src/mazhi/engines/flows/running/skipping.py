"""What nobody passes (不可跳过): whoever moves an instance by hand cannot leave out what must be done on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mazhi.engines.flows import store
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step
from mazhi.kernel.errors import ConflictError, Problem

OVERRIDE = "flows.override_scan"
"""The right to let a flow go on without what should have been scanned; every use of it stands in the trail."""


def skipped(run: Run, target: Node, steps: Iterable[Step] | None = None) -> list[Node]:
    """Return what would be left out if the instance stood at a node: what lies before it and was never done.

    ``steps`` are those of the instance, where they are known; only those that are done count.

    What lies in the ways of a branch that were not taken is not left out; but nobody is put into another way than the
    one that the record would take, to be spared what must be done there.
    """
    done: dict[str, list[Step]] = {}
    for one in store.steps(run.tx, run.instance.id, {"done"}) if steps is None else steps:
        # Of another kind now: a newer version has made something else of the node.
        if one.state == "done" and run.node(one).kind == one.kind:
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
    if is_owed(run, node) and node.id not in done:
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
    _let_pass(run, skipped(run, target), reason, "flow_would_skip", item=target.title or target.id, node=target.id)


def is_owed(run: Run, node: Node) -> bool:
    """Tell whether nobody passes a node, or something in the flows that it waits for."""
    kind = run.kind(node)
    return kind.unskippable or (kind.holds is not None and kind.holds(run, node))


def refuse_giving_up(run: Run, step: Step, reason: str) -> None:
    """Let nobody pass a step in whose flows something must be done, but who has the right and says why.

    Raises:
        ConflictError: Something would be left out (code ``flow_unskippable``).
    """
    node = run.node(step)
    if not run.kind(node).unskippable and is_owed(run, node):  # what is unskippable itself is never passed so
        _let_pass(run, [node], reason, "flow_unskippable", item=node.title or run.kind(node).zh)


def refuse_ending(run: Run, reason: str) -> None:
    """Let nobody end a flow that another one waits for, to be spared what must be done in it.

    Raises:
        ConflictError: Something would be left out (code ``flow_unskippable``, each as a problem).
    """
    parent = store.step(run.tx, run.instance.parent_step) if run.instance.parent_step else None
    if parent is not None and parent.state == "open":
        left = owed(run)
        if left:
            _let_pass(run, left, reason, "flow_unskippable", item=left[0].title or run.kind(left[0]).zh)


def owed(run: Run) -> list[Node]:
    """Return what of a flow nobody passes and was not done yet, wherever it lies."""
    done = {(one.node, one.kind) for one in store.steps(run.tx, run.instance.id, {"done"})}
    return [one for one in run.flow.root.walk() if is_owed(run, one) and (one.id, one.kind) not in done]


def _let_pass(run: Run, left: Sequence[Node], reason: str, code: str, **params: Any) -> None:
    if not left:
        return
    if not (run.actor.may(OVERRIDE) and reason.strip()):
        problems = [
            Problem("flow_unskippable", {"item": one.title or run.kind(one).zh, "node": one.id}) for one in left
        ]
        raise ConflictError(code, problems=problems, **params)
    for one in left:
        run.note("override", one, kind="skip", reason=reason)
