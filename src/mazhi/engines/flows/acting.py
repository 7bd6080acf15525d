"""What actions share: handing in values by the rights of the step, and going on when it is enough."""

from __future__ import annotations

from collections.abc import Mapping

from mazhi.engines.facts import State
from mazhi.engines.flows.kind import Asked
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.running import advancing, work
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Step, Task


def states_of(run: Run, node: Node) -> dict[str, State] | None:
    """Return how a step sees the fields: as it says; where it says nothing, approvers read and fillers write."""
    said: Mapping[str, State] = node.options.get("fields") or {}
    usual: State = "writable" if node.kind in {"start", "fill"} else "read_only"
    if not said and usual == "writable":
        return None
    return {one.id: said.get(one.id, said.get(one.table, usual)) for one in run.form().fields}


def put_values(run: Run, node: Node, asked: Asked, *, whole: bool) -> None:
    """Write what was filled in; ``whole``: what the step requires must be there.

    Raises:
        InvalidInputError: A value is wrong or missing, or not the step's to write; every fault is named.
    """
    states = states_of(run, node)
    required = whole and states is not None and any(state == "required" for state in states.values())
    if asked.values or required:
        one = run.instance
        run.ports.records.change(run.tx, run.actor, run.purse, one.app, one.form, one.record_id, asked.values, states)
        run.changed()


def hand_in(run: Run, step: Step | None, task: Task | None, asked: Asked, action: str, outcome: str) -> None:
    """Write the values, note the action, and go on when enough people have done theirs."""
    if step is None or task is None:
        return
    node = run.node(step)
    put_values(run, node, asked, whole=True)
    run.note(action, node, step, task=task.id, comment=asked.comment, fields=sorted(asked.values))
    work.act(run, task, action, asked.comment)
    if work.is_enough(run, node, step):
        advancing.leave(run, step, work.complete(run, step, outcome))
