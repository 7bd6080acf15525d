"""Every statement about bills of materials. Versions are only ever added."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from mazhi.kernel.boms.model import Bom, BomLine
from mazhi.kernel.db import Tx, metadata

bom_version = Table(
    "bom_version",
    metadata,
    Column("product_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("note", Text, nullable=False, server_default=""),
    Column("published_at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    sqlite_with_rowid=False,
)

bom_line = Table(
    "bom_line",
    metadata,
    Column("product_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("component_id", BigInteger, nullable=False),
    Column("quantity", BigInteger, nullable=False),  # millionths, for one unit
    Column("substitutes", Text, nullable=False, server_default="[]"),  # JSON list of product ids
    Column("note", Text, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)


def latest(tx: Tx, product_id: int) -> int:
    """Return the number of a product's latest version; 0 where it has none."""
    found = tx.scalar("SELECT max(version) FROM bom_version WHERE product_id = :id", id=product_id)
    return int(found or 0)


def read(tx: Tx, product_id: int, version: int) -> Bom | None:
    """Return one version."""
    head = tx.row(
        "SELECT * FROM bom_version WHERE product_id = :id AND version = :version", id=product_id, version=version
    )
    if head is None:
        return None
    rows = tx.rows(
        "SELECT component_id, quantity, substitutes, note FROM bom_line WHERE product_id = :id AND version = :version "
        "ORDER BY line",
        id=product_id,
        version=version,
    )
    lines = tuple(BomLine(row[0], row[1], tuple(json.loads(row[2])), row[3]) for row in rows)
    return Bom(product_id, version, lines, head.note, head.published_at, head.actor)


def versions(tx: Tx, product_id: int) -> Sequence[Any]:
    """Return the heads of all versions, the latest first, with the number of their lines."""
    return tx.rows(
        "SELECT v.version, v.note, v.published_at, v.actor, (SELECT count(*) FROM bom_line l "
        "WHERE l.product_id = v.product_id AND l.version = v.version) AS lines "
        "FROM bom_version v WHERE v.product_id = :id ORDER BY v.version DESC",
        id=product_id,
    )


def insert(tx: Tx, bom: Bom) -> None:
    """Add a version."""
    heads = [(bom.product_id, bom.version, bom.note, bom.published_at, bom.actor)]
    tx.insert(bom_version, ("product_id", "version", "note", "published_at", "actor"), heads)
    rows = [
        (bom.product_id, bom.version, place, line.component_id, line.quantity, json.dumps(line.substitutes), line.note)
        for place, line in enumerate(bom.lines)
    ]
    names = ("product_id", "version", "line", "component_id", "quantity", "substitutes", "note")
    tx.insert(bom_line, names, rows)


def inside(tx: Tx, unit_id: int) -> Mapping[int, int]:
    """Return how much of each product is built into a unit, in millionths."""
    found: dict[int, int] = {}
    for product_id, quantity in tx.rows(
        "SELECT product_id, count(*) * 1000000 FROM item WHERE parent_id = :id AND state = 'built_in' "
        "GROUP BY product_id UNION ALL "
        "SELECT coalesce(b.product_id, e.child_id), e.quantity FROM part_of e "
        "LEFT JOIN batch b ON e.child_kind = 'batch' AND b.id = e.child_id "
        "WHERE e.parent_id = :id AND e.child_kind <> 'item' AND e.until_event IS NULL",
        id=unit_id,
    ):
        found[product_id] = found.get(product_id, 0) + int(quantity)
    return found
