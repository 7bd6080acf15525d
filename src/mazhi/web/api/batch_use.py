"""Where a batch is used; a module of its own, since its route must come before ``/batches/{code}``, which takes all."""

from __future__ import annotations

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from mazhi.web.api.genealogy import PAGE, At, Depth, Ever, GenealogyOut, Limit, question
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["genealogy"])


class PiecesOut(BaseModel):
    """How many pieces of the batch are in one state."""

    state: str
    count: int


class AmountOut(BaseModel):
    """How much of the batch is in one state at one place."""

    state: str
    place: str | None
    quantity: int | float


class UnitsOut(BaseModel):
    """How many units of one product and state contain something of the batch."""

    product: str | None
    state: str | None
    count: int


class WhereUsedOut(GenealogyOut):
    """Where a batch is used: the trace upwards, and what it comes to."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **PAGE,
                    "pieces": [{"state": "built_in", "count": 572}, {"state": "in_stock", "count": 22}],
                    "quantities": [],
                    "units": [{"product": "RO-75", "state": "sold", "count": 401}],
                }
            ]
        }
    )

    pieces: list[PiecesOut] = Field(description="The batch's own single pieces.")
    quantities: list[AmountOut] = Field(description="The batch's quantities.")
    units: list[UnitsOut] = Field(description="Everything that contains something of it, packages left out.")


@router.get("/batches/{code:path}/where-used", summary="Where a batch is used")
def of_batch(
    code: str,
    system: SystemDep,
    actor: ActorDep,
    *,
    product: str | None = None,
    at: At = None,
    ever: Ever = False,
    depth: Depth = None,
    after: str | None = None,
    limit: Limit = 100,
) -> WhereUsedOut:
    """Trace a batch up: its own pieces, what they and its quantities are inside of, and so on, with the sums.

    The product is needed where several products have a batch of that code.
    """
    asked = question("up", at, depth, after, limit, ever)
    return WhereUsedOut.model_validate(system.genealogy.of_batch(actor, code, asked, product=product))
