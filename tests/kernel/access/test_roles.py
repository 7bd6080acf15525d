from __future__ import annotations

import pytest

from mazhi.kernel.access import rights
from mazhi.kernel.access.model import SYSTEM, Actor, Grant
from mazhi.kernel.access.service import Access
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.places.store import place
from mazhi.kernel.posting.kinds import operation_kinds
from tests.kernel.access.test_users import trail

LATER = {"assemble", "disassemble", "install", "remove", "swap", "pack", "unpack"}
"""Operations that come with traceability; seeded roles have their rights already."""


@pytest.fixture
def warehouse(db: Database) -> None:
    with db.write() as tx:
        tx.conn.execute(
            place.insert().values(
                id=7, code="WH1", name="仓", kind="warehouse", parent_id=0, path="/7/", created_at=0, updated_at=0
            )
        )


def test_there_is_a_right_for_every_operation() -> None:
    operations = {right.partition(".")[2] for right in rights.catalogue() if right.startswith("operation.")}
    assert operations == {kind.name for kind in operation_kinds}


def test_the_first_roles_give_only_rights_that_exist_or_will() -> None:
    known = set(rights.catalogue()) | {f"operation.{kind}" for kind in LATER}
    for role in rights.SEED_ROLES:
        assert set(role.rights) <= known, role.code
        assert len(set(role.rights)) == len(role.rights), role.code


def test_the_first_roles_are_made_once(access: Access) -> None:
    access.roles.delete(SYSTEM, "viewer")
    access.seed()
    assert [role.code for role in access.roles.all(SYSTEM)] == ["admin", "keeper", "line", "quality", "service"]


def test_a_role_is_made_changed_and_removed_on_the_record(access: Access, db: Database, warehouse: None) -> None:
    grants = (Grant("items.view"), Grant("operation.receive", "WH1"))
    made = access.roles.create(SYSTEM, "gz", name="广州仓管", grants=grants)
    assert (made.rights, made.users, made.version) == (grants, 0, 1)
    changed = access.roles.change(SYSTEM, "gz", {"rights": (Grant("items.view"),)}, version=1)
    assert (changed.rights, changed.name, changed.version) == ((Grant("items.view"),), "广州仓管", 2)
    assert access.roles.change(SYSTEM, "gz", {"name": "穗"}).name == "穗"
    access.roles.delete(SYSTEM, "gz")
    with pytest.raises(NotFoundError):
        access.roles.get(SYSTEM, "gz")
    assert [action for _, action, _, _ in trail(db, "role")] == ["create", "change", "change", "delete"]


def test_every_fault_of_a_role_is_named(access: Access, warehouse: None) -> None:
    grants = [Grant("items.fly"), Grant("users.manage", "WH1"), Grant("items.view", "WH9")]
    with pytest.raises(InvalidInputError) as refused:
        access.roles.create(SYSTEM, " x", name=" ", grants=grants)
    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == [
        ("/code", "bad_code"),
        ("/name", "text_missing"),
        ("/rights/0/right", "unknown_right"),
        ("/rights/1/place", "right_without_place"),
        ("/rights/2/place", "unknown_place"),
    ]


def test_a_code_is_taken_once_and_an_old_version_is_refused(access: Access) -> None:
    with pytest.raises(ConflictError) as refused:
        access.roles.create(SYSTEM, "admin", name="x")
    assert refused.value.code == "already_exists"
    access.roles.change(SYSTEM, "viewer", {"name": "看"})
    with pytest.raises(ConflictError) as refused:
        access.roles.change(SYSTEM, "viewer", {"name": "读"}, version=1)
    assert refused.value.code == "edit_conflict"


def test_a_role_that_somebody_has_stays(access: Access) -> None:
    access.open_for("li", role="keeper")
    with pytest.raises(ConflictError) as refused:
        access.roles.delete(SYSTEM, "keeper")
    assert [problem.code for problem in refused.value.problems] == ["used_by_users"]


def test_a_changed_role_holds_at_once_for_everybody_who_has_it(access: Access) -> None:
    token = access.open_for("li", role="viewer")
    assert not access.sessions.check(token).actor.may("audit.view")
    access.roles.change(SYSTEM, "viewer", {"rights": (Grant("audit.view"),)})
    assert access.sessions.check(token).actor.may("audit.view")


def test_nobody_makes_a_role_beyond_ones_own_rights(access: Access, manager: Actor) -> None:
    assert access.roles.create(manager, "in", name="收", grants=[Grant("operation.receive")]).code == "in"
    for beyond in ({"grants": [Grant("operation.ship")]}, {"everything": True}):
        with pytest.raises(ForbiddenError):
            access.roles.create(manager, "out", name="发", **beyond)  # type: ignore[arg-type]
    with pytest.raises(ForbiddenError):
        access.roles.change(manager, "in", {"rights": (Grant("operation.ship"),)})
    with pytest.raises(ForbiddenError):
        access.roles.change(manager, "keeper", {"rights": ()})
    with pytest.raises(ForbiddenError):
        access.roles.delete(manager, "viewer")


def test_whoever_holds_a_right_at_one_place_gives_it_for_that_place_only(
    access: Access, db: Database, warehouse: None
) -> None:
    access.roles.create(SYSTEM, "local", name="仓主管", grants=[Grant("users.manage"), Grant("operation.ship", "WH1")])
    local = access.sessions.check(access.open_for("zhou", role="local")).actor
    assert access.roles.create(local, "a", name="a", grants=[Grant("operation.ship", "WH1")])
    with pytest.raises(ForbiddenError):
        access.roles.create(local, "b", name="b", grants=[Grant("operation.ship")])


def test_roles_are_managed_by_who_may(access: Access) -> None:
    keeper = access.sessions.check(access.open_for("li", role="keeper")).actor
    for ask in (
        lambda: access.roles.all(keeper),
        lambda: access.roles.get(keeper, "admin"),
        lambda: access.roles.create(keeper, "x", name="x"),
        lambda: access.roles.change(keeper, "keeper", {"everything": True}),
        lambda: access.roles.delete(keeper, "viewer"),
    ):
        with pytest.raises(ForbiddenError):
            ask()


def test_unknown_roles_are_named(access: Access) -> None:
    with pytest.raises(NotFoundError):
        access.roles.change(SYSTEM, "nix", {})
    with pytest.raises(NotFoundError):
        access.roles.delete(SYSTEM, "nix")


def test_rights_that_a_role_has_and_the_catalogue_lacks_are_kept(access: Access, db: Database) -> None:
    access.roles.create(SYSTEM, "old", name="旧", grants=[Grant("items.view")])
    with db.write() as tx:
        tx.run("INSERT INTO role_right (role_id, right_name, place_id) SELECT id, 'operation.weld', 0 FROM role "
               "WHERE code = 'old'")  # fmt: skip
    changed = access.roles.change(SYSTEM, "old", {"rights": (Grant("operation.weld"), Grant("audit.view"))})
    assert {grant.right for grant in changed.rights} == {"operation.weld", "audit.view"}
    assert access.roles.change(SYSTEM, "old", {"name": "老"}).rights == changed.rights
    with pytest.raises(InvalidInputError):
        access.roles.change(SYSTEM, "old", {"rights": (Grant("operation.fly"),)})
    access.roles.change(SYSTEM, "old", {"rights": ()})
    with pytest.raises(InvalidInputError):
        access.roles.change(SYSTEM, "old", {"rights": (Grant("operation.weld"),)})
