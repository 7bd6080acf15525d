"""What routes ask for: the system, and who is signed in."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Depends
from fastapi.openapi.models import HTTPBearer as BearerModel
from fastapi.security.base import SecurityBase
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from mazhi.bootstrap import System
from mazhi.kernel.access.model import Actor
from mazhi.kernel.access.sessions import SignedIn
from mazhi.kernel.errors import ForbiddenError, UnauthorizedError

DEVICE_HEADER = "mazhi-device"
"""A scanner or phone may name itself here; the name stands in the ledger beside the user's."""

ROLE_HEADER = "mazhi-as-role"
"""Who builds apps may read as somebody who has this role alone, to see what the rights that they gave come to."""


async def system(request: Request) -> System:
    """Return the system that the application was made for."""
    wired: System = request.app.state.system
    return wired


class Bearer(SecurityBase):
    """Who is behind the bearer token, whoever that is.

    The dependencies below are its subclasses rather than functions that depend on it, because every link of a
    chain of dependencies costs on each scan; they are coroutines, since a token seen lately needs no thread.
    """

    def __init__(self) -> None:
        self.scheme_name = "bearer"
        self.model = BearerModel(description="The token of POST /api/v1/login, or an API token.")

    async def __call__(self, request: Request) -> SignedIn:
        """Check the token.

        Raises:
            UnauthorizedError: There is no token, or it is no longer valid (code ``not_signed_in``).
        """
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token:
            raise UnauthorizedError("not_signed_in")
        sessions = (await system(request)).access.sessions
        signed_in = sessions.known(token)
        if signed_in is None:
            signed_in = await run_in_threadpool(sessions.check, token)
        device = request.headers.get(DEVICE_HEADER)
        if device:
            return replace(signed_in, actor=replace(signed_in.actor, device=device[:64]))
        return signed_in


class Ready(Bearer):
    """Who is behind the bearer token, if that user need not do something else first."""

    async def __call__(self, request: Request) -> SignedIn:
        """Check the token.

        Raises:
            UnauthorizedError: There is no token, or it is no longer valid (code ``not_signed_in``).
            ForbiddenError: The password must be changed first (code ``password_change_required``).
        """
        signed_in = await Bearer.__call__(self, request)
        if signed_in.must_change:
            raise ForbiddenError("password_change_required")
        return signed_in


class Acting(Ready):
    """Who acts."""

    async def __call__(self, request: Request) -> Actor:  # type: ignore[override]
        """Check the token and return whose it is, or who looks through the eyes of a role.

        Raises:
            ForbiddenError: Who looks as a role wants to write (code ``preview_reads_only``), or may not try out rights.
        """
        actor = (await Ready.__call__(self, request)).actor
        role = request.headers.get(ROLE_HEADER)
        if not role:
            return actor
        actor.require("apps.edit")
        if request.method not in {"GET", "HEAD"}:
            raise ForbiddenError("preview_reads_only")
        return await run_in_threadpool((await system(request)).access.roles.through, actor, role)


SystemDep = Annotated[System, Depends(system)]
ActorDep = Annotated[Actor, Depends(Acting())]
SessionDep = Annotated[SignedIn, Depends(Ready())]
"""Who is signed in and how: for what a person may do, but not an API token."""
SignedInDep = Annotated[SignedIn, Depends(Bearer())]
"""Like SessionDep, but also for who must change the password first: only for routes about oneself."""
