"""Steps that nobody stands behind and that cannot go on: marked, told, tried again or passed by who manages flows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mazhi.engines.flows import store
from mazhi.engines.flows.kind import Done
from mazhi.engines.flows.model import START
from mazhi.engines.flows.people import store as people
from mazhi.engines.flows.running import advancing
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.running.skipping import refuse_giving_up
from mazhi.engines.flows.state import Step
from mazhi.kernel.errors import ConflictError, Problem

KEPT = 20
"""So many problems a step keeps."""
SKIPPED = "skipped"
PROBLEMS = "problems"
"""In the data of a step or a line: why it cannot go on, or has not been answered yet."""
ATTEMPTS = "attempts"
"""In the data of a step: how often it was tried to get an answer."""


def fail(run: Run, step: Step, problems: Sequence[Problem], held: Done | None = None) -> None:
    """Mark a step and its instance as failed and tell who manages flows.

    ``held``: what came of the step itself, where only what follows it cannot go on: it is not done twice then.
    """
    step.state = "failed"
    step.data = {**step.data, PROBLEMS: told(problems)}
    if held is not None:
        step.data["held"] = {"outcome": held.outcome, "data": dict(held.data), "event": held.event}
    store.keep_step(run.tx, step)
    run.instance.state = "failed"
    node = run.node(step)
    run.note("fail", node, step, problems=step.data[PROBLEMS])
    run.tell(people.managers(run.tx), "notice_flow_failed", node=node.title or run.kind(node).zh)


def told(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """Write problems as data of a step; their texts are made for each reader."""
    return [asdict(one) for one in problems[:KEPT]]


def retry(run: Run, step: Step) -> None:
    """Do a step again that has failed.

    Raises:
        ConflictError: It has not failed (code ``flow_not_failed``), or fails again, with every reason.
    """
    held = _take_up(run, step)
    node = run.node(step)
    run.note("retry", node, step)
    kind = run.kind(node)
    if node.kind == START:
        advancing.leave(run, step, Done("started"))
    elif held is not None:
        advancing.go(run, *advancing.settle(run, step, Done(held["outcome"], held["data"], held["event"])))
    elif not kind.work and kind.enter is not None:
        advancing.go(run, *advancing.settle(run, step, kind.enter(run, node, step)))
    _stay_failed(run)


def skip(run: Run, step: Step, reason: str = "") -> None:
    """Pass a step that has failed.

    Raises:
        ConflictError: It has not failed (code ``flow_not_failed``), or nobody passes such a step.
    """
    _take_up(run, step)
    refuse_giving_up(run, step, reason)
    run.note("skip", run.node(step), step, comment=reason)
    if step.kind == START:
        advancing.leave(run, step, Done("started"))
    else:
        advancing.go(run, *advancing.settle(run, step, Done(SKIPPED)))
    _stay_failed(run)


def _take_up(run: Run, step: Step) -> dict[str, Any] | None:
    """Open a failed step again; return what came of it before."""
    if step.state != "failed" or run.instance.state != "failed":
        raise ConflictError("flow_not_failed", item=run.node(step).title)
    step.state = "open"
    run.instance.state = "running"
    held: dict[str, Any] | None = step.data.pop("held", None)
    for name in (PROBLEMS, ATTEMPTS):
        step.data.pop(name, None)
    store.keep_step(run.tx, step)
    return held


def _stay_failed(run: Run) -> None:
    """Let the instance stay as it was where other steps have failed, too."""
    if run.instance.state == "running" and store.steps(run.tx, run.instance.id, {"failed"}):
        run.instance.state = "failed"
