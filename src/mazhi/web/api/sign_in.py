"""Signing in and out, one's own account, and one's API tokens."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self, get_args

from fastapi import APIRouter, Request, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from mazhi.kernel import clock
from mazhi.kernel.access.model import ApiToken
from mazhi.kernel.access.sign_in import Me, OwnChange
from mazhi.kernel.access.tokens import require_session
from mazhi.web.dependencies import ActorDep, SessionDep, SignedInDep, SystemDep

router = APIRouter(tags=["sign-in"])

Topic = Literal["work", "messages", "talk", "copies", "results", "faults"]
TOPICS_SHOWN: tuple[Topic, ...] = get_args(Topic)
Secret = Annotated[str, Field(min_length=1, max_length=1024)]


class Credentials(BaseModel):
    """Who wants to sign in."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"username": "admin", "password": "correct horse battery"}]},
    )

    username: Annotated[str, Field(min_length=1, max_length=200)]
    password: Secret
    remember: bool = Field(
        default=False, description="The device is the user's own: stay signed in for 30 days of no use, not 12 hours."
    )


class Myself(BaseModel):
    """Who is signed in and what that user may do."""

    username: str
    name: str
    department: str | None
    roles: list[str]
    language: Literal["zh", "en"]
    email: str = Field(description="One's own mail address; empty: none.")
    mails: list[Topic] = Field(description="Which notices also come by mail.")
    must_change_password: bool = Field(description="Nothing else may be done before POST /me/password.")
    admin: bool = Field(description="Every right is held, everywhere.")
    rights: dict[str, list[str] | None] = Field(
        description="The rights held; each with the codes of the places where (and below which) it holds, or null."
    )

    @classmethod
    def of(cls, me: Me) -> Self:
        """Build it from what the kernel knows."""
        return cls(
            username=me.user.username,
            name=me.user.name,
            department=me.user.department,
            roles=list(me.user.roles),
            language=me.user.language,
            email=me.user.email,
            mails=[topic for topic in TOPICS_SHOWN if topic in me.user.mails],
            must_change_password=me.user.must_change,
            admin=me.everything,
            rights=me.rights,
        )


class SignedInAnswer(BaseModel):
    """A session's token, shown only now, and the user."""

    token: str
    user: Myself


class Preferences(BaseModel):
    """What one may change about oneself; what is missing stays."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"language": "en"}, {"email": "chenmin@example.com", "mails": ["work"]}]},
    )

    language: Literal["zh", "en"] | None = None
    email: Annotated[str, Field(max_length=254, description="Empty: none.")] | None = None
    mails: Annotated[list[Topic], Field(max_length=20, description="None of them: nothing by mail.")] | None = None


class NewPassword(BaseModel):
    """One's old and new password."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"old_password": "k7mp-3xqa", "new_password": "correct horse battery"}]},
    )

    old_password: Secret
    new_password: Secret


class NewToken(BaseModel):
    """An API token that is wanted."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "name": "ERP",
                    "scopes": ["items.view", "operation.receive"],
                    "expires_at": "2036-12-31T00:00:00+08:00",
                }
            ]
        },
    )

    name: Annotated[str, Field(min_length=1, max_length=64)]
    scopes: Annotated[list[str], Field(max_length=200)] = Field(
        default_factory=list, description="Some of one's own rights; none: reading master data only."
    )
    expires_at: AwareDatetime | None = None


class TokenShown(BaseModel):
    """An API token without its secret."""

    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None

    @classmethod
    def of(cls, token: ApiToken) -> Self:
        """Build it from what the kernel knows."""
        return cls(
            name=token.name,
            scopes=list(token.scopes),
            created_at=clock.to_datetime(token.created_at),
            expires_at=_moment(token.expires_at),
            last_used_at=_moment(token.last_used_at),
        )


class TokenMade(TokenShown):
    """A new API token with its secret, which is shown only now."""

    token: str


class TokenList(BaseModel):
    """One's own API tokens."""

    tokens: list[TokenShown]


@router.post("/login")
def login(body: Credentials, request: Request, system: SystemDep) -> SignedInAnswer:
    """Sign in with name and password; the token goes into `Authorization: Bearer …` of every other request.

    After repeated failures 429 `locked_out` with `Retry-After`, even for the right password.
    """
    token, _ = system.access.sign_in.sign_in(
        body.username,
        body.password,
        address=_address(request),
        agent=request.headers.get("user-agent", ""),
        remember=body.remember,
    )
    signed_in = system.access.sessions.check(token)
    return SignedInAnswer(token=token, user=Myself.of(system.access.sign_in.me(signed_in.actor)))


@router.post("/logout", status_code=204, response_class=Response)
def logout(system: SystemDep, signed_in: SignedInDep) -> None:
    """End this session; its token is worth nothing from now on."""
    system.access.sign_in.sign_out(signed_in)


@router.get("/me")
def me(system: SystemDep, signed_in: SignedInDep) -> Myself:
    """Return who is signed in and what that user may do."""
    return Myself.of(system.access.sign_in.me(signed_in.actor))


@router.patch("/me")
def change_me(body: Preferences, system: SystemDep, signed_in: SessionDep) -> Myself:
    """Choose one's own language, mail address, and which notices come by mail.

    The address is changed by the person, and not by a program with an API token.
    """
    changes = OwnChange()
    if body.language is not None:
        changes["language"] = body.language
    if body.email is not None:
        require_session(signed_in)
        changes["email"] = body.email
    if body.mails is not None:
        changes["mails"] = tuple(body.mails)
    system.access.sign_in.change_own(signed_in.actor, changes)
    return Myself.of(system.access.sign_in.me(signed_in.actor))


@router.post("/me/password", status_code=204, response_class=Response)
def change_password(body: NewPassword, request: Request, system: SystemDep, signed_in: SignedInDep) -> None:
    """Replace one's own password; one's other sessions end."""
    system.access.sign_in.change_password(signed_in, body.old_password, body.new_password, address=_address(request))


@router.get("/tokens", tags=["tokens"])
def tokens(system: SystemDep, actor: ActorDep) -> TokenList:
    """List one's own API tokens."""
    return TokenList(tokens=[TokenShown.of(token) for token in system.access.tokens.all(actor)])


@router.post("/tokens", status_code=201, tags=["tokens"])
def create_token(body: NewToken, system: SystemDep, signed_in: SessionDep) -> TokenMade:
    """Make an API token for a program; its secret is in the answer and nowhere else."""
    token, secret = system.access.tokens.create(
        signed_in,
        body.name,
        scopes=tuple(body.scopes),
        expires_at=None if body.expires_at is None else clock.to_micros(body.expires_at),
    )
    return TokenMade(**TokenShown.of(token).model_dump(), token=secret)


@router.delete("/tokens/{name:path}", status_code=204, response_class=Response, tags=["tokens"])
def revoke_token(name: str, system: SystemDep, actor: ActorDep) -> None:
    """Revoke one of one's own API tokens."""
    system.access.tokens.revoke(actor, name)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _moment(micros: int | None) -> datetime | None:
    return None if micros is None else clock.to_datetime(micros)
