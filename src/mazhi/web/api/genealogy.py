"""Genealogy: what is inside an item, and where it went."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, JsonValue

from mazhi.kernel import clock
from mazhi.kernel.genealogy.service import Question
from mazhi.kernel.genealogy.tracing import When
from mazhi.web import language
from mazhi.web.api.items import JobStarted
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["genealogy"])

Limit = Annotated[int, Query(ge=1, le=1000)]
Depth = Annotated[int | None, Query(ge=0, le=1000, description="So many steps at the most; null: to the end.")]
At = Annotated[datetime | None, Query(description="As it was at that moment, state and place too; null: now.")]
Ever = Annotated[bool, Query(description="All that ever was inside, corrections left out; `at` is then ignored.")]
Direction = Annotated[
    Literal["down", "up"], Query(description="down: what is inside; up: what it is inside of, and so on.")
]


class NodeOut(BaseModel):
    """One thing in a genealogy; ``id`` only serves the edges of the same answer."""

    id: str
    kind: Literal["item", "batch", "product"]
    code: str
    product: str | None
    batch: str | None
    state: str | None
    quality: str | None
    marks: list[str]
    place: str | None
    package: bool
    depth: int


class EdgeOut(BaseModel):
    """One thing inside another, from one moment until another (null: still)."""

    parent: str
    child: str
    quantity: int | float
    since: str
    until: str | None


_NODES: list[JsonValue] = [
    {
        "id": "i1", "kind": "item", "code": "RO260908L010037", "product": "RO-75", "batch": None, "state": "sold",
        "quality": "released", "marks": [], "place": None, "package": False, "depth": 0,
    },
    {
        "id": "i2", "kind": "item", "code": "PB000017", "product": "PUMP", "batch": "PB-2609-B", "state": "built_in",
        "quality": "released", "marks": ["suspect"], "place": None, "package": False, "depth": 1,
    },
]  # fmt: skip
_EDGES: list[JsonValue] = [
    {"parent": "i1", "child": "i2", "quantity": 1, "since": "2026-09-08T09:12:00+08:00", "until": None}
]
PAGE: dict[str, JsonValue] = {"root": "i1", "nodes": _NODES, "edges": _EDGES, "next": None, "total": 2, "deeper": False}


class GenealogyOut(BaseModel):
    """One page of a genealogy, nearest first.

    ``total`` counts everything that was found, the root included; ``next`` goes into ``after``. Edges lead to the
    nodes of this page, from nodes of this page or of an earlier one. ``deeper`` says that more lies beyond the depth
    asked for.
    """

    model_config = ConfigDict(json_schema_extra={"examples": [PAGE]})

    root: str
    nodes: list[NodeOut]
    edges: list[EdgeOut]
    next: str | None
    total: int
    deeper: bool


def question(
    direction: Literal["down", "up"], at: datetime | None, depth: int | None, after: str | None, limit: int, ever: bool
) -> Question:
    """Return how a trace goes, in the kernel's words."""
    when = When(None if at is None else clock.to_micros(at), ever)
    return Question(direction, when, depth, after, limit)


@router.get("/items/{identifier:path}/genealogy", summary="What is inside an item, or where it went")
def of_item(
    identifier: str,
    system: SystemDep,
    actor: ActorDep,
    *,
    namespace: str | None = None,
    direction: Direction = "down",
    at: At = None,
    ever: Ever = False,
    depth: Depth = None,
    after: str | None = None,
    limit: Limit = 100,
) -> GenealogyOut:
    """Trace an item down to all that is in it, or up to all that it is in, now or as of a moment.

    Everything is found and counted; the answer holds one page of it.
    """
    asked = question(direction, at, depth, after, limit, ever)
    return GenealogyOut.model_validate(system.genealogy.of_item(actor, identifier, asked, namespace=namespace))


class GenealogyExport(BaseModel):
    """Which genealogy is to be taken away, all levels of it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"direction": "down", "at": None, "format": "xlsx"}]}
    )

    direction: Literal["down", "up"] = "down"
    at: datetime | None = None
    ever: bool = False
    format: Literal["xlsx", "csv"] = "xlsx"


@router.post("/items/{identifier:path}/genealogy:export", status_code=202, summary="Export a genealogy")
def export(
    identifier: str,
    body: GenealogyExport,
    request: Request,
    system: SystemDep,
    actor: ActorDep,
    namespace: str | None = None,
) -> JobStarted:
    """Start an export; when its job is done, its file is at ``GET /jobs/{job}/file``."""
    when = When(None if body.at is None else clock.to_micros(body.at), body.ever)
    lang = language.choose(request.headers.get("accept-language", ""))
    job = system.genealogy_exports.start(
        actor, identifier, body.direction, when, body.format, namespace=namespace, language=lang
    )
    return JobStarted(job=job)
