"""Exports: lists as a spreadsheet, made by a job."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mazhi.kernel.items.service import ItemFilter
from mazhi.web import language
from mazhi.web.api.items import JobStarted
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(prefix="/exports", tags=["exports"])

Code = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern="^[^\\x00]*$")]


class FilterBody(BaseModel):
    """Which items; what is missing narrows nothing. The same words as in ``GET /items``."""

    model_config = ConfigDict(extra="forbid")

    product: Code | None = None
    state: Code | None = None
    place: Code | None = None
    batch: Code | None = None
    holder: Code | None = None
    quality: Code | None = None
    kind: Code | None = None
    mark: Code | None = None
    prefix: Code | None = None


class ExportBody(BaseModel):
    """What to export: items by a filter, or the codes that a job made."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"what": "items", "format": "xlsx", "filter": {"product": "WM-20", "state": "in_stock"}},
                {"what": "codes", "format": "csv", "job": "0199aa00-1111-7abc-8def-001122334455"},
            ]
        },
    )

    what: Literal["items", "codes"] = "items"
    format: Literal["xlsx", "csv"] = "xlsx"
    filter: FilterBody = Field(default_factory=FilterBody)
    job: Annotated[str, StringConstraints(max_length=64, pattern="^[^\\x00]*$")] | None = Field(
        default=None, description="The job whose codes are wanted; only with what=codes."
    )


@router.post("", status_code=202, summary="Export")
def export(body: ExportBody, request: Request, system: SystemDep, actor: ActorDep) -> JobStarted:
    """Start an export; when its job is done, its file is at ``GET /jobs/{job}/file``."""
    lang = language.choose(request.headers.get("accept-language", ""))
    if body.what == "codes":
        return JobStarted(job=system.exports.codes(actor, body.job or "", body.format, lang))
    wanted = ItemFilter(**body.filter.model_dump())
    return JobStarted(job=system.exports.items(actor, wanted, body.format, lang))
