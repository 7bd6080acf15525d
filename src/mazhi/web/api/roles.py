"""Roles."""

from __future__ import annotations

from typing import Annotated, Self

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel.access.model import Grant, Role
from mazhi.kernel.access.roles import RoleChange
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["roles"])

Code = Annotated[str, Field(min_length=1, max_length=64)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class GrantBody(BaseModel):
    """One right, at a place and below it, or (null) everywhere."""

    model_config = ConfigDict(extra="forbid")

    right: Code
    place: Code | None = None


Grants = Annotated[list[GrantBody], Field(max_length=5000)]


class RoleMake(BaseModel):
    """A role that is wanted."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "code": "keeper-foshan",
                    "name": "佛山仓管",
                    "rights": [{"right": "items.view"}, {"right": "operation.receive", "place": "WH1"}],
                }
            ]
        },
    )

    code: Code
    name: Name
    everything: bool = Field(default=False, description="Every right, also those of later versions.")
    rights: Grants = Field(default_factory=list)


class RolePatch(BaseModel):
    """What to change about a role; what is missing, or null, stays."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"rights": [{"right": "items.view"}], "version": 1}]}
    )

    name: Name | None = None
    everything: bool | None = None
    rights: Grants | None = None
    version: int | None = Field(default=None, description="The version that was read; another one is refused.")


class RoleShown(BaseModel):
    """A role; ``users`` counts who has it."""

    code: str
    name: str
    everything: bool
    rights: list[GrantBody]
    users: int
    version: int

    @classmethod
    def of(cls, role: Role) -> Self:
        """Build it from what the kernel knows."""
        return cls(
            code=role.code,
            name=role.name,
            everything=role.everything,
            rights=[GrantBody(right=grant.right, place=grant.place) for grant in role.rights],
            users=role.users,
            version=role.version,
        )


class RoleList(BaseModel):
    """Every role."""

    roles: list[RoleShown]


@router.get("/roles")
def roles(system: SystemDep, actor: ActorDep) -> RoleList:
    """List every role."""
    return RoleList(roles=[RoleShown.of(role) for role in system.access.roles.all(actor)])


@router.post("/roles", status_code=201)
def create_role(body: RoleMake, system: SystemDep, actor: ActorDep) -> RoleShown:
    """Make a role out of rights that one holds oneself."""
    role = system.access.roles.create(
        actor, body.code, name=body.name, everything=body.everything, grants=_grants(body.rights)
    )
    return RoleShown.of(role)


@router.get("/roles/{code:path}")
def role(code: str, system: SystemDep, actor: ActorDep) -> RoleShown:
    """Return one role."""
    return RoleShown.of(system.access.roles.get(actor, code))


@router.patch("/roles/{code:path}")
def change_role(code: str, body: RolePatch, system: SystemDep, actor: ActorDep) -> RoleShown:
    """Change a role, which holds at once for everybody who has it."""
    changes = RoleChange()
    if body.name is not None:
        changes["name"] = body.name
    if body.everything is not None:
        changes["everything"] = body.everything
    if body.rights is not None:
        changes["rights"] = _grants(body.rights)
    return RoleShown.of(system.access.roles.change(actor, code, changes, version=body.version))


@router.delete("/roles/{code:path}", status_code=204, response_class=Response)
def delete_role(code: str, system: SystemDep, actor: ActorDep) -> None:
    """Remove a role that nobody has."""
    system.access.roles.delete(actor, code)


def _grants(bodies: list[GrantBody]) -> tuple[Grant, ...]:
    return tuple(Grant(body.right, body.place) for body in bodies)
