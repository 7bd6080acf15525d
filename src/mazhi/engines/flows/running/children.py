"""Flows that a flow waits for: it goes on when the last of them has ended, and takes them along when it ends."""

from __future__ import annotations

from typing import Any

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Done
from mazhi.engines.flows.running import advancing, failing
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Instance, Step
from mazhi.kernel.errors import Problem

BAD = frozenset({"refused", "withdrawn", "ended"})
"""How a flow ends that did not come to what it was to."""


def ended(run: Run) -> None:
    """Tell the flow that waits for this one; end what this one waited for."""
    # Who looks from here on must see that it is over.
    store.keep_instance(run.tx, run.instance)
    for number in store.children(run.tx, run.instance.id):
        _end(run, number)
    parent = store.step(run.tx, run.instance.parent_step) if run.instance.parent_step else None
    # Where nothing is waited for yet, the step is still about to start its flows, and counts this one itself.
    if parent is None or parent.state != "open" or parent.waiting < 1 or run.others is None:
        return
    around = run.others.open(run.tx, run.purse, run.actor, parent.instance_id)
    step = store.step(run.tx, parent.id)
    if step is not None and step.state == "open" and step.waiting > 0:
        _count(around, step, run.instance)
        around.close()


def _count(around: Run, step: Step, child: Instance) -> None:
    node = around.node(step)
    step.waiting -= 1
    states: dict[str, Any] = {**step.data.get("flows", {}), str(child.id): child.state}
    step.data = {**step.data, "flows": states}
    around.note("child", node, step, instance=child.id, flow=child.flow, state=child.state)
    bad = sorted(set(states.values()) & BAD)
    if bad and node.options.get("refused") == "fail":
        store.keep_step(around.tx, step)
        failing.fail(
            around, step, [Problem("flow_child_refused", {"item": child.title, "state": child.state})], done(states)
        )
    elif step.waiting:
        store.keep_step(around.tx, step)
    elif around.instance.state != "running":
        failing.fail(around, step, [Problem("flow_stopped_elsewhere", {})], done(states))
    else:
        advancing.go(around, *advancing.settle(around, step, done(states)))


def done(states: dict[str, Any]) -> Done:
    """Return how flows that were waited for have ended, all together."""
    return Done("refused" if set(states.values()) & BAD else "done", {"flows": states})


def end_all(run: Run, step: Step) -> None:
    """End the flows that a step waits for, because it is given up."""
    step.waiting = 0
    store.keep_step(run.tx, step)
    for number in store.children(run.tx, run.instance.id, step.id):
        _end(run, number)


def _end(run: Run, number: int) -> None:
    if run.others is None:
        return
    child = run.others.open(run.tx, run.purse, run.actor, number)
    if child.instance.state in {"running", "failed"}:
        advancing.end(child, "ended")
        child.close()
