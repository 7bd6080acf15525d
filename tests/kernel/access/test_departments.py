from __future__ import annotations

import random

import pytest

from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.access.service import Access
from mazhi.kernel.access.users import NewUser
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from tests.kernel.access.test_users import trail


def test_departments_make_a_tree(access: Access, db: Database) -> None:
    access.departments.create(SYSTEM, "Z", name="总部")
    access.departments.create(SYSTEM, "A", name="仓储部", parent="Z")
    listed = access.departments.all()
    assert [(found.code, found.parent, found.version) for found in listed] == [("Z", None, 1), ("A", "Z", 1)]
    assert access.departments.get("A").name == "仓储部"
    assert [action for _, action, _, _ in trail(db, "department")] == ["create", "create"]


@pytest.mark.parametrize("seed", range(4))
def test_paths_follow_every_move_and_circles_are_refused(access: Access, db: Database, seed: int) -> None:
    dice = random.Random(seed)
    parents: dict[str, str | None] = {}
    for number in range(8):
        parent = dice.choice([None, *parents])
        access.departments.create(SYSTEM, f"D{number}", name="x", parent=parent)
        parents[f"D{number}"] = parent

    def above(code: str | None) -> list[str]:
        return [] if code is None else [*above(parents[code]), code]

    for _ in range(25):
        code, parent = dice.choice([*parents]), dice.choice([None, *parents])
        if code in above(parent):
            with pytest.raises(InvalidInputError) as refused:
                access.departments.change(SYSTEM, code, {"parent": parent})
            assert [problem.code for problem in refused.value.problems] == ["below_itself"]
        else:
            assert access.departments.change(SYSTEM, code, {"parent": parent}).parent == parent
            parents[code] = parent
    with db.read() as tx:
        rows = tx.rows("SELECT id, code, path FROM department")
    ids = {row.code: row.id for row in rows}
    for row in rows:
        assert row.path == "/" + "".join(f"{ids[code]}/" for code in above(row.code))


def test_every_fault_of_a_department_is_named(access: Access) -> None:
    with pytest.raises(InvalidInputError) as refused:
        access.departments.create(SYSTEM, "", name="")
    assert [problem.pointer for problem in refused.value.problems] == ["/code", "/name"]
    with pytest.raises(InvalidInputError) as refused:
        access.departments.create(SYSTEM, "A", name="a", parent="nix")
    assert [(problem.pointer, problem.code) for problem in refused.value.problems] == [
        ("/parent", "unknown_department")
    ]


def test_a_department_is_changed_by_version(access: Access, db: Database) -> None:
    access.departments.create(SYSTEM, "A", name="a")
    with pytest.raises(ConflictError) as refused:
        access.departments.create(SYSTEM, "A", name="b")
    assert refused.value.code == "already_exists"
    assert access.departments.change(SYSTEM, "A", {"name": "c", "active": False}, version=1).version == 2
    with pytest.raises(ConflictError) as refused:
        access.departments.change(SYSTEM, "A", {"name": "d"}, version=1)
    assert refused.value.code == "edit_conflict"
    assert trail(db, "department")[-1][2:] == ({"name": "a", "active": True}, {"name": "c", "active": False})


def test_a_department_in_use_stays(access: Access) -> None:
    access.departments.create(SYSTEM, "A", name="a")
    access.departments.create(SYSTEM, "B", name="b", parent="A")
    access.users.create(SYSTEM, NewUser("li", "", (), department="A"))
    with pytest.raises(ConflictError) as refused:
        access.departments.delete(SYSTEM, "A")
    assert [problem.code for problem in refused.value.problems] == ["used_by_departments", "used_by_users"]
    access.departments.delete(SYSTEM, "B")
    assert [found.code for found in access.departments.all()] == ["A"]


def test_departments_are_managed_by_who_may(access: Access) -> None:
    keeper = access.sessions.check(access.open_for("li", role="keeper")).actor
    for ask in (
        lambda: access.departments.create(keeper, "x", name="x"),
        lambda: access.departments.change(keeper, "x", {}),
        lambda: access.departments.delete(keeper, "x"),
    ):
        with pytest.raises(ForbiddenError):
            ask()


def test_an_unknown_department_is_named(access: Access) -> None:
    for ask in (
        lambda: access.departments.get("nix"),
        lambda: access.departments.change(SYSTEM, "nix", {}),
        lambda: access.departments.delete(SYSTEM, "nix"),
    ):
        with pytest.raises(NotFoundError):
            ask()
