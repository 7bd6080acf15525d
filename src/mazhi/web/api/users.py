"""Users, and the rights there are."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from mazhi.kernel import clock, texts
from mazhi.kernel.access import rights
from mazhi.kernel.access.model import User
from mazhi.kernel.access.users import NewUser, UserChange
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.texts import Language
from mazhi.web import language
from mazhi.web.dependencies import ActorDep, SystemDep

router = APIRouter(tags=["users"])

Code = Annotated[str, Field(min_length=1, max_length=64)]
Name = Annotated[str, Field(max_length=200)]
Email = Annotated[str, Field(max_length=254, description="Empty: none.")]
Password = Annotated[str, Field(min_length=1, max_length=1024)]
Codes = Annotated[list[Code], Field(max_length=100)]


class UserMake(BaseModel):
    """A user that is wanted."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"username": "chenmin", "name": "陈敏", "roles": ["keeper"], "department": None}]
        },
    )

    username: Code
    name: Name = ""
    password: Password | None = Field(default=None, description="Null: one is made up and shown in the answer.")
    roles: Codes = Field(default_factory=list)
    department: Code | None = None
    language: Literal["zh", "en"] = "zh"
    email: Email = ""
    must_change_password: bool = True


class UserPatch(BaseModel):
    """What to change about a user; what is missing, or null, stays, but a null department is no department."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"roles": ["keeper", "quality"], "version": 3}]}
    )

    name: Name | None = None
    roles: Codes | None = None
    department: Code | None = None
    language: Literal["zh", "en"] | None = None
    email: Email | None = None
    active: bool | None = None
    version: int | None = Field(default=None, description="The version that was read; another one is refused.")


class UserShown(BaseModel):
    """A user."""

    username: str
    name: str
    department: str | None
    roles: list[str]
    language: Literal["zh", "en"]
    email: str = Field(description="Told to whoever manages users, and to nobody else.")
    active: bool
    must_change_password: bool
    version: int
    created_at: datetime

    @classmethod
    def of(cls, user: User) -> Self:
        """Build it from what the kernel knows."""
        return cls(
            username=user.username,
            name=user.name,
            department=user.department,
            roles=list(user.roles),
            language=user.language,
            email=user.email,
            active=user.active,
            must_change_password=user.must_change,
            version=user.version,
            created_at=clock.to_datetime(user.created_at),
        )


class UserMade(UserShown):
    """A new user; ``password`` is the made-up one, shown only now, or null."""

    password: str | None


class UserPage(BaseModel):
    """A page of users."""

    users: list[UserShown]
    next: str | None


class PasswordReset(BaseModel):
    """A password for somebody else."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"password": None}]})

    password: Password | None = Field(default=None, description="Null: one is made up and shown in the answer.")
    must_change_password: bool = True


class PasswordMade(BaseModel):
    """The made-up password, shown only now, or null where one was given."""

    password: str | None


class RightShown(BaseModel):
    """A right, its name in the reader's language, and whether it may be limited to places."""

    right: str
    name: str
    by_place: bool


class RightList(BaseModel):
    """Every right there is."""

    rights: list[RightShown]


@router.get("/rights")
def all_rights(request: Request, _: ActorDep) -> RightList:
    """List every right that a role may give."""
    lang = language.choose(request.headers.get("accept-language", ""))
    return RightList(
        rights=[
            RightShown(right=right, name=_right_name(right, lang), by_place=rights.by_place(right))
            for right in rights.catalogue()
        ]
    )


def _right_name(right: str, lang: Language) -> str:
    family, _, kind = right.partition(".")
    if family == "operation":
        operation = operation_kinds[kind]
        return texts.message("right.operation", lang, {"name": operation.zh if lang == "zh" else operation.en})
    return texts.message(f"right.{right}", lang, {})


@router.get("/users")
def users(
    system: SystemDep,
    actor: ActorDep,
    department: str | None = None,
    role: str | None = None,
    active: bool | None = None,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> UserPage:
    """List users in the order of their names."""
    page = system.access.users.page(actor, department=department, role=role, active=active, after=after, limit=limit)
    return UserPage(users=[UserShown.of(user) for user in page.rows], next=page.next)


@router.post("/users", status_code=201)
def create_user(body: UserMake, system: SystemDep, actor: ActorDep) -> UserMade:
    """Make a user with roles that do not go beyond one's own rights."""
    user, password = system.access.users.create(
        actor,
        NewUser(
            username=body.username,
            name=body.name,
            roles=tuple(body.roles),
            password=body.password,
            department=body.department,
            language=body.language,
            email=body.email,
            must_change=body.must_change_password,
        ),
    )
    return UserMade(**UserShown.of(user).model_dump(), password=None if body.password else password)


@router.get("/users/{username}")
def user(username: str, system: SystemDep, actor: ActorDep) -> UserShown:
    """Return one user."""
    return UserShown.of(system.access.users.get(actor, username))


@router.patch("/users/{username}")
def change_user(username: str, body: UserPatch, system: SystemDep, actor: ActorDep) -> UserShown:
    """Change a user; `active: false` ends the user's sessions and tokens at once."""
    changes = UserChange()
    if body.name is not None:
        changes["name"] = body.name
    if body.roles is not None:
        changes["roles"] = tuple(body.roles)
    if "department" in body.model_fields_set:
        changes["department"] = body.department
    if body.language is not None:
        changes["language"] = body.language
    if body.email is not None:
        changes["email"] = body.email
    if body.active is not None:
        changes["active"] = body.active
    return UserShown.of(system.access.users.change(actor, username, changes, version=body.version))


@router.delete("/users/{username}", status_code=204, response_class=Response)
def deactivate_user(username: str, system: SystemDep, actor: ActorDep) -> None:
    """Shut a user out; histories name users, so the user stays, inactive."""
    system.access.users.deactivate(actor, username)


@router.post("/users/{username}:reset-password")
def reset_password(username: str, body: PasswordReset, system: SystemDep, actor: ActorDep) -> PasswordMade:
    """Give a user another password and end the user's sessions."""
    password = system.access.users.reset_password(actor, username, body.password, must_change=body.must_change_password)
    return PasswordMade(password=None if body.password else password)
