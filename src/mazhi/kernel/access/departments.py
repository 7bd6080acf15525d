"""Departments (部门): the tree of the organisation."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypedDict

from sqlalchemy import Row

from mazhi.kernel import clock
from mazhi.kernel.access import account_store as accounts
from mazhi.kernel.access import audit, store
from mazhi.kernel.access.model import Actor, Department, fold_username
from mazhi.kernel.access.users import MANAGE
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError, invalid
from mazhi.kernel.master_data.model import Checks, already_exists, edit_conflict, in_use


class DepartmentChange(TypedDict, total=False):
    """What may be changed about a department; what is missing stays."""

    name: str
    parent: str | None
    head: str | None
    active: bool


class Departments:
    """The departments of the organisation."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def all(self) -> list[Department]:
        """Return every department, those above before those below."""
        with self._db.read() as tx:
            return accounts.departments(tx)

    def get(self, code: str) -> Department:
        """Return one department.

        Raises:
            NotFoundError: There is none of that code (code ``unknown_department``).
        """
        with self._db.read() as tx:
            return _present(tx, code)

    def create(
        self, actor: Actor, code: str, *, name: str, parent: str | None = None, head: str | None = None
    ) -> Department:
        """Make a department below another or at the top, perhaps with who leads it (a user name).

        Raises:
            InvalidInputError: Every fault of what was given.
            ConflictError: The code is taken (code ``already_exists``).
        """
        actor.require(MANAGE)
        now = clock.now()
        checks = Checks()
        checks.code("/code", code)
        checks.text("/name", name, needed=True)
        checks.done()
        with self._db.write() as tx:
            accounts.lock_departments(tx)
            parent_id, path = _above(tx, parent)
            made = accounts.insert(
                tx, store.department, code=code, name=name.strip(), parent_id=parent_id, path="",
                head_id=_head(tx, head), active=True, version=0, created_at=now, updated_at=now,
            )  # fmt: skip
            if made is None:
                raise already_exists(code)
            accounts.change(tx, store.department, made, path=f"{path}{made}/")
            department = _present(tx, code)
            audit.record(tx, actor, subject="department", key=code, action="create", after=_plain(department))
        return department

    def change(self, actor: Actor, code: str, changes: DepartmentChange, *, version: int | None = None) -> Department:
        """Change or move a department; what is below it moves along.

        Raises:
            NotFoundError: There is no such department.
            InvalidInputError: Every fault of what was given; ``below_itself`` for a move into what is below it.
            ConflictError: Somebody changed it meanwhile (code ``edit_conflict``).
        """
        actor.require(MANAGE)
        checks = Checks()
        if "name" in changes:
            checks.text("/name", changes["name"], needed=True)
        checks.done()
        with self._db.write() as tx:
            accounts.lock_departments(tx)
            row = _locked(tx, code)
            if version not in {None, row.version}:
                raise edit_conflict(version or 0, row.version)
            before = _present(tx, code)
            values: dict[str, Any] = {key: changes[key] for key in ("active",) if key in changes}
            if "name" in changes:
                values["name"] = changes["name"].strip()
            if "head" in changes:
                values["head_id"] = _head(tx, changes["head"])
            if "parent" in changes:
                parent_id, path = _above(tx, changes["parent"])
                if path.startswith(row.path):
                    raise invalid("/parent", "below_itself", parent=changes["parent"], item=code)
                accounts.move_department(tx, row.path, f"{path}{row.id}/")
                values["parent_id"] = parent_id
            accounts.change(tx, store.department, row.id, updated_at=clock.now(), **values)
            after = _present(tx, code)
            audit.record(
                tx, actor, subject="department", key=code, action="change", before=_plain(before), after=_plain(after)
            )
        return after

    def delete(self, actor: Actor, code: str) -> None:
        """Remove a department that has neither users nor departments below it.

        Raises:
            NotFoundError: There is no such department.
            ConflictError: Something belongs to it (code ``in_use``).
        """
        actor.require(MANAGE)
        with self._db.write() as tx:
            accounts.lock_departments(tx)
            row = _locked(tx, code)
            if used := accounts.department_used(tx, row.id):
                raise in_use(code, used)
            before = _present(tx, code)
            tx.conn.execute(store.department.delete().where(store.department.c.id == row.id))
            audit.record(tx, actor, subject="department", key=code, action="delete", before=_plain(before))


def _locked(tx: Tx, code: str) -> Row[Any]:
    row = accounts.lock(tx, store.department, code)
    if row is None:
        raise NotFoundError("unknown_department", item=code)
    return row


def _present(tx: Tx, code: str) -> Department:
    found = accounts.departments(tx, [code])
    if not found:
        raise NotFoundError("unknown_department", item=code)
    return found[0]


def _above(tx: Tx, parent: str | None) -> tuple[int, str]:
    """Return the id and path of the department above."""
    if parent is None:
        return 0, "/"
    row = accounts.lock(tx, store.department, parent)
    if row is None:
        raise invalid("/parent", "unknown_department", item=parent)
    return row.id, row.path


def _head(tx: Tx, head: str | None) -> int:
    """Return the number of who leads a department; 0 for nobody."""
    if head is None:
        return 0
    row = accounts.user_row(tx, fold_username(head))
    if row is None or not row.active:
        raise invalid("/head", "unknown_user", user=head)
    return int(row.id)


def _plain(department: Department) -> dict[str, Any]:
    plain = asdict(department)
    del plain["version"]
    return plain
