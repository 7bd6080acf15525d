"""Who sees a running flow, and how much of its record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mazhi.engines.flows.lists import store
from mazhi.engines.flows.model import Node
from mazhi.engines.flows.people.store import MANAGE
from mazhi.engines.flows.running.run import Run
from mazhi.engines.flows.state import Instance, Task
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx

INNER = frozenset({"undo", "held", "chooser"})
"""In the data of steps: fields before and after for taking them back, what came of a step that has failed, a user."""


def may_read(tx: Tx, actor: Actor, instance: Instance) -> bool:
    """Tell whether somebody sees an instance: who started it, has or had work in it, was shown it, or manages flows."""
    if actor.may(MANAGE) or (actor.user_id and actor.user_id == instance.starter_id):
        return True
    return bool(
        tx.scalar(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM flow_task WHERE instance_id = :instance AND user_id = :user) "
            "OR EXISTS (SELECT 1 FROM flow_copy WHERE instance_id = :instance AND user_id = :user)",
            instance=instance.id,
            user=actor.user_id,
        )
    )


def own_node(run: Run, tasks: Iterable[Task]) -> Node | None:
    """Return the node by whose field states the actor sees the record; None: they see it by their own rights.

    It is that of the work that they have or had last, the start where they started the flow, else the node that showed
    it to them. A start that says nothing of fields shows to nobody what their own rights conceal. ``tasks``: those of
    the instance.
    """
    actor, flow = run.actor, run.flow
    # A newer version may have no such node any more.
    own = [one for one in tasks if one.user_id == actor.user_id and one.node in flow]
    if own:
        return flow[max(own, key=lambda task: (task.state == "open", task.id)).node]
    if actor.user_id and actor.user_id == run.instance.starter_id:
        return flow.root if flow.root.options.get("fields") or not _conceals(run) else None
    copied = store.copied_at(run.tx, actor.user_id, run.instance.id)
    return None if copied is None or not copied[0] else flow.nodes.get(copied[0], flow.root)


def _conceals(run: Run) -> bool:
    one = run.instance
    return run.ports.records.conceals(run.tx, run.actor, one.app, one.form, one.record_id)


def told(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return of the data of a step what readers are shown: the rest may hold what none of them may see."""
    return {name: value for name, value in data.items() if name not in INNER}
