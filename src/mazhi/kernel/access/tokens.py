"""API tokens (接口令牌): what programs sign in with, limited to some of their user's rights."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, delete, select

from mazhi.kernel import clock
from mazhi.kernel.access import audit, secrets
from mazhi.kernel.access.model import Actor, ApiToken
from mazhi.kernel.access.sessions import Sessions, SignedIn
from mazhi.kernel.access.store import api_token
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ForbiddenError, NotFoundError
from mazhi.kernel.master_data.model import Checks, already_exists


class Tokens:
    """The API tokens of each user; nobody sees those of another."""

    def __init__(self, db: Database, sessions: Sessions) -> None:
        self._db = db
        self._sessions = sessions

    def all(self, actor: Actor) -> list[ApiToken]:
        """Return one's own tokens in the order of their names."""
        with self._db.read() as tx:
            rows = tx.conn.execute(
                select(api_token).where(api_token.c.user_id == actor.user_id).order_by(api_token.c.name)
            ).all()
        return [_from_row(row) for row in rows]

    def create(
        self, signed_in: SignedIn, name: str, *, scopes: tuple[str, ...], expires_at: int | None = None
    ) -> tuple[ApiToken, str]:
        """Make a token and return it with its secret, which is kept nowhere.

        A token cannot make tokens: whoever finds one shall not stay in when it is revoked.

        Raises:
            ForbiddenError: This is not a session (code ``session_required``).
            InvalidInputError: Every fault of what was given; ``scope_not_held`` for a right that one lacks.
            ConflictError: One has a token of that name (code ``already_exists``).
        """
        actor = require_session(signed_in)
        now = clock.now()
        checks = Checks()
        checks.text("/name", name, limit=64, needed=True)
        for number, scope in enumerate(scopes):
            if not actor.may(scope):
                checks.fault(f"/scopes/{number}", "scope_not_held", item=scope)
        if expires_at is not None and expires_at <= now:
            checks.fault("/expires_at", "expires_in_the_past")
        checks.done()
        secret = secrets.new_token(secrets.TOKEN_PREFIX)
        token = ApiToken(name.strip(), tuple(sorted(set(scopes))), expires_at, now, None)
        with self._db.write() as tx:
            made = tx.scalar(
                "INSERT INTO api_token (user_id, name, token_hash, scopes, expires_at, created_at, last_used_at) "
                "VALUES (:user, :name, :hash, :scopes, :expires, :now, 0) ON CONFLICT (user_id, name) DO NOTHING "
                "RETURNING id",
                user=actor.user_id,
                name=token.name,
                hash=secrets.hash_token(secret),
                scopes=json.dumps(token.scopes),
                expires=expires_at or 0,
                now=now,
            )
            if made is None:
                raise already_exists(token.name)
            audit.record(tx, actor, subject="token", key=_key(actor, token.name), action="create", after=_plain(token))
        return token, secret

    def revoke(self, actor: Actor, name: str) -> None:
        """End one of one's own tokens.

        Raises:
            NotFoundError: There is none of that name (code ``unknown_token``).
        """
        with self._db.write() as tx:
            row = tx.conn.execute(
                delete(api_token)
                .where(api_token.c.user_id == actor.user_id, api_token.c.name == name)
                .returning(*api_token.c)
            ).first()
            if row is None:
                raise NotFoundError("unknown_token", item=name)
            audit.record(
                tx, actor, subject="token", key=_key(actor, name), action="delete", before=_plain(_from_row(row))
            )
        self._sessions.forget()


def require_session(signed_in: SignedIn) -> Actor:
    """Refuse an API token for what only a person may do.

    Raises:
        ForbiddenError: This is not a session (code ``session_required``).
    """
    if not signed_in.session_id:
        raise ForbiddenError("session_required")
    return signed_in.actor


def _from_row(row: Row[Any]) -> ApiToken:
    return ApiToken(
        row.name, tuple(json.loads(row.scopes)), row.expires_at or None, row.created_at, row.last_used_at or None
    )


def _plain(token: ApiToken) -> dict[str, Any]:
    plain = asdict(token)
    return {"scopes": list(token.scopes), "expires_at": plain["expires_at"]}


def _key(actor: Actor, name: str) -> str:
    return f"{actor.name}/{name}"
