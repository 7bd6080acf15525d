"""The interface of one app, for other programs."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict

from mazhi.web.api.forms import App
from mazhi.web.app_openapi import document
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["forms"])


class AppInterface(BaseModel):
    """An OpenAPI document."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={"examples": [{"openapi": "3.1.0", "info": {"title": "质量", "version": "1"}, "paths": {}}]},
    )

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]


@router.get("/apps/{app}/openapi.json", summary="Interface of an app")
def interface(system: SystemDep, actor: ActorDep, app: App) -> AppInterface:  # noqa: ARG001 - signed in is enough
    """Return the addresses of an app's published forms with the fields that their records really have (OpenAPI 3.1)."""
    return AppInterface.model_validate(document(app, *system.forms.interface(app)))
