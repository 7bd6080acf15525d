"""Bills of materials."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, JsonValue

from mazhi.kernel import clock
from mazhi.kernel.boms.model import BomView, NamedLine
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import Code, CodeInPath, tag

router = APIRouter(prefix="/products", tags=["products"])

_LINES: list[JsonValue] = [
    {"component": "PUMP", "quantity": 1, "substitutes": ["PUMP-B"], "note": ""},
    {"component": "SCREW-M4", "quantity": 8, "substitutes": [], "note": "不锈钢"},
]


class BomLineBody(BaseModel):
    """One component, how much of it goes into one unit, and what may stand in for it."""

    model_config = ConfigDict(extra="forbid")

    component: Code
    quantity: Annotated[Decimal, Field(max_digits=24)]
    substitutes: list[Code] = Field(default_factory=list)
    note: Annotated[str, Field(max_length=200)] = ""


class NewBom(BaseModel):
    """The next version of a bill; ``base`` is the version that it follows, 0 for the first.

    A version without lines lets anything be built in again.
    """

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"base": 0, "lines": _LINES}]})

    base: Annotated[int, Field(ge=0, le=2**31 - 1)]
    lines: list[BomLineBody]
    note: Annotated[str, Field(max_length=200)] = ""


class BomLineOut(BaseModel):
    """One line, in codes."""

    component: str
    quantity: int | float
    substitutes: list[str]
    note: str


class BomOut(BaseModel):
    """One version of a bill of materials; versions never change."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "product": "RO-75", "version": 2, "note": "", "lines": _LINES,
                    "published_at": "2026-11-21T08:00:00+08:00", "actor": "admin",
                }
            ]
        }
    )  # fmt: skip

    product: str
    version: int
    note: str
    lines: list[BomLineOut]
    published_at: str
    actor: str


class BomVersionOut(BaseModel):
    """The head of one version."""

    version: int
    note: str
    published_at: str
    actor: str
    lines: int


class BomVersions(BaseModel):
    """All versions, the latest first."""

    versions: list[BomVersionOut]


def _answer(view: BomView) -> BomOut:
    bom = view.bom
    return BomOut(**view.facts(), published_at=clock.to_text(bom.published_at), actor=bom.actor)


@router.get("/{code:path}/bom/versions", summary="All versions of a bill of materials")
def versions(code: CodeInPath, system: SystemDep, actor: ActorDep) -> BomVersions:  # noqa: ARG001 - signed in is enough
    """List the versions of a product's bill of materials, the latest first."""
    return BomVersions.model_validate({"versions": system.boms.versions(code)})


@router.get("/{code:path}/bom", summary="Bill of materials")
def get(
    code: CodeInPath,
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    response: Response,
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Null: the latest.")] = None,
) -> BomOut:
    """Return a product's bill of materials; 404 ``no_bom`` where it has none, and so anything may be built in."""
    view = system.boms.get(code, version)
    tag(response, view.bom.version)
    return _answer(view)


@router.put("/{code:path}/bom", summary="Publish the next version of a bill of materials")
def publish(code: CodeInPath, body: NewBom, system: SystemDep, actor: ActorDep, response: Response) -> BomOut:
    """Publish a new version; from then on what is built into the product is checked against it."""
    lines = [NamedLine(one.component, one.quantity, tuple(one.substitutes), one.note) for one in body.lines]
    view = system.boms.publish(actor, code, body.base, lines, body.note)
    tag(response, view.bom.version)
    return _answer(view)
