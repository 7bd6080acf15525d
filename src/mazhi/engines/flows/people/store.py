"""Every statement that finds people, and the table of who stands in for whom."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Literal

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from mazhi.engines.flows.people.model import Delegation
from mazhi.kernel.db import Id, Tx, metadata

MANAGE = "flows.manage"
DEEPEST = 5
"""So many times a piece of work is handed on from one absent person to the next."""

flow_delegation = Table(
    "flow_delegation",
    metadata,
    Column("id", Id, primary_key=True),
    Column("from_id", BigInteger, nullable=False),
    Column("to_id", BigInteger, nullable=False),
    Column("starts_at", BigInteger, nullable=False),
    Column("ends_at", BigInteger, nullable=False),
    Column("apps", Text, nullable=False),  # JSON list of codes; empty: all
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String, nullable=False),
    Index("flow_delegation_from", "from_id", "ends_at"),
    Index("flow_delegation_to", "to_id", "ends_at"),
)

Named = Literal["user_account", "role", "department"]


def users_by_name(tx: Tx, names: Collection[str]) -> dict[str, int]:
    """Return active users by name."""
    rows = tx.tuples(
        "SELECT username, id FROM user_account WHERE username ANY(:names, text) AND active", names=sorted(set(names))
    )
    return dict(rows)


def users(tx: Tx, names: Sequence[str]) -> list[int]:
    """Return active users by name, in the order of the names."""
    found = users_by_name(tx, names) if names else {}
    return [found[name] for name in names if name in found]


def active(tx: Tx, ids: Collection[int]) -> list[int]:
    """Return which of some users are active."""
    rows = tx.tuples("SELECT id FROM user_account WHERE id ANY(:ids, bigint) AND active", ids=sorted(set(ids)))
    return [row[0] for row in rows]


def in_roles(tx: Tx, codes: Sequence[str]) -> list[int]:
    """Return the active users who have one of some roles."""
    rows = tx.tuples(
        "SELECT DISTINCT u.id FROM role r JOIN user_role ur ON ur.role_id = r.id "
        "JOIN user_account u ON u.id = ur.user_id WHERE r.code ANY(:codes, text) AND u.active ORDER BY u.id",
        codes=codes,
    )
    return [row[0] for row in rows]


def in_departments(tx: Tx, codes: Sequence[str], *, below: bool) -> list[int]:
    """Return the active users of some departments, perhaps also of those below."""
    within = "substr(d.path, 1, length(top.path)) = top.path" if below else "d.id = top.id"
    rows = tx.tuples(
        f"SELECT DISTINCT u.id FROM department top JOIN department d ON {within} "
        "JOIN user_account u ON u.department_id = d.id WHERE top.code ANY(:codes, text) AND u.active ORDER BY u.id",
        codes=codes,
    )
    return [row[0] for row in rows]


_CHAIN = """
SELECT own.code, h.id FROM department own JOIN department d ON substr(own.path, 1, length(d.path)) = d.path
LEFT JOIN user_account h ON h.id = d.head_id AND h.active AND d.active
"""


def heads(tx: Tx, codes: Sequence[str]) -> list[list[int]]:
    """Return who leads some departments and those above each, from below upwards; 0 where nobody does."""
    chains: dict[str, list[int]] = {code: [] for code in codes}
    for code, head in tx.tuples(
        _CHAIN + "WHERE own.code ANY(:codes, text) ORDER BY own.code, length(d.path) DESC", codes=codes
    ):
        chains[code].append(head or 0)
    return list(chains.values())


def heads_above(tx: Tx, user: int) -> list[int]:
    """Return who leads a user's department and those above, from below upwards; 0 where nobody does."""
    rows = tx.tuples(
        _CHAIN + "WHERE own.id = (SELECT department_id FROM user_account WHERE id = :user) "
        "ORDER BY length(d.path) DESC",
        user=user,
    )
    return [head or 0 for _, head in rows]


def who_did(tx: Tx, instance_id: int, node: str) -> list[int]:
    """Return the active users who did a node's work the last time that it was done."""
    rows = tx.tuples(
        "SELECT t.user_id FROM flow_task t JOIN user_account u ON u.id = t.user_id AND u.active "
        "WHERE t.step_id = (SELECT max(id) FROM flow_step WHERE instance_id = :instance AND node = :node "
        "AND state = 'done') AND t.state = 'done' AND t.action NOT IN ('transfer', 'delegate', 'reassign') "
        "ORDER BY t.acted_at, t.id",
        instance=instance_id,
        node=node,
    )
    return list(dict.fromkeys(row[0] for row in rows))


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


def known(tx: Tx, table: Named, codes: Sequence[str]) -> set[str]:
    """Return which of some codes are there at all."""
    key = "username" if table == "user_account" else "code"
    return {row[0] for row in tx.tuples(f"SELECT {key} FROM {table} WHERE {key} ANY(:codes, text)", codes=codes)}


def known_apps(tx: Tx, codes: Sequence[str]) -> set[str]:
    """Return which of some apps are there."""
    rows = tx.tuples("SELECT code FROM design WHERE kind = 'app' AND code ANY(:codes, text)", codes=list(codes))
    return {row[0] for row in rows}


def absences(tx: Tx, ids: Collection[int], at: int) -> dict[int, list[tuple[int, list[str]]]]:
    """Return who stands in at a moment, and in which apps, for some users and for those who stand in for them."""
    rows = tx.tuples(
        "WITH RECURSIVE reached(user_id, depth) AS (SELECT r.id, 0 FROM ROWS(:users, id bigint) r UNION "
        "SELECT d.to_id, reached.depth + 1 FROM reached JOIN flow_delegation d ON d.from_id = reached.user_id "
        "AND d.starts_at <= :at AND d.ends_at > :at WHERE reached.depth < :deepest) "
        "SELECT DISTINCT d.from_id, d.to_id, d.apps, d.id FROM flow_delegation d "
        "JOIN user_account u ON u.id = d.to_id AND u.active "
        "WHERE d.from_id IN (SELECT user_id FROM reached) AND d.starts_at <= :at AND d.ends_at > :at ORDER BY d.id",
        users=[(one,) for one in sorted(ids)],
        at=at,
        deepest=DEEPEST,
    )
    found: dict[int, list[tuple[int, list[str]]]] = {}
    for from_id, to_id, apps, _ in rows:
        found.setdefault(from_id, []).append((to_id, json.loads(apps)))
    return found


_DELEGATION = (
    "SELECT d.id, f.id AS from_id, f.username AS from_user, f.name AS from_name, t.id AS to_id, "
    "t.username AS to_user, t.name AS to_name, d.starts_at, d.ends_at, d.apps, d.created_by FROM flow_delegation d "
    "JOIN user_account f ON f.id = d.from_id JOIN user_account t ON t.id = d.to_id "
)


def delegations(tx: Tx, user: int | None, at: int, *, before: int | None = None, limit: int = 100) -> list[Delegation]:
    """Return the delegations that somebody gave or was given (None: all) and that are not over, the newest first."""
    own = "" if user is None else " AND (d.from_id = :user OR d.to_id = :user)"
    older = "" if before is None else " AND d.id < :before"
    rows = tx.rows(
        f"{_DELEGATION} WHERE d.ends_at > :at{own}{older} ORDER BY d.id DESC LIMIT {int(limit)}",
        at=at,
        **({} if user is None else {"user": user}),
        **({} if before is None else {"before": before}),
    )
    return [_delegation(row._mapping) for row in rows]


def delegation(tx: Tx, number: int) -> Delegation | None:
    """Return one delegation."""
    row = tx.row(f"{_DELEGATION} WHERE d.id = :id", id=number)
    return None if row is None else _delegation(row._mapping)


def _delegation(row: object) -> Delegation:
    values = dict(row)  # type: ignore[call-overload]  # a row's mapping
    return Delegation(**{**values, "apps": tuple(json.loads(values["apps"]))})


def overlapping(tx: Tx, starts_at: int, ends_at: int) -> list[tuple[int, int, list[str]]]:
    """Return who stands in for whom at any time of a period, as (from, to, apps); nobody adds one meanwhile."""
    if tx.dialect == "postgresql":
        tx.run("LOCK TABLE flow_delegation IN SHARE ROW EXCLUSIVE MODE")
    rows = tx.tuples(
        "SELECT from_id, to_id, apps FROM flow_delegation WHERE starts_at < :ends AND ends_at > :starts",
        starts=starts_at,
        ends=ends_at,
    )
    return [(from_id, to_id, json.loads(apps)) for from_id, to_id, apps in rows]


def add_delegation(
    tx: Tx, from_id: int, to_id: int, starts_at: int, ends_at: int, apps: Sequence[str], at: int, by: str
) -> int:
    """Add a delegation and return its number."""
    return int(
        tx.scalar(
            "INSERT INTO flow_delegation (from_id, to_id, starts_at, ends_at, apps, created_at, created_by) "
            "VALUES (:from_id, :to_id, :starts_at, :ends_at, :apps, :at, :by) RETURNING id",
            from_id=from_id,
            to_id=to_id,
            starts_at=starts_at,
            ends_at=ends_at,
            apps=json.dumps(list(apps), ensure_ascii=False),
            at=at,
            by=by,
        )
    )


def end_delegation(tx: Tx, number: int, at: int) -> None:
    """End a delegation now; one that has not begun is gone."""
    tx.run("DELETE FROM flow_delegation WHERE id = :id AND starts_at >= :at", id=number, at=at)
    tx.run("UPDATE flow_delegation SET ends_at = :at WHERE id = :id AND ends_at > :at", id=number, at=at)
