"""Batches."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel.batches.model import Batch, BatchView
from mazhi.kernel.batches.store import BatchFilter
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import After, Code, CodeInPath, IfMatch, Limit, Named, based_on, locate, tag

router = APIRouter(prefix="/batches", tags=["batches"])

Day = Annotated[date | None, Field(examples=["2026-11-21"])]
LastDay = Annotated[
    date | None,
    Field(
        description="The last good day; if it is missing, it is reckoned from the product's shelf life.",
        examples=["2028-05-14"],
    ),
]
SupplierBatch = Annotated[str | None, Field(max_length=100, examples=["S-77"])]
Supplier = Annotated[str | None, Field(max_length=64, description="A partner.")]
OfProduct = Annotated[str | None, Query(max_length=64, description="Needed where several products have such a batch.")]


class NewBatch(BaseModel):
    """A batch to be added."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[Code, Field(examples=["B2611"])]
    product: Annotated[Code, Field(examples=["WM-20"])]
    made_on: Day = None
    expires_on: LastDay = None
    supplier_batch: SupplierBatch = None
    supplier: Supplier = None


class BatchChange(BaseModel):
    """Fields of a batch to be changed; what is missing stays."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    made_on: Day = None
    expires_on: LastDay = None
    supplier_batch: SupplierBatch = None
    supplier: Supplier = None


class BatchAnswer(BaseModel):
    """A batch."""

    code: str
    product: str
    made_on: date | None
    expires_on: date | None
    supplier_batch: str | None
    supplier: str | None
    used: bool
    version: int


class BatchPage(BaseModel):
    """One page of batches."""

    batches: list[BatchAnswer]
    next: str | None


def _answer(view: BatchView) -> BatchAnswer:
    return BatchAnswer(**view.facts(), used=view.batch.used, version=view.batch.version)


@router.post("", status_code=201)
def create(body: NewBatch, system: SystemDep, actor: ActorDep, response: Response) -> BatchAnswer:
    """Add a batch of a product."""
    batch = Batch(
        code=body.code,
        made_on=body.made_on,
        expires_on=body.expires_on,
        supplier_batch=body.supplier_batch,
    )
    view = system.batches.create(actor, batch, product=body.product, supplier=body.supplier)
    locate(response, "batches", body.code, view.batch.version)
    return _answer(view)


@router.get("")
def find(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    q: Annotated[str | None, Query(max_length=100, description="The beginning of the code.")] = None,
    product: Named = None,
    supplier: Named = None,
    supplier_batch: Annotated[str | None, Query(max_length=100)] = None,
    expires_until: date | None = None,
    after: After = None,
    limit: Limit = 100,
) -> BatchPage:
    """List batches in the order of their codes."""
    wanted = BatchFilter(prefix=q, supplier_batch=supplier_batch, expires_until=expires_until)
    page = system.batches.find(wanted, product=product, supplier=supplier, after=after, limit=limit)
    return BatchPage(batches=[_answer(view) for view in page.rows], next=page.next)


@router.get("/{code:path}")
def get(
    code: CodeInPath,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    response: Response,
    product: OfProduct = None,
) -> BatchAnswer:
    """Show one batch."""
    view = system.batches.get(code, product=product)
    tag(response, view.batch.version)
    return _answer(view)


@router.patch("/{code:path}")
def change(
    code: CodeInPath,
    body: BatchChange,
    system: SystemDep,
    actor: ActorDep,
    response: Response,
    product: OfProduct = None,
    if_match: IfMatch = None,
) -> BatchAnswer:
    """Change some fields of a batch."""
    changes: dict[str, Any] = body.model_dump(exclude_unset=True, exclude={"version"})
    version = based_on(body.version, if_match)
    view = system.batches.change(actor, code, version, changes, product=product)
    tag(response, view.batch.version)
    return _answer(view)


@router.delete("/{code:path}", status_code=204)
def delete(code: CodeInPath, system: SystemDep, actor: ActorDep, product: OfProduct = None) -> None:
    """Remove a batch that nothing refers to."""
    system.batches.delete(actor, code, product=product)
