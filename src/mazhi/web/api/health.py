"""Whether the system is ready."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from mazhi.web.dependencies import SystemDep

AT_ROOT = True

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The answer of a system that is ready."""

    status: Literal["ok"] = "ok"


@router.get("/healthz")
def healthz(system: SystemDep) -> Health:
    """Answer 200 when the database answers."""
    with system.db.read() as tx:
        tx.scalar("SELECT 1")
    return Health()
