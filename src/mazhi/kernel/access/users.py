"""Users (用户): made, changed and deactivated by whoever may manage them; never beyond one's own rights."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from typing import Any, TypedDict

from sqlalchemy import Row

from mazhi.kernel import clock
from mazhi.kernel.access import account_store as accounts
from mazhi.kernel.access import audit, secrets, store
from mazhi.kernel.access.model import (
    LONGEST_PASSWORD,
    SHORTEST_PASSWORD,
    Actor,
    User,
    UserLanguage,
    fold_username,
    is_username,
    password_fault,
)
from mazhi.kernel.access.sessions import Sessions
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, Problem
from mazhi.kernel.mailing.model import is_address
from mazhi.kernel.master_data.model import Checks, Page, already_exists, edit_conflict, page_of

MANAGE = "users.manage"


@dataclass(frozen=True, slots=True)
class NewUser:
    """What a new user is made from; without a password one is made up and told once."""

    username: str
    name: str
    roles: tuple[str, ...]
    password: str | None = None
    department: str | None = None
    language: UserLanguage = "zh"
    must_change: bool = True
    email: str = ""


class UserChange(TypedDict, total=False):
    """What may be changed about a user; what is missing stays."""

    name: str
    department: str | None
    language: UserLanguage
    roles: tuple[str, ...]
    active: bool
    email: str


class Users:
    """The users of the system."""

    def __init__(self, db: Database, sessions: Sessions) -> None:
        self._db = db
        self._sessions = sessions
        self.left: list[Callable[[Tx, Actor, int], None]] = []
        """Who wants to know, within its transaction, that somebody (by their number) is shut out by an actor."""

    def page(
        self,
        actor: Actor,
        *,
        after: str = "",
        limit: int = 100,
        department: str | None = None,
        role: str | None = None,
        active: bool | None = None,
    ) -> Page[User]:
        """Return a page of users in the order of their names."""
        actor.require(MANAGE)
        with self._db.read() as tx:
            department_id = (
                accounts.ids_of(tx, store.department, [department]).get(department, -1) if department else None
            )
            role_id = accounts.ids_of(tx, store.role, [role]).get(role, -1) if role else None
            rows = accounts.user_page(
                tx, after=after, limit=limit + 1, department=department_id, role=role_id, active=active
            )
            found = accounts.users(tx, rows)
        return page_of(found, limit, [user.username for user in found])

    def get(self, actor: Actor, username: str) -> User:
        """Return one user.

        Raises:
            NotFoundError: There is none of that name (code ``unknown_user``).
        """
        actor.require(MANAGE)
        with self._db.read() as tx:
            return _present(tx, _row(tx, username))

    def create(self, actor: Actor, new: NewUser) -> tuple[User, str]:
        """Make a user and return it with its first password.

        Raises:
            InvalidInputError: Every fault of what was given.
            ForbiddenError: A role goes beyond the actor's own rights (code ``beyond_own_rights``).
            ConflictError: The name is taken (code ``already_exists``).
        """
        actor.require(MANAGE)
        username = fold_username(new.username)
        password = new.password or secrets.new_password()
        checks = Checks()
        if not is_username(username):
            checks.fault("/username", "bad_username", value=new.username)
        check_password(checks, "/password", password, username)
        checks.text("/name", new.name)
        check_email(checks, new.email)
        checks.done()
        hashed = secrets.hash_password(password)
        now = clock.now()
        with self._db.write() as tx:
            department, roles = _references(tx, actor, new.department, new.roles)
            user_id = accounts.insert(
                tx,
                store.user_account,
                username=username,
                name=new.name.strip() or username,
                password_hash=hashed,
                must_change=new.must_change,
                language=new.language,
                email=new.email.strip(),
                department_id=department,
                active=True,
                version=1,
                created_at=now,
                updated_at=now,
            )
            if user_id is None:
                raise already_exists(username)
            accounts.set_roles(tx, user_id, roles)
            user = _present(tx, _row(tx, username))
            audit.record(tx, actor, subject="user", key=username, action="create", after=_plain(user))
        return user, password

    def change(self, actor: Actor, username: str, changes: UserChange, *, version: int | None = None) -> User:
        """Change a user; a version that was given must be the present one.

        Raises:
            NotFoundError: There is no such user.
            InvalidInputError: Every fault of what was given.
            ForbiddenError: The user, or a role, goes beyond the actor's own rights.
            ConflictError: Somebody changed it meanwhile (``edit_conflict``), or nobody would be left who may do
                everything (``last_administrator``).
        """
        actor.require(MANAGE)
        checks = Checks()
        if "name" in changes:
            checks.text("/name", changes["name"])
        check_email(checks, changes.get("email", ""))
        checks.done()
        with self._db.write() as tx:
            row = _locked(tx, actor, username)
            if version not in {None, row.version}:
                raise edit_conflict(version or 0, row.version)
            before = _present(tx, row)
            administrators = accounts.administrators(tx) if changes.keys() & {"roles", "active"} else 0
            values: dict[str, Any] = {key: changes[key] for key in ("language", "active") if key in changes}
            if "name" in changes:
                values["name"] = changes["name"].strip() or row.username
            if "email" in changes:
                values["email"] = changes["email"].strip()
            department, roles = _references(
                tx, actor, changes.get("department", before.department), changes.get("roles", before.roles)
            )
            if "roles" in changes:
                accounts.set_roles(tx, row.id, roles)
            accounts.change(tx, store.user_account, row.id, department_id=department, updated_at=clock.now(), **values)
            if not changes.get("active", True):
                _shut_out(tx, row.id)
                for told in self.left if before.active else ():
                    told(tx, actor, row.id)
            if administrators and not accounts.administrators(tx):
                raise ConflictError("last_administrator")
            after = _present(tx, _row(tx, username))
            audit.record(
                tx, actor, subject="user", key=row.username, action="change", before=_plain(before), after=_plain(after)
            )
        self._sessions.forget()
        return after

    def reset_password(
        self, actor: Actor, username: str, password: str | None = None, *, must_change: bool = True
    ) -> str:
        """Give a user another password, end all of the user's sessions, and return the password."""
        actor.require(MANAGE)
        given = password or secrets.new_password()
        checks = Checks()
        check_password(checks, "/password", given, fold_username(username))
        checks.done()
        hashed = secrets.hash_password(given)
        with self._db.write() as tx:
            row = _locked(tx, actor, username)
            set_password(tx, row, hashed, must_change=must_change)
            store.end_sessions(tx, row.id)
            audit.record(tx, actor, subject="user", key=row.username, action="reset_password")
        self._sessions.forget()
        return given

    def deactivate(self, actor: Actor, username: str) -> None:
        """Shut a user out for good: the ledger names users, so they are never removed."""
        self.change(actor, username, {"active": False})


def check_password(checks: Checks, pointer: str, password: str, username: str) -> None:
    """Note what is wrong with a new password."""
    if fault := password_fault(password, username):
        checks.fault(pointer, fault, least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)


def check_email(checks: Checks, email: str) -> None:
    """Note that something can be no address of a mail box; none at all is fine."""
    if email.strip() and not is_address(email.strip()):
        checks.fault("/email", "bad_email", value=email[:100])


def set_password(tx: Tx, row: Row[Any], hashed: str, *, must_change: bool) -> None:
    """Keep a user's new password, and forget failures to give the old one."""
    accounts.change(
        tx, store.user_account, row.id, password_hash=hashed, must_change=must_change, updated_at=clock.now()
    )
    store.forgive(tx, f"user:{row.username}", "")


def covered(tx: Tx, actor: Actor, role_ids: Collection[int]) -> None:
    """Refuse what only somebody with more rights than the actor may hand out or touch.

    Raises:
        ForbiddenError: A role has a right that the actor does not hold there (code ``beyond_own_rights``).
    """
    if actor.everything:
        return
    for row in accounts.grants_of_roles(tx, role_ids):
        if row.everything:
            raise ForbiddenError("beyond_own_rights", right="*")
        if row.right_name is not None and not actor.holds(row.right_name, row.place_id):
            raise ForbiddenError("beyond_own_rights", right=row.right_name)


def _row(tx: Tx, username: str) -> Row[Any]:
    row = accounts.user_row(tx, fold_username(username))
    if row is None:
        raise NotFoundError("unknown_user", user=username)
    return row


def _locked(tx: Tx, actor: Actor, username: str) -> Row[Any]:
    """Return a user's row for changing it, if the actor holds every right that the user has."""
    accounts.lock(tx, store.user_account, fold_username(username))
    row = _row(tx, username)
    covered(tx, actor, accounts.role_ids(tx, row.id))
    return row


def _references(tx: Tx, actor: Actor, department: str | None, roles: Collection[str]) -> tuple[int, set[int]]:
    """Turn codes of a department and of roles into ids, naming every unknown one."""
    problems: list[Problem] = []
    department_id = 0
    if department is not None:
        department_id = accounts.ids_of(tx, store.department, [department]).get(department, 0)
        if not department_id:
            problems.append(Problem("unknown_department", {}, "/department", department))
    found = accounts.ids_of(tx, store.role, roles)
    problems += [
        Problem("unknown_role", {}, f"/roles/{place}", code) for place, code in enumerate(roles) if code not in found
    ]
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    covered(tx, actor, found.values())
    return department_id, set(found.values())


def _present(tx: Tx, row: Row[Any]) -> User:
    return accounts.users(tx, [row])[0]


def _plain(user: User) -> dict[str, Any]:
    plain = asdict(user)
    del plain["version"], plain["created_at"], plain["mails"]
    return {**plain, "email": masked(user.email)}


def masked(email: str) -> str:
    """Write an address so that it is known again and cannot be written to: the trail is read by others, too."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}***@{domain[:1]}***" if email else ""


def _shut_out(tx: Tx, user_id: int) -> None:
    store.end_sessions(tx, user_id)
    tx.conn.execute(store.api_token.delete().where(store.api_token.c.user_id == user_id))
