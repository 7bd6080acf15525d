from __future__ import annotations

import pytest

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Grant
from mazhi.kernel.access.service import Access
from mazhi.kernel.access.sessions import SignedIn
from mazhi.kernel.db import Database
from mazhi.kernel.errors import (
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    UnauthorizedError,
)
from tests.kernel.access.test_users import trail


@pytest.fixture
def li(access: Access) -> SignedIn:
    return access.sessions.check(access.open_for("li", role="keeper"))


def test_a_token_carries_only_its_scopes(access: Access, li: SignedIn, db: Database) -> None:
    token, secret = access.tokens.create(li, "ERP", scopes=("operation.receive", "operation.receive"))
    assert token.scopes == ("operation.receive",)
    program = access.sessions.check(secret)
    assert (program.actor.name, program.session_id) == ("li", 0)
    assert dict(program.actor.rights) == {"operation.receive": None}
    ((key, action, _, after),) = trail(db, "token")
    assert (key, action, after["scopes"]) == ("li/ERP", "create", ["operation.receive"])
    with db.read() as tx:
        assert secret not in str(tx.rows("SELECT * FROM api_token"))


def test_an_administrators_token_is_limited_too(access: Access) -> None:
    boss = access.sessions.check(access.open_for("boss", role="admin"))
    _, secret = access.tokens.create(boss, "ERP", scopes=("items.view",))
    actor = access.sessions.check(secret).actor
    assert (actor.everything, dict(actor.rights)) == (False, {"items.view": None})


def test_a_token_loses_what_its_user_loses(access: Access, li: SignedIn) -> None:
    _, secret = access.tokens.create(li, "ERP", scopes=("operation.receive", "items.view"))
    access.roles.change(SYSTEM, "keeper", {"rights": (Grant("items.view"),)})
    assert dict(access.sessions.check(secret).actor.rights) == {"items.view": None}


def test_every_fault_of_a_token_is_named(access: Access, li: SignedIn) -> None:
    with pytest.raises(InvalidInputError) as refused:
        access.tokens.create(li, " ", scopes=("items.view", "users.manage"), expires_at=1)
    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == [
        ("/name", "text_missing"),
        ("/scopes/1", "scope_not_held"),
        ("/expires_at", "expires_in_the_past"),
    ]
    access.tokens.create(li, "ERP", scopes=())
    with pytest.raises(ConflictError):
        access.tokens.create(li, "ERP", scopes=())


def test_an_expired_token_is_worth_nothing(access: Access, li: SignedIn, db: Database) -> None:
    _, secret = access.tokens.create(li, "ERP", scopes=(), expires_at=clock.now() + 10**9)
    assert access.sessions.check(secret).actor.name == "li"
    with db.write() as tx:
        tx.run("UPDATE api_token SET expires_at = :now", now=clock.now() - 1)
    access.sessions.forget()
    with pytest.raises(UnauthorizedError):
        access.sessions.check(secret)


def test_the_last_use_is_noted(access: Access, li: SignedIn) -> None:
    _, secret = access.tokens.create(li, "ERP", scopes=())
    assert access.tokens.all(li.actor)[0].last_used_at is None
    access.sessions.check(secret)
    assert access.tokens.all(li.actor)[0].last_used_at is not None


def test_a_revoked_token_is_worth_nothing_at_once(access: Access, li: SignedIn, db: Database) -> None:
    _, secret = access.tokens.create(li, "ERP", scopes=())
    access.sessions.check(secret)
    access.tokens.revoke(li.actor, "ERP")
    with pytest.raises(UnauthorizedError):
        access.sessions.check(secret)
    with pytest.raises(NotFoundError):
        access.tokens.revoke(li.actor, "ERP")
    assert [action for _, action, _, _ in trail(db, "token")] == ["create", "delete"]


def test_tokens_are_ones_own(access: Access, li: SignedIn) -> None:
    access.tokens.create(li, "ERP", scopes=())
    other = access.sessions.check(access.open_for("wang", role="keeper"))
    assert access.tokens.all(other.actor) == []
    with pytest.raises(NotFoundError):
        access.tokens.revoke(other.actor, "ERP")
    access.tokens.create(other, "ERP", scopes=())


def test_a_token_makes_no_tokens(access: Access, li: SignedIn) -> None:
    _, secret = access.tokens.create(li, "ERP", scopes=("items.view",))
    with pytest.raises(ForbiddenError) as refused:
        access.tokens.create(access.sessions.check(secret), "second", scopes=())
    assert refused.value.code == "session_required"
