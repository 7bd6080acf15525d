"""Flows as BPMN 2.0."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response

from mazhi.web.api.flows import FlowCode
from mazhi.web.api.forms import App
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["flows"])

XML: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/xml": {"schema": {"type": "string"}}}, "description": "BPMN 2.0 with its diagram"}
}


@router.get("/apps/{app}/flows/{flow}/bpmn", summary="A flow as BPMN 2.0", response_class=Response, responses=XML)
def flow_bpmn(
    system: SystemDep, actor: ActorDep, app: App, flow: FlowCode,  # noqa: ARG001 - only for who is signed in
    version: Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Without one, that in force.")] = None,
) -> Response:  # fmt: skip
    """Return a published version as XML of BPMN 2.0, with a layout, for quality manuals and other tools."""
    text = system.flow_bpmn.export(app, flow, version=version)
    shown = f"attachment; filename*=UTF-8''{quote(flow, safe='')}.bpmn"
    return Response(text, media_type="application/xml", headers={"content-disposition": shown})
