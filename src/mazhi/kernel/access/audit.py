"""The audit trail (审计): who changed which master data from what to what, and every sign-in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.access.store import audit
from mazhi.kernel.db import Tx


def record(
    tx: Tx,
    actor: Actor,
    *,
    subject: str,
    key: str,
    action: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Write one entry in the caller's transaction; of two full rows only the fields that differ are kept."""
    old, new = dict(before or {}), dict(after or {})
    if before is not None and after is not None:
        same = {name for name in old.keys() & new.keys() if old[name] == new[name]}
        old = {name: value for name, value in old.items() if name not in same}
        new = {name: value for name, value in new.items() if name not in same}
    tx.conn.execute(
        audit.insert().values(
            recorded_at=clock.now(),
            actor=actor.name,
            subject=subject,
            key=key,
            action=action,
            before=json.dumps(old, ensure_ascii=False, default=str),
            after=json.dumps(new, ensure_ascii=False, default=str),
        )
    )
