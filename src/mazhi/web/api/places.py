"""Places."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel.places.model import Place, PlaceKind, PlaceView
from mazhi.kernel.places.store import PlaceFilter
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import (
    After,
    Code,
    CodeInPath,
    IfMatch,
    Limit,
    Named,
    Search,
    based_on,
    locate,
    tag,
)

router = APIRouter(prefix="/places", tags=["places"])

Name = Annotated[str, Field(max_length=500, examples=["成品仓"])]
Parent = Annotated[str | None, Field(max_length=64, description="The place that it lies in.")]


class NewPlace(BaseModel):
    """A place to be added."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[Code, Field(examples=["WH1"])]
    name: Name
    kind: PlaceKind
    parent: Parent = None


class PlaceChange(BaseModel):
    """Fields of a place to be changed; what is missing stays. A new parent moves it with all that it holds."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    name: Name = ""
    kind: PlaceKind = "other"
    parent: Parent = None
    active: bool = True


class PlaceAnswer(BaseModel):
    """A place; ``path`` holds the codes from the root down to itself."""

    code: str
    name: str
    kind: PlaceKind
    parent: str | None
    path: list[str]
    active: bool
    used: bool
    version: int


class PlacePage(BaseModel):
    """One page of places."""

    places: list[PlaceAnswer]
    next: str | None


def _answer(view: PlaceView) -> PlaceAnswer:
    place = view.place
    return PlaceAnswer(**view.facts(), path=list(view.path), used=place.used, version=place.version)


@router.post("", status_code=201)
def create(body: NewPlace, system: SystemDep, actor: ActorDep, response: Response) -> PlaceAnswer:
    """Add a place, in another one or as a root."""
    place = Place(code=body.code, name=body.name, kind=body.kind)
    view = system.places.create(actor, place, parent=body.parent)
    locate(response, "places", body.code, view.place.version)
    return _answer(view)


@router.get("")
def find(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    q: Search = None,
    kind: PlaceKind | None = None,
    parent: Annotated[
        str | None, Query(max_length=64, description="What lies directly in it; empty: the roots.")
    ] = None,
    inside: Named = None,
    active: bool | None = None,
    after: After = None,
    limit: Limit = 100,
) -> PlacePage:
    """List places in the order of their codes; ``inside`` shows a place and everything below it."""
    wanted = PlaceFilter(text=q, kind=kind, active=active)
    page = system.places.find(wanted, parent=parent, inside=inside, after=after, limit=limit)
    return PlacePage(places=[_answer(view) for view in page.rows], next=page.next)


@router.get("/{code:path}")
def get(code: CodeInPath, system: SystemDep, actor: ActorDep, response: Response) -> PlaceAnswer:  # noqa: ARG001 - signed in is enough
    """Show one place."""
    view = system.places.get(code)
    tag(response, view.place.version)
    return _answer(view)


@router.patch("/{code:path}")
def change(
    code: CodeInPath,
    body: PlaceChange,
    system: SystemDep,
    actor: ActorDep,
    response: Response,
    if_match: IfMatch = None,
) -> PlaceAnswer:
    """Change some fields of a place, or move it."""
    changes: dict[str, Any] = body.model_dump(exclude_unset=True, exclude={"version"})
    view = system.places.change(actor, code, based_on(body.version, if_match), changes)
    tag(response, view.place.version)
    return _answer(view)


@router.delete("/{code:path}", status_code=204)
def delete(code: CodeInPath, system: SystemDep, actor: ActorDep) -> None:
    """Remove a place that nothing refers to; what is in use can only be deactivated."""
    system.places.delete(actor, code)
