"""The audit trail."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from mazhi.kernel import clock
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["audit"])


class AuditEntry(BaseModel):
    """Who did what to which thing, from what to what; of a change only the fields that differ."""

    id: int
    recorded_at: datetime
    actor: str
    subject: str = Field(description="A kind of thing: product, place, user, session, …", examples=["product"])
    key: str = Field(description="The thing's code.", examples=["WM-20"])
    action: str = Field(examples=["change"])
    before: dict[str, Any]
    after: dict[str, Any]


class AuditPage(BaseModel):
    """A page of entries, newest first."""

    entries: list[AuditEntry]
    next: str | None


@router.get("/audit")
def audit(
    system: SystemDep,
    actor: ActorDep,
    subject: str | None = None,
    key: str | None = None,
    by: Annotated[str | None, Query(description="The user who did it.")] = None,
    after: Annotated[int | None, Query(ge=1, le=2**62)] = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> AuditPage:
    """List who changed what, newest first: of everything, a kind of thing, one thing, or by one user."""
    page = system.access.trail.page(actor, subject=subject, key=key, by=by, after=after, limit=limit)
    return AuditPage(
        entries=[
            AuditEntry(
                id=entry.id,
                recorded_at=clock.to_datetime(entry.recorded_at),
                actor=entry.actor,
                subject=entry.subject,
                key=entry.key,
                action=entry.action,
                before=entry.before,
                after=entry.after,
            )
            for entry in page.rows
        ],
        next=page.next,
    )
