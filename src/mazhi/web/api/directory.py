"""Names of people and roles, for choosing them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict

from mazhi.kernel.access.directory import MOST, Of
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["access"])


class DirectoryName(BaseModel):
    """Somebody or something by code and name."""

    code: str
    name: str


class DirectoryPage(BaseModel):
    """Names in the order of their codes."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"names": [{"code": "li", "name": "李工"}]}]})

    names: list[DirectoryName]


@router.get("/directory/{of}", summary="Names of people or roles")
def directory(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - signed in is enough
    of: Of,
    q: Annotated[str, Query(max_length=100, description="Stands in code or name.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = MOST,
) -> DirectoryPage:
    """List active users, or roles, by code and name and with nothing else, for everybody who is signed in."""
    found = system.access.directory.names(of, q, limit=limit)
    return DirectoryPage(names=[DirectoryName(code=one.code, name=one.name) for one in found])
