"""Signing in (登录) and out, one's own account, and the first administrator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypedDict

from sqlalchemy import Row

from mazhi.kernel import clock
from mazhi.kernel.access import account_store as accounts
from mazhi.kernel.access import audit, rights, secrets, store
from mazhi.kernel.access.model import (
    FORGET_FAILURES,
    PER_ADDRESS,
    PER_USER,
    Actor,
    User,
    UserLanguage,
    address_group,
    fold_username,
)
from mazhi.kernel.access.sessions import LONG_IDLE, SHORT_IDLE, Sessions, SignedIn
from mazhi.kernel.access.tokens import require_session
from mazhi.kernel.access.users import check_email, check_password, masked, set_password
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import TooManyError, UnauthorizedError, invalid
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.notices import topics

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Me:
    """Who one is and what one may do.

    Attributes:
        everything: Every right is held, everywhere.
        rights: The rights held, each with the codes of the places where it was given, or None for everywhere.
    """

    user: User
    everything: bool
    rights: dict[str, list[str] | None]


class OwnChange(TypedDict, total=False):
    """What one may change about oneself; what is missing stays."""

    language: UserLanguage
    email: str
    mails: tuple[str, ...]


class SignIn:
    """Proving who one is, with a growing delay for whoever guesses."""

    def __init__(self, db: Database, sessions: Sessions) -> None:
        self._db = db
        self._sessions = sessions

    def sign_in(
        self, username: str, password: str, *, address: str = "", agent: str = "", remember: bool = False
    ) -> tuple[str, User]:
        """Check a password and open a session; return its token and the user.

        An unknown user takes as long as a wrong password and is answered in the same way.

        Raises:
            UnauthorizedError: The user is unknown or inactive, or the password wrong (``wrong_credentials``).
            TooManyError: There were too many failures; ``seconds`` says how long to wait (``locked_out``).
        """
        folded = fold_username(username)[:64]
        guard = self._count(folded, address)
        with self._db.read() as tx:
            row = accounts.user_row(tx, folded)
        kept = row.password_hash if row is not None and row.active else None
        right = secrets.verify_password(password, kept)
        where = {"address": address, "agent": agent[:200]}
        if row is None or not right:
            with self._db.write() as tx:
                audit.record(tx, Actor(folded), subject="session", key=folded, action="sign_in_failed", after=where)
            raise UnauthorizedError("wrong_credentials")
        idle = LONG_IDLE if remember else SHORT_IDLE
        with self._db.write() as tx:
            token = self._sessions.open(tx, row.id, idle=idle, address=address, agent=agent)
            store.forgive(tx, *guard)
            store.prune(tx, clock.now(), clock.now() - FORGET_FAILURES)
            audit.record(tx, Actor(folded, row.id), subject="session", key=folded, action="sign_in", after=where)
            user = accounts.users(tx, [row])[0]
        return token, user

    def _count(self, username: str, address: str) -> tuple[str, str]:
        """Count an attempt for the user and for the address, or refuse it; it is taken back on success."""
        now = clock.now()
        subjects = (f"user:{username}", f"address:{address_group(address)}")
        wait = 0
        with self._db.write() as tx:
            # Always in this order, so that two attempts never wait for each other in a circle.
            for subject, rule in ((subjects[1], PER_ADDRESS), (subjects[0], PER_USER)):
                counted = store.count_attempt(tx, subject, now, now - FORGET_FAILURES)
                wait = max(wait, counted.locked_until - now)
                if pause := rule.wait(counted.failures):
                    store.lock_until(tx, subject, now + pause)
            if wait > 0:  # what was counted is rolled back: knocking on a locked door locks nothing
                raise TooManyError("locked_out", seconds=-(-wait // clock.MICROS_PER_SECOND))
        return subjects

    def sign_out(self, signed_in: SignedIn) -> None:
        """End one's own session.

        Raises:
            ForbiddenError: This is an API token, which is revoked instead (code ``session_required``).
        """
        actor = require_session(signed_in)
        self._sessions.end(actor, signed_in.session_id)

    def me(self, actor: Actor) -> Me:
        """Return who one is and what one may do."""
        with self._db.read() as tx:
            user = accounts.users(tx, [_own(tx, actor)])[0]
            if actor.everything:
                return Me(user, everything=True, rights=dict.fromkeys(rights.catalogue()))
            held: dict[str, list[str] | None] = {
                right: None if places is None else [] for right, places in sorted(actor.rights.items())
            }
            for role in accounts.roles(tx, user.roles):
                for grant in role.rights:
                    places = held.get(grant.right)
                    if places is not None and grant.place is not None and grant.place not in places:
                        places.append(grant.place)
        return Me(user, everything=False, rights=held)

    def change_own(self, actor: Actor, changes: OwnChange) -> User:
        """Change one's own language, mail address, and which notices come by mail; what is missing stays.

        Raises:
            InvalidInputError: The address can be none, or a topic is unknown.
        """
        checks = Checks()
        check_email(checks, changes.get("email", ""))
        for place, one in enumerate(changes.get("mails", ())):
            checks.one_of(f"/mails/{place}", one, tuple(topics.TOPICS))
        checks.done()
        values: dict[str, Any] = {}
        if "language" in changes:
            values["language"] = changes["language"]
        if "email" in changes:
            values["email"] = changes["email"].strip()
        if "mails" in changes:
            values["mails"] = topics.keep(changes["mails"])
        with self._db.write() as tx:
            row = _own(tx, actor)
            accounts.change(tx, store.user_account, row.id, updated_at=clock.now(), **values)
            before = {name: getattr(row, name) for name in values}
            told = [{**one, **({"email": masked(one["email"])} if "email" in one else {})} for one in (before, values)]
            audit.record(
                tx, actor, subject="user", key=row.username, action="change", before=told[0], after=told[1]
            )  # fmt: skip
            return accounts.users(tx, [_own(tx, actor)])[0]

    def change_password(self, signed_in: SignedIn, old: str, new: str, *, address: str = "") -> None:
        """Replace one's own password; other sessions of the user end.

        Raises:
            ForbiddenError: This is not a session (code ``session_required``).
            TooManyError: The old password was given wrongly too often (code ``locked_out``).
            InvalidInputError: The old password is wrong, or the new one is not good enough.
        """
        actor = require_session(signed_in)
        guard = self._count(actor.name, address)
        with self._db.read() as tx:
            kept = _own(tx, actor).password_hash
        if not secrets.verify_password(old, kept):
            raise invalid("/old_password", "wrong_old_password")
        checks = Checks()
        check_password(checks, "/new_password", new, actor.name)
        if new == old:
            checks.fault("/new_password", "password_unchanged")
        hashed = None if checks.problems else secrets.hash_password(new)
        with self._db.write() as tx:
            store.forgive(tx, *guard)
            if hashed is not None:
                set_password(tx, _own(tx, actor), hashed, must_change=False)
                store.end_sessions(tx, actor.user_id, but=signed_in.session_id)
                audit.record(tx, actor, subject="user", key=actor.name, action="change_password")
        checks.done()
        self._sessions.forget()

    def confirm(self, actor: Actor, password: str, address: str = "") -> None:
        """Prove anew that it is oneself who acts, for a signature; wrong passwords count as at the sign-in.

        Raises:
            InvalidInputError: The password is missing or wrong (code ``wrong_password``).
            TooManyError: There were too many failures; ``seconds`` says how long to wait (``locked_out``).
        """
        if not password:
            raise invalid("/password", "wrong_password")
        guard = self._count(actor.name, address)
        with self._db.read() as tx:
            kept = _own(tx, actor).password_hash
        if not secrets.verify_password(password, kept):
            with self._db.write() as tx:
                where = {"address": address}
                audit.record(tx, actor, subject="session", key=actor.name, action="sign_failed", after=where)
            raise invalid("/password", "wrong_password")
        with self._db.write() as tx:
            store.forgive(tx, *guard)

    def ensure_administrator(self, password: str | None = None) -> str | None:
        """Make the user ``admin`` where there is none; return the password if one had to be made up.

        A password from the environment is taken as it is; a made-up one must be changed at the first sign-in.
        """
        with self._db.read() as tx:
            if accounts.user_row(tx, ADMIN) is not None:
                return None
        chosen = password or secrets.new_password()
        hashed = secrets.hash_password(chosen)
        now = clock.now()
        with self._db.write() as tx:
            user_id = accounts.insert(
                tx, store.user_account, username=ADMIN, name="管理员", password_hash=hashed, must_change=not password,
                language="zh", department_id=0, active=True, version=1, created_at=now, updated_at=now,
            )  # fmt: skip
            if user_id is None:  # another process was faster
                return None
            accounts.set_roles(tx, user_id, accounts.ids_of(tx, store.role, ["admin"]).values())
            audit.record(tx, Actor("system"), subject="user", key=ADMIN, action="create", after={"roles": ["admin"]})
        return None if password else chosen


def _own(tx: Tx, actor: Actor) -> Row[Any]:
    row = accounts.user_row_by_id(tx, actor.user_id)
    if row is None:
        raise UnauthorizedError("not_signed_in")
    return row
