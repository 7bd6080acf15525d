"""Stock balances."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel

from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["stock"])


class BalanceOut(BaseModel):
    """How much there is of something, somewhere, in one state."""

    product: str | None
    batch: str | None
    place: str | None
    state: str
    quality: str
    owner: str | None
    blocked: bool
    quantity: int | float


class StockOut(BaseModel):
    """All balances asked for."""

    rows: list[BalanceOut]


@router.get("/stock", summary="Stock balances")
def balances(
    system: SystemDep,
    actor: ActorDep,
    *,
    product: str | None = None,
    place: str | None = None,
    state: str | None = None,
    batch: str | None = None,
) -> StockOut:
    """List balances that are not zero; a place means everything inside it."""
    wanted = {"product": product, "place": place, "state": state, "batch": batch}
    return StockOut.model_validate({"rows": system.stock.balances(actor, wanted)})
