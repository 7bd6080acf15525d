from __future__ import annotations

import json
from typing import Any

import pytest

from mazhi.kernel.access.model import SYSTEM, Actor, Grant
from mazhi.kernel.access.service import Access
from mazhi.kernel.access.users import NewUser
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, UnauthorizedError


def trail(db: Database, subject: str) -> list[tuple[str, str, dict[str, Any], dict[str, Any]]]:
    with db.read() as tx:
        rows = tx.rows("SELECT * FROM audit WHERE subject = :subject ORDER BY id", subject=subject)
    return [(row.key, row.action, json.loads(row.before), json.loads(row.after)) for row in rows]


def make(access: Access, username: str = "li", *roles: str, **others: Any) -> None:
    access.users.create(SYSTEM, NewUser(username, "", roles or ("keeper",), "correct horse", **others))


def test_a_user_is_made_with_a_password_of_its_own(access: Access, db: Database) -> None:
    access.departments.create(SYSTEM, "CK", name="仓储部")
    user, password = access.users.create(SYSTEM, NewUser("Li", "李", ("viewer", "keeper"), department="CK"))
    assert (user.username, user.name, user.department, user.roles) == ("li", "李", "CK", ("keeper", "viewer"))
    assert user.must_change
    assert access.sign_in.sign_in("li", password)[1] == user
    ((key, action, before, after),) = trail(db, "user")
    assert (key, action, before) == ("li", "create", {})
    assert after["roles"] == ["keeper", "viewer"]
    assert "password" not in str(after)


def test_a_user_name_is_taken_whatever_its_case(access: Access) -> None:
    make(access, "li")
    with pytest.raises(ConflictError) as refused:
        make(access, "LI")
    assert refused.value.code == "already_exists"


def test_every_fault_of_a_new_user_is_named(access: Access) -> None:
    with pytest.raises(InvalidInputError) as refused:
        access.users.create(SYSTEM, NewUser("a b", "x" * 201, (), "short"))
    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == [
        ("/username", "bad_username"),
        ("/password", "password_too_short"),
        ("/name", "text_too_long"),
    ]
    with pytest.raises(InvalidInputError) as refused:
        access.users.create(SYSTEM, NewUser("li", "", ("keeper", "nix"), department="nix"))
    assert [(problem.pointer, problem.code, problem.item) for problem in refused.value.problems] == [
        ("/department", "unknown_department", "nix"),
        ("/roles/1", "unknown_role", "nix"),
    ]


def test_users_are_listed_page_by_page(access: Access) -> None:
    access.departments.create(SYSTEM, "CK", name="仓储部")
    for name in ("b", "a", "d", "c"):
        make(access, name, "keeper" if name < "c" else "viewer", department="CK" if name == "d" else None)
    first = access.users.page(SYSTEM, limit=3)
    rest = access.users.page(SYSTEM, limit=3, after=first.next or "")
    assert [user.username for user in first.rows + rest.rows] == ["a", "b", "c", "d"]
    assert (first.next, rest.next) == ("c", None)
    assert [user.username for user in access.users.page(SYSTEM, role="viewer").rows] == ["c", "d"]
    assert [user.username for user in access.users.page(SYSTEM, department="CK").rows] == ["d"]
    access.open_for("boss", role="admin")
    access.users.deactivate(SYSTEM, "b")
    assert [user.username for user in access.users.page(SYSTEM, active=False).rows] == ["b"]
    assert [user.username for user in access.users.page(SYSTEM, active=True).rows] == ["a", "boss", "c", "d"]
    assert access.users.page(SYSTEM, role="nix").rows == access.users.page(SYSTEM, department="nix").rows == []


def test_a_change_holds_at_once_and_is_on_the_record(access: Access, db: Database) -> None:
    make(access)
    token = access.sessions.open_by_name("li")
    assert access.sessions.check(token).actor.may("operation.receive")
    user = access.users.change(SYSTEM, "li", {"roles": ("viewer",), "name": "李"}, version=1)
    assert (user.version, user.roles, user.name) == (2, ("viewer",), "李")
    assert not access.sessions.check(token).actor.may("operation.receive")
    assert trail(db, "user")[-1] == (
        "li",
        "change",
        {"roles": ["keeper"], "name": "li"},
        {"roles": ["viewer"], "name": "李"},
    )


def test_of_two_changes_of_the_same_version_the_second_is_refused(access: Access) -> None:
    make(access)
    access.users.change(SYSTEM, "li", {"name": "一"}, version=1)
    with pytest.raises(ConflictError) as refused:
        access.users.change(SYSTEM, "li", {"name": "二"}, version=1)
    assert refused.value.code == "edit_conflict"
    assert access.users.get(SYSTEM, "li").name == "一"


def test_a_deactivated_user_is_out_with_every_session_and_token(access: Access) -> None:
    make(access, must_change=False)
    access.open_for("boss", role="admin")
    signed_in = access.sessions.check(session := access.sessions.open_by_name("li"))
    _, secret = access.tokens.create(signed_in, "ERP", scopes=())
    access.users.deactivate(SYSTEM, "li")
    for token in (session, secret):
        with pytest.raises(UnauthorizedError):
            access.sessions.check(token)
    assert not access.users.get(SYSTEM, "li").active
    access.users.change(SYSTEM, "li", {"active": True})
    with pytest.raises(UnauthorizedError):
        access.sessions.check(session)


def test_a_reset_password_ends_the_sessions(access: Access, db: Database) -> None:
    make(access)
    token = access.sessions.open_by_name("li")
    password = access.users.reset_password(SYSTEM, "li")
    with pytest.raises(UnauthorizedError):
        access.sessions.check(token)
    assert access.sign_in.sign_in("li", password)[1].must_change
    assert trail(db, "user")[-1] == ("li", "reset_password", {}, {})


def test_there_is_always_an_administrator(access: Access) -> None:
    access.open_for("boss", role="admin")
    for changes in ({"active": False}, {"roles": ("keeper",)}):
        with pytest.raises(ConflictError) as refused:
            access.users.change(SYSTEM, "boss", changes)  # type: ignore[arg-type]
        assert refused.value.code == "last_administrator"
    with pytest.raises(ConflictError):
        access.roles.change(SYSTEM, "admin", {"everything": False})
    access.open_for("second", role="admin")
    assert not access.users.change(SYSTEM, "boss", {"active": False}).active


def test_nobody_hands_out_more_than_one_has(access: Access, manager: Actor) -> None:
    access.roles.create(SYSTEM, "small", name="小", grants=[Grant("operation.receive")])
    user, _ = access.users.create(manager, NewUser("ok", "", ("small",)))
    assert user.roles == ("small",)
    for role in ("admin", "keeper"):
        with pytest.raises(ForbiddenError) as refused:
            access.users.create(manager, NewUser("no", "", (role,)))
        assert refused.value.code == "beyond_own_rights"
        with pytest.raises(ForbiddenError):
            access.users.change(manager, "ok", {"roles": (role,)})


def test_nobody_takes_over_somebody_who_has_more(access: Access, manager: Actor) -> None:
    access.open_for("boss", role="admin")
    with pytest.raises(ForbiddenError):
        access.users.reset_password(manager, "boss", "another horse")
    with pytest.raises(ForbiddenError):
        access.users.change(manager, "boss", {"active": False})
    with pytest.raises(ForbiddenError):
        access.users.change(manager, "boss", {"name": "x"})


def test_users_are_managed_by_who_may(access: Access) -> None:
    keeper = access.sessions.check(access.open_for("li", role="keeper")).actor
    with pytest.raises(ForbiddenError):
        access.users.page(keeper)
    with pytest.raises(ForbiddenError):
        access.users.get(keeper, "li")
    with pytest.raises(ForbiddenError):
        access.users.create(keeper, NewUser("x", "", ()))
    with pytest.raises(ForbiddenError):
        access.users.change(keeper, "li", {"roles": ("admin",)})
    with pytest.raises(ForbiddenError):
        access.users.reset_password(keeper, "li")


def test_an_unknown_user_is_named(access: Access) -> None:
    for ask in (
        lambda: access.users.get(SYSTEM, "nix"),
        lambda: access.users.change(SYSTEM, "nix", {}),
        lambda: access.users.reset_password(SYSTEM, "nix"),
    ):
        with pytest.raises(NotFoundError) as refused:
            ask()
        assert refused.value.params == {"user": "nix"}
