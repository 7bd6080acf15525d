"""Partners."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel.partners.model import MOST_REGIONS, Partner, PartnerKind
from mazhi.kernel.partners.store import PartnerFilter
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import After, Code, CodeInPath, IfMatch, Limit, Search, based_on, locate, tag

router = APIRouter(prefix="/partners", tags=["partners"])

Name = Annotated[str, Field(max_length=500, examples=["广东经销商"])]
Region = Annotated[str, Field(max_length=6, description="GB/T 2260", examples=["440000"])]
Regions = Annotated[list[Region], Field(max_length=MOST_REGIONS, description="Where it may sell (授权区域).")]
Phone = Annotated[str | None, Field(max_length=40, examples=["020-8888 6666"])]


class NewPartner(BaseModel):
    """A partner to be added."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[Code, Field(examples=["D-GD-01"])]
    name: Name
    kind: PartnerKind
    region: Region | None = None
    regions: Regions = []
    phone: Phone = None


class PartnerChange(BaseModel):
    """Fields of a partner to be changed; what is missing stays."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    name: Name = ""
    kind: PartnerKind = "other"
    region: Region | None = None
    regions: Regions = []
    phone: Phone = None
    active: bool = True


class PartnerAnswer(BaseModel):
    """A partner; in lists the phone number is masked."""

    code: str
    name: str
    kind: PartnerKind
    region: str | None
    regions: list[str]
    phone: str | None
    active: bool
    used: bool
    version: int


class PartnerPage(BaseModel):
    """One page of partners."""

    partners: list[PartnerAnswer]
    next: str | None


def _listed(partner: Partner) -> PartnerAnswer:
    return PartnerAnswer(**partner.facts(), used=partner.used, version=partner.version)


def _answer(partner: Partner) -> PartnerAnswer:
    return _listed(partner).model_copy(update={"phone": partner.phone})


@router.post("", status_code=201)
def create(body: NewPartner, system: SystemDep, actor: ActorDep, response: Response) -> PartnerAnswer:
    """Add a partner."""
    partner = Partner(
        code=body.code,
        name=body.name,
        kind=body.kind,
        region=body.region,
        regions=tuple(body.regions),
        phone=body.phone,
    )
    partner = system.partners.create(actor, partner)
    locate(response, "partners", partner.code, partner.version)
    return _answer(partner)


@router.get("")
def find(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    q: Search = None,
    kind: PartnerKind | None = None,
    region: Annotated[str | None, Query(max_length=6, description="The beginning of a region code.")] = None,
    active: bool | None = None,
    after: After = None,
    limit: Limit = 100,
) -> PartnerPage:
    """List partners in the order of their codes."""
    wanted = PartnerFilter(text=q, kind=kind, region=region, active=active)
    page = system.partners.find(wanted, after=after, limit=limit)
    return PartnerPage(partners=[_listed(partner) for partner in page.rows], next=page.next)


@router.get("/{code:path}")
def get(code: CodeInPath, system: SystemDep, actor: ActorDep, response: Response) -> PartnerAnswer:  # noqa: ARG001 - signed in is enough
    """Show one partner, its phone number whole."""
    partner = system.partners.get(code)
    tag(response, partner.version)
    return _answer(partner)


@router.patch("/{code:path}")
def change(
    code: CodeInPath,
    body: PartnerChange,
    system: SystemDep,
    actor: ActorDep,
    response: Response,
    if_match: IfMatch = None,
) -> PartnerAnswer:
    """Change some fields of a partner."""
    changes: dict[str, Any] = body.model_dump(exclude_unset=True, exclude={"version"})
    if "regions" in changes:
        changes["regions"] = tuple(changes["regions"])
    partner = system.partners.change(actor, code, based_on(body.version, if_match), changes)
    tag(response, partner.version)
    return _answer(partner)


@router.delete("/{code:path}", status_code=204)
def delete(code: CodeInPath, system: SystemDep, actor: ActorDep) -> None:
    """Remove a partner that nothing refers to; what is in use can only be deactivated."""
    system.partners.delete(actor, code)
