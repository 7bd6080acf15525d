"""Who sees a running flow."""

from __future__ import annotations

from mazhi.engines.flows.people.store import MANAGE
from mazhi.engines.flows.state import Instance
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx


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
