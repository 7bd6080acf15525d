"""Every statement about code rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text, select

from mazhi.kernel import clock
from mazhi.kernel.counters import store as counters
from mazhi.kernel.db import Key, Tx, metadata
from mazhi.kernel.master_data.store import named

code_rule = Table(
    "code_rule",
    metadata,
    Column("code", Key, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("body", Text, nullable=False),  # JSON list of segments
    Column("status", String, nullable=False),  # in_force | retired (the newest version) | superseded
    Column("used", Boolean, nullable=False),  # it has made a code and never changes again
    Column("revision", Integer, nullable=False),  # how often this version was changed before it was used
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String, nullable=False),
    sqlite_with_rowid=False,
)

Stored = dict[str, Any]
"""A row of the table, by column."""

_SAVES = "code_rules:saves"
"""Counts every change of any rule: overlap is looked for outside the transaction that saves."""


def saves(tx: Tx) -> int:
    """Return how many changes of rules there have been."""
    return counters.current(tx, _SAVES)


def begin_save(tx: Tx) -> int:
    """Count one more change and return how many there were; others wait until this one is committed."""
    count = counters.advance(tx, _SAVES, 1)
    assert count is not None  # noqa: S101 - it has no limit
    return count - 1


def newest(tx: Tx, code: str) -> Stored | None:
    """Return the newest version of a rule."""
    if not code.isprintable():  # no rule is called so, and PostgreSQL takes no NUL
        return None
    statement = select(code_rule).where(code_rule.c.code == code).order_by(code_rule.c.version.desc()).limit(1)
    row = tx.conn.execute(statement).mappings().first()
    return None if row is None else dict(row)


def versions(tx: Tx, code: str) -> list[Stored]:
    """Return all versions of a rule, the newest first."""
    if not code.isprintable():
        return []
    statement = select(code_rule).where(code_rule.c.code == code).order_by(code_rule.c.version.desc())
    return [dict(row) for row in tx.conn.execute(statement).mappings()]


def everything(tx: Tx) -> list[Stored]:
    """Return all versions of all rules: those that make codes first, then the newer before the older."""
    statement = select(code_rule).order_by(
        code_rule.c.status != "in_force", code_rule.c.code, code_rule.c.version.desc()
    )
    return [dict(row) for row in tx.conn.execute(statement).mappings()]


def find(tx: Tx, text: str | None, active: bool | None, after: str | None, limit: int) -> list[Stored]:
    """Return the newest versions, up to ``limit`` + 1 of them, in the order of codes."""
    statement = select(code_rule).where(code_rule.c.status != "superseded").order_by(code_rule.c.code).limit(limit + 1)
    if text:
        statement = statement.where(named(code_rule, text))
    if active is not None:
        statement = statement.where(code_rule.c.status == ("in_force" if active else "retired"))
    if after is not None:
        statement = statement.where(code_rule.c.code > after)
    return [dict(row) for row in tx.conn.execute(statement).mappings()]


def insert(tx: Tx, values: Mapping[str, Any]) -> None:
    """Add a version, which is the newest from now on."""
    tx.conn.execute(code_rule.update().where(code_rule.c.code == values["code"]).values(status="superseded"))
    row = {"status": "in_force", "used": False, "revision": 1, "created_at": clock.now(), **values}
    tx.conn.execute(code_rule.insert().values(row))


def change(tx: Tx, row: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Change a version as it was read; False if it was changed or used meanwhile."""
    done = tx.conn.execute(
        code_rule.update()
        .where(
            code_rule.c.code == row["code"],
            code_rule.c.version == row["version"],
            code_rule.c.revision == row["revision"],
            code_rule.c.used == row["used"],
        )
        .values({**values, "revision": row["revision"] + 1})
    )
    return done.rowcount == 1


def mark_used(tx: Tx, row: Mapping[str, Any]) -> bool:
    """Note that a version makes codes from now on; False if it was changed since it was read."""
    done = tx.conn.execute(
        code_rule.update()
        .where(
            code_rule.c.code == row["code"],
            code_rule.c.version == row["version"],
            code_rule.c.revision == row["revision"],
        )
        .values(used=True)
    )
    return done.rowcount == 1


def delete(tx: Tx, row: Mapping[str, Any]) -> bool:
    """Remove a version that was never used; False if it was used or changed meanwhile."""
    done = tx.conn.execute(
        code_rule.delete().where(
            code_rule.c.code == row["code"],
            code_rule.c.version == row["version"],
            code_rule.c.revision == row["revision"],
            code_rule.c.used.is_(False),
        )
    )
    return done.rowcount == 1


def is_chosen(tx: Tx, code: str) -> bool:
    """Tell whether a product has this rule as its own."""
    return tx.row("SELECT 1 FROM product WHERE rule = :code LIMIT 1", code=code) is not None
