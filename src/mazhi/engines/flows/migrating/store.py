"""Statements of moving instances to another version."""

from __future__ import annotations

from mazhi.engines.flows.migrating.model import Plan
from mazhi.engines.flows.state import Instance
from mazhi.engines.flows.store import flow_instance
from mazhi.kernel.db import Tx

_INSTANCE = ", ".join(column.name for column in flow_instance.columns)


def waiting(tx: Tx, flow_id: int, before: int, after: int, limit: int) -> list[Instance]:
    """Return instances of older versions that are not over, in the order of their numbers."""
    rows = tx.tuples(
        f"SELECT {_INSTANCE} FROM flow_instance WHERE flow_id = :flow AND state IN ('running', 'failed') "
        "AND version < :before AND id > :after ORDER BY id LIMIT :limit",
        flow=flow_id,
        before=before,
        after=after,
        limit=limit,
    )
    return [Instance(*row) for row in rows]


def move(tx: Tx, plan: Plan) -> None:
    """Let the steps and tasks of an instance stand where a plan says."""
    rows = [(one.step, one.to, one.lane, one.resume) for one in plan.moves]
    tx.run(
        "UPDATE flow_step SET node = r.node, lane = r.lane, resume = r.resume "
        "FROM ROWS(:rows, id bigint, node text, lane text, resume text) r WHERE flow_step.id = r.id",
        rows=rows,
    )
    tx.run(
        "UPDATE flow_task SET node = r.node FROM ROWS(:rows, id bigint, node text) r "
        "WHERE flow_task.step_id = r.id AND flow_task.state IN ('open', 'waiting')",
        rows=[(step, node) for step, node, _, _ in rows],
    )
    tx.run(
        "UPDATE flow_step SET lane = r.lane FROM ROWS(:rows, id bigint, lane text) r WHERE flow_step.id = r.id",
        rows=list(plan.lanes),
    )


def take_away(tx: Tx, step_id: int, at: int) -> None:
    """Take the work of a step away from those who have it and have not done it: they have no seat any more."""
    tx.run(
        "UPDATE flow_task SET state = 'closed', action = 'migrate', acted_at = :at "
        "WHERE step_id = :step AND state IN ('open', 'waiting')",
        step=step_id,
        at=at,
    )
