"""Every statement that finds people."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from mazhi.kernel.db import Tx

MANAGE = "flows.manage"


def users(tx: Tx, names: Sequence[str]) -> list[int]:
    """Return active users by name, in the order of the names."""
    rows = tx.tuples("SELECT username, id FROM user_account WHERE username ANY(:names, text) AND active", names=names)
    found = dict(rows)
    return [found[name] for name in names if name in found]


def active(tx: Tx, ids: Collection[int]) -> list[int]:
    """Return which of some users are active."""
    return [row[0] for row in tx.tuples("SELECT id FROM user_account WHERE id ANY(:ids, bigint) AND active", ids=ids)]


def in_roles(tx: Tx, codes: Sequence[str]) -> list[int]:
    """Return the active users who have one of some roles."""
    rows = tx.tuples(
        "SELECT DISTINCT u.id FROM role r JOIN user_role ur ON ur.role_id = r.id "
        "JOIN user_account u ON u.id = ur.user_id WHERE r.code ANY(:codes, text) AND u.active ORDER BY u.id",
        codes=codes,
    )
    return [row[0] for row in rows]


def managers(tx: Tx) -> list[int]:
    """Return the active users who may manage flows; where there is none, those who may do everything."""
    rows = tx.tuples(
        "SELECT DISTINCT u.id FROM user_account u JOIN user_role ur ON ur.user_id = u.id "
        "JOIN role r ON r.id = ur.role_id LEFT JOIN role_right rr ON rr.role_id = r.id AND rr.right_name = :right "
        "WHERE u.active AND (r.everything OR rr.right_name IS NOT NULL) ORDER BY u.id",
        right=MANAGE,
    )
    return [row[0] for row in rows]


def names(tx: Tx, ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return user names and the names that people read, by number."""
    rows = tx.tuples("SELECT id, username, name FROM user_account WHERE id ANY(:ids, bigint)", ids=sorted(ids))
    return {number: (username, name or username) for number, username, name in rows}
