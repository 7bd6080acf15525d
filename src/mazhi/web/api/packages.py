"""Packages: their types, what is in one, and whether it is what was scanned."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel.packaging.model import PackageType
from mazhi.web.dependencies import ActorDep, SystemDep
from mazhi.web.master_data import After, Code, CodeInPath, IfMatch, Limit, based_on, locate, tag

router = APIRouter(tags=["packages"])

Name = Annotated[str, Field(max_length=500)]
Level = Annotated[int, Field(ge=-(2**31), le=2**31 - 1)]
Capacity = Annotated[int | None, Field(ge=-(2**31), le=2**31 - 1)]


class NewPackageType(BaseModel):
    """A package type to be added."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"code": "CARTON", "name": "外箱", "level": 2, "capacity": 24}]},
    )

    code: Code
    name: Name
    level: Level = 1
    capacity: Capacity = None
    mixed_products: bool = True
    mixed_batches: bool = True


class PackageTypeChange(BaseModel):
    """Fields of a package type to be changed; what is missing stays."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"version": 1, "capacity": 20, "mixed_batches": False}]}
    )

    version: Annotated[int | None, Field(ge=1, le=2**31 - 1)] = None
    name: Name = ""
    level: Level = 1
    capacity: Capacity = None
    mixed_products: bool = True
    mixed_batches: bool = True
    active: bool = True


class PackageTypeOut(BaseModel):
    """A package type: how large it is, and what may be mixed in it."""

    code: str
    name: str
    level: int
    capacity: int | None
    mixed_products: bool
    mixed_batches: bool
    active: bool
    version: int


class PackageTypes(BaseModel):
    """One page of package types."""

    types: list[PackageTypeOut]
    next: str | None


def _type(found: PackageType) -> PackageTypeOut:
    return PackageTypeOut(**found.facts(), version=found.version)


@router.post("/package-types", status_code=201, summary="Add a package type")
def create(body: NewPackageType, system: SystemDep, actor: ActorDep, response: Response) -> PackageTypeOut:
    """Add a package type; packages get theirs when they are made."""
    found = system.packaging.create(actor, PackageType(**body.model_dump()))
    locate(response, "package-types", found.code, found.version)
    return _type(found)


@router.get("/package-types", summary="Package types")
def types(
    system: SystemDep,
    actor: ActorDep,  # noqa: ARG001 - whoever is signed in may look
    after: After = None,
    limit: Limit = 100,
) -> PackageTypes:
    """List package types in the order of their codes."""
    page = system.packaging.types(after=after, limit=limit)
    return PackageTypes(types=[_type(one) for one in page.rows], next=page.next)


@router.patch("/package-types/{code:path}", summary="Change a package type")
def change(
    code: CodeInPath,
    body: PackageTypeChange,
    system: SystemDep,
    actor: ActorDep,
    response: Response,
    if_match: IfMatch = None,
) -> PackageTypeOut:
    """Change a package type; packages of that type are held to it from then on."""
    changes = body.model_dump(exclude_unset=True, exclude={"version"})
    found = system.packaging.change(actor, code, based_on(body.version, if_match), changes)
    tag(response, found.version)
    return _type(found)


class TypeOfPackage(BaseModel):
    """The type of a package, shortly."""

    code: str
    name: str
    level: int


class ContentOut(BaseModel):
    """How many pieces of one product and batch are in a package, however deep."""

    product: str | None
    batch: str | None
    count: int


class InsideOut(BaseModel):
    """One thing directly in a package."""

    code: str
    kind: str
    product: str | None


class PackageOut(BaseModel):
    """A package and what is in it: ``count`` things directly, ``pieces`` pieces however deep.

    ``tail`` says that it is not full (尾箱), ``mixed`` that there is more than one product or batch in it (混装).
    """

    code: str
    state: str | None
    place: str | None
    holder: str | None
    parent: str | None
    marks: list[str]
    type: TypeOfPackage | None
    capacity: int | None
    count: int
    pieces: int
    full: bool
    tail: bool
    mixed: bool
    contents: list[ContentOut]
    inside: list[InsideOut] = Field(description="The first thousand things directly in it.")


class ScannedCodes(BaseModel):
    """What was scanned out of a package."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"codes": ["SN001", "SN002"]}]})

    codes: list[Annotated[str, Field(max_length=200)]]


class ForeignOut(BaseModel):
    """Something that was scanned and belongs elsewhere."""

    code: str
    item: str
    inside: str | None


class CheckOut(BaseModel):
    """What a package should hold against what was scanned."""

    package: str
    expected: int
    matched: int
    agrees: bool
    missing: list[str]
    foreign: list[ForeignOut]
    unknown: list[str]


@router.post("/packages/{identifier:path}:check", summary="Check a package against what was scanned")
def check(
    identifier: str, body: ScannedCodes, system: SystemDep, actor: ActorDep, namespace: str | None = None
) -> CheckOut:
    """Say what is missing in a package, what belongs elsewhere and what nobody knows; nothing is changed."""
    return CheckOut.model_validate(system.packaging.check(actor, identifier, body.codes, namespace))


@router.get("/packages/{identifier:path}", summary="What is in a package")
def look(identifier: str, system: SystemDep, actor: ActorDep, namespace: str | None = None) -> PackageOut:
    """Describe a package: its type, its contents by product and batch, and what is directly in it."""
    return PackageOut.model_validate(system.packaging.look(actor, identifier, namespace))
