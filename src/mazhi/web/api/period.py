"""Closing of periods."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mazhi.kernel import clock
from mazhi.kernel.periods.model import Period
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(prefix="/ledger", tags=["ledger"])

Reason = Annotated[str, StringConstraints(max_length=1000, pattern="^[^\\x00]*$")]


class PeriodChange(BaseModel):
    """Up to when the books are to be closed."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"closed_until": "2026-11-01T00:00:00+08:00", "reason": ""}]}
    )

    closed_until: datetime | None = Field(description="Nothing can be entered before this moment; null: open.")
    reason: Reason = Field(default="", description="Needed when a closed period is opened again.")


class PeriodOut(BaseModel):
    """Up to when the books are closed, and who closed them."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "closed_until": "2026-11-01T00:00:00+08:00",
                    "by": "wang",
                    "at": "2026-11-03T09:12:44+08:00",
                    "reason": "",
                }
            ]
        }
    )

    closed_until: str | None
    by: str | None
    at: str | None
    reason: str


def _answer(period: Period) -> PeriodOut:
    return PeriodOut(
        closed_until=None if period.closed_until is None else clock.to_text(period.closed_until),
        by=period.by or None,
        at=None if period.at is None else clock.to_text(period.at),
        reason=period.reason,
    )


@router.get("/period", summary="The closed period")
def get(system: SystemDep, _actor: ActorDep) -> PeriodOut:
    """Tell up to when the books are closed: nothing can be entered into that period any more."""
    return _answer(system.periods.get())


@router.put("/period", summary="Close a period")
def close(body: PeriodChange, system: SystemDep, actor: ActorDep) -> PeriodOut:
    """Close the books up to a moment, or open them again with an earlier one or null, which needs a reason.

    Late entries into a closed period are refused (409, closed_period). A correction of an event in it stays
    possible: it happens now.
    """
    until = None if body.closed_until is None else clock.to_micros(body.closed_until)
    return _answer(system.periods.close(actor, until, reason=body.reason))
