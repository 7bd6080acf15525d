"""Sessions (会话): who is behind a bearer token."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from mazhi.kernel import clock
from mazhi.kernel.access import audit, secrets, store
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import UnauthorizedError

SHORT_IDLE = clock.MICROS_PER_DAY // 2
"""A session ends when it was not used for so long: a shift with its breaks."""
LONG_IDLE = 30 * clock.MICROS_PER_DAY
"""The same where the user said that the device is the user's own."""
TOUCH_EVERY = 15 * 60 * clock.MICROS_PER_SECOND
CACHE_SECONDS = 5.0
CACHE_SIZE = 10_000


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and how.

    Attributes:
        session_id: The session, or 0 where an API token is used.
        must_change: The password must be changed before anything else may be done.
    """

    actor: Actor
    must_change: bool
    session_id: int


class Sessions:
    """Opening, checking and ending sessions.

    A checked token is remembered for five seconds in this process, so that a scanner's burst costs one
    statement; every change of users, roles, sessions and tokens made by this process empties the memory at
    once, so that only other processes of the same database see a change up to five seconds late.
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, tuple[float, SignedIn]] = {}
        self._lock = threading.Lock()
        self._generation = 0

    def known(self, token: str) -> SignedIn | None:
        """Return who is behind a token if that was checked lately; never touches the database."""
        entry = self._known.get(token)
        if entry is None or entry[0] < time.monotonic():
            return None
        return entry[1]

    def check(self, token: str) -> SignedIn:
        """Return who is behind a session's or an API token.

        Raises:
            UnauthorizedError: The token is unknown, expired or revoked, or its user is not active (code
                ``not_signed_in``).
        """
        known = self.known(token)
        if known is not None:
            return known
        generation = self._generation
        now = clock.now()
        by_session = token.startswith(secrets.SESSION_PREFIX)
        find = store.rights_by_session if by_session else store.rights_by_token
        with self._db.read() as tx:
            rows = find(tx, secrets.hash_token(token), now)
            if not rows:
                raise UnauthorizedError("not_signed_in")
            actor = _actor(tx, rows)
        first = rows[0]
        signed_in = SignedIn(actor, bool(first.must_change), first.token_id if by_session else 0)
        if now - first.seen_at > TOUCH_EVERY:
            with self._db.write() as tx:
                if by_session:
                    store.touch_session(tx, first.token_id, now)
                else:
                    store.touch_token(tx, first.token_id, now)
        self._remember(token, signed_in, generation)
        return signed_in

    def _remember(self, token: str, signed_in: SignedIn, generation: int) -> None:
        with self._lock:
            if generation != self._generation:  # something changed while it was read
                return
            if len(self._known) >= CACHE_SIZE:
                self._known.clear()
            self._known[token] = (time.monotonic() + CACHE_SECONDS, signed_in)

    def forget(self) -> None:
        """Forget every checked token; called after each change that may concern them."""
        with self._lock:
            self._generation += 1
            self._known = {}

    def open(self, tx: Tx, user_id: int, *, idle: int = SHORT_IDLE, address: str = "", agent: str = "") -> str:
        """Open a session for a user and return its token, which is kept nowhere."""
        token = secrets.new_token(secrets.SESSION_PREFIX)
        now = clock.now()
        tx.conn.execute(
            store.session.insert().values(
                token_hash=secrets.hash_token(token),
                user_id=user_id,
                created_at=now,
                last_seen_at=now,
                expires_at=now + idle,
                idle=idle,
                address=address,
                agent=agent[:200],
            )
        )
        return token

    def open_by_name(self, username: str) -> str:
        """Open a session for a user by name, without a password; for tests and benches."""
        with self._db.write() as tx:
            return self.open(tx, tx.scalar("SELECT id FROM user_account WHERE username = :name", name=username))

    def end(self, actor: Actor, session_id: int) -> None:
        """End a session."""
        with self._db.write() as tx:
            tx.conn.execute(store.session.delete().where(store.session.c.id == session_id))
            audit.record(tx, actor, subject="session", key=actor.name, action="sign_out")
        self.forget()


def _actor(tx: Tx, rows: Sequence[Row[Any]]) -> Actor:
    """Put an actor together from a row per right; a token's scopes limit what its user may."""
    first = rows[0]
    everything = any(row.everything for row in rows)
    roots: dict[str, set[int]] = {}
    for row in rows:
        if row.right_name is not None:
            roots.setdefault(row.right_name, set()).add(row.place_id)
    scopes = None if first.scopes is None else frozenset(json.loads(first.scopes))
    if scopes is not None:
        if everything:
            roots, everything = {scope: {0} for scope in scopes}, False
        else:
            roots = {right: places for right, places in roots.items() if right in scopes}
    if everything:
        return Actor(name=first.username, user_id=first.user_id, everything=True)
    return Actor(name=first.username, user_id=first.user_id, rights=areas(tx, roots))


def areas(tx: Tx, roots: dict[str, set[int]]) -> dict[str, frozenset[int] | None]:
    """Replace the places where a right was given by them and everything below; None is everywhere."""
    limited = {place for places in roots.values() if 0 not in places for place in places}
    below: dict[int, set[int]] = {}
    if limited:
        for row in store.within(tx, sorted(limited)):
            below.setdefault(row.root, set()).add(row.place)
    return {
        right: None if 0 in places else frozenset().union(*(below.get(place, ()) for place in places))
        for right, places in roots.items()
    }
