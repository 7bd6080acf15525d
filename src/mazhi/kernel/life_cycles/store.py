"""Every statement about life cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, Row, String, Table, Text

from mazhi.kernel.db import Tx, metadata

life_cycle = Table(
    "life_cycle",
    metadata,
    Column("code", String, primary_key=True),
    Column("version", Integer, primary_key=True),  # versions are never edited; the highest one is in force
    Column("name", String, nullable=False),
    Column("body", Text, nullable=False),  # JSON, see model.LifeCycle
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String, nullable=False),
    sqlite_with_rowid=False,
)

_IN_FORCE = """
    SELECT c.code, c.version, c.name, c.created_at FROM life_cycle c
    WHERE NOT EXISTS (SELECT 1 FROM life_cycle n WHERE n.code = c.code AND n.version > c.version)
    ORDER BY c.code
"""


def in_force(tx: Tx) -> Sequence[Row[Any]]:
    """Return code, version, name and time of the highest version of each life cycle."""
    return tx.rows(_IN_FORCE)


def version(tx: Tx, code: str, number: int) -> Row[Any] | None:
    """Return one version whole."""
    return tx.row("SELECT * FROM life_cycle WHERE code = :code AND version = :number", code=code, number=number)


def versions(tx: Tx, code: str) -> Sequence[Row[Any]]:
    """Return every version of one life cycle, newest first, without its body."""
    return tx.rows(
        "SELECT version, name, created_at, created_by FROM life_cycle WHERE code = :code ORDER BY version DESC",
        code=code,
    )


def add(tx: Tx, values: Mapping[str, object]) -> bool:
    """Insert one version; False if that version is there already."""
    inserted = tx.run(
        "INSERT INTO life_cycle (code, version, name, body, created_at, created_by)"
        " VALUES (:code, :version, :name, :body, :created_at, :created_by) ON CONFLICT DO NOTHING",
        **values,
    )
    return inserted.rowcount == 1


def states_in_stock(tx: Tx, code: str) -> set[str]:
    """Return the states that goods of the products of a life cycle are in."""
    rows = tx.rows(
        "SELECT DISTINCT s.state FROM product p JOIN stock s ON s.product_id = p.id WHERE p.life_cycle = :code",
        code=code,
    )
    return {row.state for row in rows}
