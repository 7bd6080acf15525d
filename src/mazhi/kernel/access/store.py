"""The tables of users, departments, roles, sessions, tokens and the audit trail, and how an actor is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Row, String, Table, Text

from mazhi.kernel.db import Id, Key, Tx, metadata

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("recorded_at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("subject", String, nullable=False),  # e.g. product, place, user, session
    Column("key", String, nullable=False),  # e.g. the product's code
    Column("action", String, nullable=False),  # create | change | delete | sign_in | sign_in_failed | …
    Column("before", Text, nullable=False),  # JSON of what changed, old values
    Column("after", Text, nullable=False),  # JSON of what changed, new values
    Index("audit_subject", "subject", "key", "id"),
    Index("audit_actor", "actor", "id"),
)

department = Table(
    "department",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("parent_id", BigInteger, nullable=False, default=0),
    Column("path", String, nullable=False),  # "/1/7/": the ids from the root down to this department
    Column("head_id", BigInteger, nullable=False, default=0, server_default="0"),  # who leads it; 0: nobody
    Column("active", Boolean, nullable=False, default=True),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("department_parent", "parent_id"),
)

user_account = Table(
    "user_account",  # "user" is a reserved word
    metadata,
    Column("id", Id, primary_key=True),
    Column("username", Key, nullable=False, unique=True),  # folded, see model.fold_username
    Column("name", String, nullable=False),
    Column("password_hash", String, nullable=False, default=""),  # empty: cannot sign in by password
    Column("must_change", Boolean, nullable=False, default=False),
    Column("language", String, nullable=False, default="zh"),
    Column("department_id", BigInteger, nullable=False, default=0),
    Column("email", String, nullable=False, default="", server_default=""),  # empty: none
    Column("mails", String, nullable=False, default="", server_default=""),  # topics by mail too, with commas
    Column("active", Boolean, nullable=False, default=True),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("user_account_department", "department_id"),
)

role = Table(
    "role",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("everything", Boolean, nullable=False, default=False),  # every right, also those of later versions
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)

role_right = Table(
    "role_right",
    metadata,
    Column("role_id", BigInteger, primary_key=True),
    Column("right_name", String, primary_key=True),
    Column("place_id", BigInteger, primary_key=True),  # 0: everywhere
    sqlite_with_rowid=False,
)

user_role = Table(
    "user_role",
    metadata,
    Column("user_id", BigInteger, primary_key=True),
    Column("role_id", BigInteger, primary_key=True),
    Index("user_role_role", "role_id"),
    sqlite_with_rowid=False,
)

session = Table(
    "session",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String, nullable=False, unique=True),
    Column("user_id", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("idle", BigInteger, nullable=False),  # microseconds without use after which it ends
    Column("address", String, nullable=False, default=""),
    Column("agent", String, nullable=False, default=""),
    Index("session_user", "user_id"),
    Index("session_expires", "expires_at"),
)

api_token = Table(
    "api_token",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    Column("name", Key, nullable=False),
    Column("token_hash", String, nullable=False, unique=True),
    Column("scopes", Text, nullable=False),  # JSON list of rights; empty: reading only
    Column("expires_at", BigInteger, nullable=False, default=0),  # 0: never
    Column("created_at", BigInteger, nullable=False),
    Column("last_used_at", BigInteger, nullable=False, default=0),
    Index("api_token_user", "user_id", "name", unique=True),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    Column("subject", String, primary_key=True),  # "user:…" or "address:…"
    Column("failures", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("locked_until", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

_RIGHTS = """
LEFT JOIN user_role ur ON ur.user_id = u.id
LEFT JOIN role r ON r.id = ur.role_id
LEFT JOIN role_right rr ON rr.role_id = r.id
"""

_BY_SESSION = f"""
SELECT u.id AS user_id, u.username, u.must_change, s.id AS token_id, s.last_seen_at AS seen_at, s.idle,
       NULL AS scopes, r.everything, rr.right_name, rr.place_id
FROM session s JOIN user_account u ON u.id = s.user_id AND u.active {_RIGHTS}
WHERE s.token_hash = :hash AND s.expires_at > :now
"""

_BY_TOKEN = f"""
SELECT u.id AS user_id, u.username, u.must_change, s.id AS token_id, s.last_used_at AS seen_at, 0 AS idle,
       s.scopes, r.everything, rr.right_name, rr.place_id
FROM api_token s JOIN user_account u ON u.id = s.user_id AND u.active {_RIGHTS}
WHERE s.token_hash = :hash AND (s.expires_at = 0 OR s.expires_at > :now)
"""


def rights_by_session(tx: Tx, hash_: str, now: int) -> Sequence[Row[Any]]:
    """Return a row per right of the user of a live session; none where the session is not live."""
    return tx.rows(_BY_SESSION, hash=hash_, now=now)


def rights_by_token(tx: Tx, hash_: str, now: int) -> Sequence[Row[Any]]:
    """Return a row per right of the user of a live API token, with the token's scopes."""
    return tx.rows(_BY_TOKEN, hash=hash_, now=now)


def within(tx: Tx, places: list[int]) -> Sequence[Row[Any]]:
    """Return (root, place) for every place at or below the given ones."""
    return tx.rows(
        "SELECT root.id AS root, p.id AS place FROM place root JOIN place p "
        "ON substr(p.path, 1, length(root.path)) = root.path WHERE root.id ANY(:places, bigint)",
        places=places,
    )


def touch_session(tx: Tx, session_id: int, now: int) -> None:
    """Note that a session was used, which lengthens it."""
    tx.run("UPDATE session SET last_seen_at = :now, expires_at = :now + idle WHERE id = :id", now=now, id=session_id)


def touch_token(tx: Tx, token_id: int, now: int) -> None:
    """Note that an API token was used."""
    tx.run("UPDATE api_token SET last_used_at = :now WHERE id = :id", now=now, id=token_id)


def end_sessions(tx: Tx, user_id: int, *, but: int = 0) -> None:
    """End the sessions of a user, all or all but one."""
    tx.run("DELETE FROM session WHERE user_id = :user AND id <> :but", user=user_id, but=but)


def prune(tx: Tx, now: int, forgotten: int) -> None:
    """Remove sessions that have ended and failures that no longer count; rows in use are left for the next time."""
    skip = "FOR UPDATE SKIP LOCKED" if tx.dialect == "postgresql" else ""
    tx.run(f"DELETE FROM session WHERE id IN (SELECT id FROM session WHERE expires_at < :now {skip})", now=now)
    tx.run(
        "DELETE FROM sign_in_attempt WHERE subject IN "
        f"(SELECT subject FROM sign_in_attempt WHERE last_at < :forgotten {skip})",
        forgotten=forgotten,
    )


def count_attempt(tx: Tx, subject: str, now: int, forgotten: int) -> Row[Any]:
    """Count one attempt to sign in and return (failures, locked_until); it locks the row until the commit.

    It is counted before the password is looked at, so that many attempts at once do not all go free.
    """
    return tx.run(
        "INSERT INTO sign_in_attempt (subject, failures, last_at, locked_until) VALUES (:subject, 1, :now, 0) "
        "ON CONFLICT (subject) DO UPDATE SET last_at = :now, failures = "
        "CASE WHEN sign_in_attempt.last_at < :forgotten THEN 1 ELSE sign_in_attempt.failures + 1 END "
        "RETURNING failures, locked_until",
        subject=subject,
        now=now,
        forgotten=forgotten,
    ).one()


def lock_until(tx: Tx, subject: str, until: int) -> None:
    """Let nobody in before that moment."""
    tx.run("UPDATE sign_in_attempt SET locked_until = :until WHERE subject = :subject", until=until, subject=subject)


def forgive(tx: Tx, user: str, address: str) -> None:
    """Take back what a successful sign-in was counted as: the user starts anew, the address is where it was."""
    tx.run(  # the address first, as when counting, so that nobody waits in a circle
        "UPDATE sign_in_attempt SET failures = failures - 1, locked_until = 0 "
        "WHERE subject = :subject AND failures > 0",
        subject=address,
    )
    tx.run("DELETE FROM sign_in_attempt WHERE subject = :subject", subject=user)
