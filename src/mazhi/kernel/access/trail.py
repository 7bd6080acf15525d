"""Reading the audit trail (审计)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from mazhi.kernel.access.model import Actor
from mazhi.kernel.access.store import audit
from mazhi.kernel.db import Database
from mazhi.kernel.master_data.model import Page, page_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: who did what to which thing, from what to what."""

    id: int
    recorded_at: int
    actor: str
    subject: str
    key: str
    action: str
    before: dict[str, Any]
    after: dict[str, Any]


class Trail:
    """The audit trail, newest entries first."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(
        self,
        actor: Actor,
        *,
        subject: str | None = None,
        key: str | None = None,
        by: str | None = None,
        after: int | None = None,
        limit: int = 100,
    ) -> Page[Entry]:
        """Return a page of entries about a kind of thing, about one thing, or by one user."""
        actor.require("audit.view")
        query = select(audit).order_by(audit.c.id.desc()).limit(limit + 1)
        for column, value in ((audit.c.subject, subject), (audit.c.key, key), (audit.c.actor, by)):
            if value is not None:
                query = query.where(column == value)
        if after is not None:
            query = query.where(audit.c.id < after)
        with self._db.read() as tx:
            rows = tx.conn.execute(query).all()
        entries = [
            Entry(
                row.id, row.recorded_at, row.actor, row.subject, row.key, row.action,
                json.loads(row.before), json.loads(row.after),
            )
            for row in rows
        ]  # fmt: skip
        return page_of(entries, limit, [str(entry.id) for entry in entries])
