"""Roles (角色): which rights are given together, and where they hold."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from typing import Any, TypedDict

from sqlalchemy import Row

from mazhi.kernel import clock
from mazhi.kernel.access import account_store as accounts
from mazhi.kernel.access import audit, rights, store
from mazhi.kernel.access.model import Actor, Grant, Role
from mazhi.kernel.access.sessions import Sessions, areas
from mazhi.kernel.access.users import MANAGE, covered
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, NotFoundError
from mazhi.kernel.master_data.model import Checks, already_exists, edit_conflict, in_use
from mazhi.kernel.places.store import place


class RoleChange(TypedDict, total=False):
    """What may be changed about a role; what is missing stays."""

    name: str
    everything: bool
    rights: tuple[Grant, ...]


class Roles:
    """The roles of the system."""

    def __init__(self, db: Database, sessions: Sessions) -> None:
        self._db = db
        self._sessions = sessions

    def seed(self) -> None:
        """Make the roles that a new system starts with; does nothing where any role exists."""
        with self._db.read() as tx:
            if accounts.roles(tx):
                return
        now = clock.now()
        with self._db.write() as tx:
            for seed in rights.SEED_ROLES:
                role_id = accounts.insert(
                    tx, store.role, code=seed.code, name=seed.name, everything=seed.everything, version=1,
                    created_at=now, updated_at=now,
                )  # fmt: skip
                if role_id is not None:  # else another process was faster
                    accounts.set_grants(tx, role_id, [(right, 0) for right in seed.rights])

    def all(self, actor: Actor) -> list[Role]:
        """Return every role in the order of the codes."""
        actor.require(MANAGE)
        with self._db.read() as tx:
            return accounts.roles(tx)

    def get(self, actor: Actor, code: str) -> Role:
        """Return one role.

        Raises:
            NotFoundError: There is none of that code (code ``unknown_role``).
        """
        actor.require(MANAGE)
        with self._db.read() as tx:
            return _present(tx, code)

    def through(self, actor: Actor, code: str) -> Actor:
        """Return the actor as somebody who has this role and no other; never more than the actor may.

        Raises:
            NotFoundError: There is no such role (code ``unknown_role``).
            ForbiddenError: The role may do everything and the actor may not (code ``beyond_own_rights``).
        """
        with self._db.read() as tx:
            found = accounts.ids_of(tx, store.role, [code])
            if code not in found:
                raise NotFoundError("unknown_role", item=code)
            rows = accounts.grants_of_roles(tx, [found[code]])
            roots: dict[str, set[int]] = {}
            for row in rows:
                if row.right_name is not None:
                    roots.setdefault(row.right_name, set()).add(row.place_id)
            held = areas(tx, roots)
        if not any(row.everything for row in rows):
            return actor.as_role(found[code], held)
        if actor.everything:
            return actor
        raise ForbiddenError("beyond_own_rights", right="*")

    def create(
        self, actor: Actor, code: str, *, name: str, everything: bool = False, grants: Collection[Grant] = ()
    ) -> Role:
        """Make a role.

        Raises:
            InvalidInputError: Every fault of what was given.
            ForbiddenError: It goes beyond the actor's own rights (code ``beyond_own_rights``).
            ConflictError: The code is taken (code ``already_exists``).
        """
        actor.require(MANAGE)
        now = clock.now()
        checks = Checks()
        checks.code("/code", code)
        checks.text("/name", name, needed=True)
        with self._db.write() as tx:
            wanted = _grants(tx, actor, checks, grants, everything=everything)
            role_id = accounts.insert(
                tx, store.role, code=code, name=name.strip(), everything=everything, version=1, created_at=now,
                updated_at=now,
            )  # fmt: skip
            if role_id is None:
                raise already_exists(code)
            accounts.set_grants(tx, role_id, wanted)
            role = _present(tx, code)
            audit.record(tx, actor, subject="role", key=code, action="create", after=_plain(role))
        return role

    def change(self, actor: Actor, code: str, changes: RoleChange, *, version: int | None = None) -> Role:
        """Change a role, which holds at once for everybody who has it.

        Raises:
            NotFoundError: There is no such role.
            InvalidInputError: Every fault of what was given.
            ForbiddenError: It goes, or went, beyond the actor's own rights.
            ConflictError: Somebody changed it meanwhile (``edit_conflict``), or nobody would be left who may do
                everything (``last_administrator``).
        """
        actor.require(MANAGE)
        checks = Checks()
        if "name" in changes:
            checks.text("/name", changes["name"], needed=True)
        with self._db.write() as tx:
            row = _locked(tx, actor, code)
            if version not in {None, row.version}:
                raise edit_conflict(version or 0, row.version)
            before = _present(tx, code)
            everything = changes.get("everything", before.everything)
            held = frozenset(grant.right for grant in before.rights)
            wanted = _grants(tx, actor, checks, changes.get("rights", before.rights), everything=everything, held=held)
            accounts.set_grants(tx, row.id, wanted)
            accounts.change(
                tx, store.role, row.id, name=changes.get("name", before.name).strip(), everything=everything,
                updated_at=clock.now(),
            )  # fmt: skip
            if before.everything and not accounts.administrators(tx):
                raise ConflictError("last_administrator")
            after = _present(tx, code)
            audit.record(
                tx, actor, subject="role", key=code, action="change", before=_plain(before), after=_plain(after)
            )
        self._sessions.forget()
        return after

    def delete(self, actor: Actor, code: str) -> None:
        """Remove a role that nobody has.

        Raises:
            NotFoundError: There is no such role.
            ConflictError: Somebody has it (code ``in_use``).
        """
        actor.require(MANAGE)
        with self._db.write() as tx:
            row = _locked(tx, actor, code)
            if accounts.role_used(tx, row.id):
                raise in_use(code, ["users"])
            before = _present(tx, code)
            accounts.delete_role(tx, row.id)
            audit.record(tx, actor, subject="role", key=code, action="delete", before=_plain(before))


def _locked(tx: Tx, actor: Actor, code: str) -> Row[Any]:
    row = accounts.lock(tx, store.role, code)
    if row is None:
        raise NotFoundError("unknown_role", item=code)
    covered(tx, actor, [row.id])
    return row


def _present(tx: Tx, code: str) -> Role:
    found = accounts.roles(tx, [code])
    if not found:
        raise NotFoundError("unknown_role", item=code)
    return found[0]


def _grants(
    tx: Tx,
    actor: Actor,
    checks: Checks,
    grants: Collection[Grant],
    *,
    everything: bool,
    held: frozenset[str] = frozenset(),
) -> set[tuple[str, int]]:
    """Turn grants into (right, place id), naming every fault, none of them beyond the actor's own rights.

    What the role held before (``held``) stays possible, also where the catalogue does not know it: a role may be
    older or newer than the program.
    """
    known = held.union(rights.catalogue())
    places = accounts.ids_of(tx, place, {grant.place for grant in grants if grant.place is not None})
    wanted: set[tuple[str, int]] = set()
    for number, grant in enumerate(grants):
        if grant.right not in known:
            checks.fault(f"/rights/{number}/right", "unknown_right", item=grant.right)
        elif grant.place is not None and not rights.by_place(grant.right):
            checks.fault(f"/rights/{number}/place", "right_without_place", item=grant.right)
        elif grant.place is not None and grant.place not in places:
            checks.fault(f"/rights/{number}/place", "unknown_place", item=grant.place)
        else:
            wanted.add((grant.right, 0 if grant.place is None else places[grant.place]))
    checks.done()
    if everything and not actor.everything:
        raise ForbiddenError("beyond_own_rights", right="*")
    for right, place_id in sorted(wanted):
        if not actor.holds(right, place_id):
            raise ForbiddenError("beyond_own_rights", right=right)
    return wanted


def _plain(role: Role) -> dict[str, Any]:
    plain = asdict(role)
    del plain["version"], plain["users"]
    return plain
