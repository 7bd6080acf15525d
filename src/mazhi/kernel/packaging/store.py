"""Every statement about package types and what packages hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, Row, String, Table, select

from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.packaging.model import Content, Nested, PackageType, Room

package_type = Table(
    "package_type",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("level", Integer, nullable=False),
    Column("capacity", Integer),
    Column("mixed_products", Boolean, nullable=False),
    Column("mixed_batches", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)

package = Table(
    "package",
    metadata,
    Column("item_id", Id, primary_key=True, autoincrement=False),
    Column("type_id", BigInteger, nullable=False),
)


def from_row(row: Row[Any]) -> PackageType:
    """Build a package type from a row of its table."""
    return PackageType(
        id=row.id,
        code=row.code,
        name=row.name,
        level=row.level,
        capacity=row.capacity,
        mixed_products=bool(row.mixed_products),
        mixed_batches=bool(row.mixed_batches),
        active=bool(row.active),
        version=row.version,
    )


def by_code(tx: Tx, code: str) -> PackageType | None:
    """Return the package type of that code."""
    row = tx.row("SELECT * FROM package_type WHERE code = :code", code=code)
    return None if row is None else from_row(row)


def find(tx: Tx, after: str | None, limit: int) -> list[PackageType]:
    """Return up to ``limit`` + 1 package types in the order of their codes."""
    return [from_row(row) for row in master_data.page(tx, select(package_type), package_type.c.code, after, limit)]


def set_types(tx: Tx, item_ids: Iterable[int], type_id: int) -> None:
    """Note of which type these packages are."""
    tx.insert(package, ("item_id", "type_id"), [(item_id, type_id) for item_id in item_ids])


def types_of(tx: Tx, item_ids: Iterable[int]) -> dict[int, PackageType]:
    """Return the types of these packages; those without one are missing."""
    rows = tx.rows(
        "SELECT p.item_id, t.* FROM package p JOIN package_type t ON t.id = p.type_id "
        "WHERE p.item_id ANY(:ids, bigint)",
        ids=sorted(item_ids),
    )
    return {row.item_id: from_row(row) for row in rows}


def inside(tx: Tx, package_ids: Iterable[int]) -> Sequence[Row[Any]]:
    """Return what is directly inside these packages."""
    return tx.rows(
        "SELECT id, code, kind, product_id, batch_id, parent_id FROM item WHERE parent_id ANY(:ids, bigint) "
        "AND state <> 'built_in' ORDER BY id",
        ids=sorted(package_ids),
    )


def packed(tx: Tx, item_ids: Iterable[int]) -> dict[int, Row[Any]]:
    """Return items by id, with what they are inside of."""
    rows = tx.rows("SELECT id, code, kind, parent_id FROM item WHERE id ANY(:ids, bigint)", ids=sorted(item_ids))
    return {row.id: row for row in rows}


def within(tx: Tx, package_ids: Iterable[int]) -> dict[int, list[Row[Any]]]:
    """Return every single piece in each of these packages, however deep; a level is one statement."""
    root = {package_id: package_id for package_id in package_ids}
    found: dict[int, list[Row[Any]]] = {package_id: [] for package_id in root}
    level = list(root)
    while level:
        rows = inside(tx, level)
        level = []
        for row in rows:
            outer = root[row.parent_id]
            if row.kind == "package":
                root[row.id] = outer
                level.append(row.id)
            else:
                found[outer].append(row)
    return found


def room(tx: Tx, box_id: int, package_ids: Iterable[int]) -> Room | None:
    """Return what may still go into a package, ``package_ids`` being those that are to; None if it has no type."""
    wanted = list(package_ids)
    types = types_of(tx, [box_id, *wanted])
    kind = types.get(box_id)
    if kind is None:
        return None
    count = int(tx.scalar("SELECT count(*) FROM item WHERE parent_id = :id", id=box_id))
    contents: dict[int, set[Content]] = {package_id: set() for package_id in (box_id, *wanted)}
    if not (kind.mixed_products and kind.mixed_batches):
        for package_id, rows in within(tx, contents).items():
            contents[package_id] = {(row.product_id, row.batch_id) for row in rows}
    nested = {one: Nested(types[one].level if one in types else None, contents[one]) for one in wanted}
    return Room(kind, count, contents[box_id], nested)
