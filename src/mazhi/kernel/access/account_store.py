"""Every statement about users, roles and departments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, Table

from mazhi.kernel.access.model import Department, Grant, Role, User
from mazhi.kernel.access.store import role_right, user_role
from mazhi.kernel.db import Tx
from mazhi.kernel.notices import topics

_USER = """
SELECT u.id, u.username, u.name, u.password_hash, u.must_change, u.language, u.department_id, u.active, u.version,
       u.created_at, u.email, u.mails, d.code AS department
FROM user_account u LEFT JOIN department d ON d.id = u.department_id
"""


def insert(tx: Tx, table: Table, **values: Any) -> int | None:
    """Insert one row and return its id; None if its code is taken, in which case nothing is changed."""
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    made: int | None = tx.scalar(
        f"INSERT INTO {table.name} ({names}) VALUES ({marks}) ON CONFLICT DO NOTHING RETURNING id", **values
    )
    return made


def change(tx: Tx, table: Table, row_id: int, **values: Any) -> None:
    """Change one row and count its version up."""
    sets = ", ".join(f"{name} = :{name}" for name in values)
    tx.run(f"UPDATE {table.name} SET {sets}, version = version + 1 WHERE id = :row_id", row_id=row_id, **values)


def lock(tx: Tx, table: Table, code: str) -> Row[Any] | None:
    """Return the row of a code and keep others from changing it until the commit."""
    column = "username" if table.name == "user_account" else "code"
    return tx.row(f"SELECT * FROM {table.name} WHERE {column} = :code /*LOCK*/", code=code)


def user_row(tx: Tx, username: str) -> Row[Any] | None:
    """Return a user's row, secrets included, by folded name."""
    return tx.row(_USER + "WHERE u.username = :username", username=username)


def user_row_by_id(tx: Tx, user_id: int) -> Row[Any] | None:
    """Return a user's row, secrets included, by id."""
    return tx.row(_USER + "WHERE u.id = :id", id=user_id)


def users(tx: Tx, rows: Sequence[Row[Any]]) -> list[User]:
    """Build users from their rows, with the codes of their roles."""
    roles: dict[int, list[str]] = {}
    for found in tx.rows(
        "SELECT ur.user_id, r.code FROM user_role ur JOIN role r ON r.id = ur.role_id "
        "WHERE ur.user_id ANY(:ids, bigint) ORDER BY r.code",
        ids=[row.id for row in rows],
    ):
        roles.setdefault(found.user_id, []).append(found.code)
    return [
        User(
            username=row.username,
            name=row.name,
            department=row.department,
            language=row.language,
            roles=tuple(roles.get(row.id, ())),
            active=bool(row.active),
            must_change=bool(row.must_change),
            version=row.version,
            created_at=row.created_at,
            email=row.email,
            mails=topics.chosen(row.mails),
        )
        for row in rows
    ]


def user_page(
    tx: Tx, *, after: str, limit: int, department: int | None, role: int | None, active: bool | None
) -> Sequence[Row[Any]]:
    """Return up to ``limit`` rows of users in the order of their names, beginning after one."""
    conditions = ["u.username > :after"]
    values: dict[str, Any] = {"after": after, "limit": limit}
    if department is not None:
        conditions.append("u.department_id = :department")
        values["department"] = department
    if role is not None:
        conditions.append("u.id IN (SELECT user_id FROM user_role WHERE role_id = :role)")
        values["role"] = role
    if active is not None:
        conditions.append("u.active = :active")
        values["active"] = active
    return tx.rows(_USER + f"WHERE {' AND '.join(conditions)} ORDER BY u.username LIMIT :limit", **values)


def ids_of(tx: Tx, table: Table, codes: Collection[str]) -> dict[str, int]:
    """Return the ids of these codes; unknown codes are missing."""
    rows = tx.rows(f"SELECT code, id FROM {table.name} WHERE code ANY(:codes, text)", codes=list(codes))
    return {row.code: row.id for row in rows}


def set_roles(tx: Tx, user_id: int, roles: Collection[int]) -> None:
    """Give a user exactly these roles."""
    tx.run("DELETE FROM user_role WHERE user_id = :user", user=user_id)
    tx.insert(user_role, ("user_id", "role_id"), [(user_id, role) for role in sorted(roles)])


def role_ids(tx: Tx, user_id: int) -> set[int]:
    """Return the ids of a user's roles."""
    return {row.role_id for row in tx.rows("SELECT role_id FROM user_role WHERE user_id = :user", user=user_id)}


def roles(tx: Tx, codes: Collection[str] | None = None) -> list[Role]:
    """Return these roles, or all, in the order of their codes."""
    where = "" if codes is None else "WHERE r.code ANY(:codes, text)"
    values: dict[str, Any] = {} if codes is None else {"codes": list(codes)}
    rows = tx.rows(
        "SELECT r.id, r.code, r.name, r.everything, r.version, count(ur.user_id) AS users FROM role r "
        f"LEFT JOIN user_role ur ON ur.role_id = r.id {where} "
        "GROUP BY r.id, r.code, r.name, r.everything, r.version ORDER BY r.code",
        **values,
    )
    grants: dict[int, list[Grant]] = {}
    for row in tx.rows(
        "SELECT rr.role_id, rr.right_name, p.code AS place FROM role_right rr LEFT JOIN place p ON p.id = rr.place_id "
        "WHERE rr.role_id ANY(:ids, bigint) ORDER BY rr.right_name, p.code",
        ids=[row.id for row in rows],
    ):
        grants.setdefault(row.role_id, []).append(Grant(row.right_name, row.place))
    return [
        Role(row.code, row.name, bool(row.everything), tuple(grants.get(row.id, ())), row.users, row.version)
        for row in rows
    ]


def set_grants(tx: Tx, role_id: int, grants: Collection[tuple[str, int]]) -> None:
    """Give a role exactly these rights, each at a place or (0) everywhere."""
    tx.run("DELETE FROM role_right WHERE role_id = :role", role=role_id)
    tx.insert(role_right, ("role_id", "right_name", "place_id"), [(role_id, *grant) for grant in sorted(grants)])


def delete_role(tx: Tx, role_id: int) -> None:
    """Remove a role and its rights."""
    tx.run("DELETE FROM role_right WHERE role_id = :role", role=role_id)
    tx.run("DELETE FROM role WHERE id = :role", role=role_id)


def role_used(tx: Tx, role_id: int) -> bool:
    """Tell whether any user has the role."""
    return tx.scalar("SELECT 1 FROM user_role WHERE role_id = :role LIMIT 1", role=role_id) is not None


def grants_of_roles(tx: Tx, role_ids: Collection[int]) -> Sequence[Row[Any]]:
    """Return (everything, right_name, place_id) for every right of these roles."""
    return tx.rows(
        "SELECT r.everything, rr.right_name, rr.place_id FROM role r LEFT JOIN role_right rr ON rr.role_id = r.id "
        "WHERE r.id ANY(:ids, bigint)",
        ids=list(role_ids),
    )


def administrators(tx: Tx) -> int:
    """Count the active users who may do everything, so that there is always one; locks their roles.

    Without the lock two administrators could take each other's role away at the same moment.
    """
    tx.rows("SELECT id FROM role WHERE everything ORDER BY id /*LOCK*/")
    count: int = tx.scalar(
        "SELECT count(DISTINCT u.id) FROM user_account u JOIN user_role ur ON ur.user_id = u.id "
        "JOIN role r ON r.id = ur.role_id WHERE u.active AND r.everything"
    )
    return count


def departments(tx: Tx, codes: Collection[str] | None = None) -> list[Department]:
    """Return these departments, or all, parents first and then by code."""
    where = "" if codes is None else "WHERE d.code ANY(:codes, text)"
    values: dict[str, Any] = {} if codes is None else {"codes": list(codes)}
    rows = tx.rows(
        "SELECT d.code, d.name, d.active, d.version, d.path, up.code AS parent, h.username AS head FROM department d "
        "LEFT JOIN department up ON up.id = d.parent_id "
        f"LEFT JOIN user_account h ON h.id = d.head_id {where} ORDER BY d.code",
        **values,
    )
    ordered = sorted(rows, key=lambda row: str(row.path).count("/"))
    return [Department(row.code, row.name, row.parent, bool(row.active), row.version, row.head) for row in ordered]


def lock_departments(tx: Tx) -> None:
    """Keep others from moving departments until the commit, so that no two moves make a circle together."""
    tx.rows("SELECT id FROM department ORDER BY id /*LOCK*/")


def move_department(tx: Tx, old_path: str, new_path: str) -> None:
    """Give a department and everything below it their new paths."""
    tx.run(
        "UPDATE department SET path = :new || substr(path, :rest) WHERE substr(path, 1, :length) = :old",
        new=new_path,
        old=old_path,
        length=len(old_path),
        rest=len(old_path) + 1,
    )


def department_used(tx: Tx, department_id: int) -> list[str]:
    """Name the kinds of things that belong to a department."""
    used = []
    if tx.scalar("SELECT 1 FROM department WHERE parent_id = :id LIMIT 1", id=department_id):
        used.append("departments")
    if tx.scalar("SELECT 1 FROM user_account WHERE department_id = :id LIMIT 1", id=department_id):
        used.append("users")
    return used
