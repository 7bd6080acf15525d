"""Every statement about places."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Row, String, Table, Text, select

from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.places.model import Place, PlaceView

place = Table(
    "place",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),  # site | warehouse | zone | bin | line | station | vehicle | other
    Column("parent_id", BigInteger, nullable=False, default=0),
    Column("path", Key, nullable=False),  # "/1/7/23/": the ids from the root down to this place
    Column("attrs", Text, nullable=False, default="{}"),
    Column("active", Boolean, nullable=False, default=True),
    *master_data.bookkeeping(),
    Index("place_path", "path"),
    Index("place_parent", "parent_id"),
)


def from_row(row: Row[Any]) -> Place:
    """Build a place from a row of its table."""
    return Place(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent_id=row.parent_id,
        path=row.path,
        active=bool(row.active),
        used=bool(row.used),
        version=row.version,
    )


def by_codes(tx: Tx, codes: Collection[str]) -> dict[str, Place]:
    """Return the places of these codes, by code; unknown codes are missing."""
    rows = tx.rows("SELECT * FROM place WHERE code ANY(:codes, text)", codes=list(codes))
    return {row.code: from_row(row) for row in rows}


def by_ids(tx: Tx, ids: Collection[int]) -> dict[int, Place]:
    """Return the places of these ids, by id; unknown ids are missing."""
    rows = tx.rows("SELECT * FROM place WHERE id ANY(:ids, bigint)", ids=list(ids))
    return {row.id: from_row(row) for row in rows}


def inside(tx: Tx, place_ids: Collection[int]) -> set[int]:
    """Return the ids of these places and of all places within them."""
    rows = tx.rows(
        # The sign after "/" is "0", so this range holds exactly the paths that begin with the outer one.
        "SELECT p.id FROM place o JOIN place p"
        " ON p.path >= o.path AND p.path < substr(o.path, 1, length(o.path) - 1) || '0'"
        " WHERE o.id ANY(:ids, bigint)",
        ids=list(place_ids),
    )
    return {row.id for row in rows}


USERS = {
    "places": "SELECT 1 FROM place WHERE parent_id = :id LIMIT 1",
    "items": "SELECT 1 FROM item WHERE place_id = :id LIMIT 1",
    "roles": "SELECT 1 FROM role_right WHERE place_id = :id LIMIT 1",
}
"""What may refer to a place; the mark ``used`` covers what has no index."""

TREE_LOCK = 0x6D7A_0001
"""The advisory lock of the tree on PostgreSQL; any number that nothing else uses."""


def lock_tree(tx: Tx) -> None:
    """Let nobody else change the shape of the tree until this transaction ends.

    Otherwise a place could be put into a subtree that is just being moved, and keep the path of its old home.
    SQLite has one writer anyway.
    """
    if tx.dialect == "postgresql":
        tx.run("SELECT pg_advisory_xact_lock(:key)", key=TREE_LOCK)


def values(place_: Place) -> dict[str, object]:
    """Write a place as the columns of its table that a user may set."""
    return {
        "code": place_.code,
        "name": place_.name,
        "kind": place_.kind,
        "parent_id": place_.parent_id,
        "active": place_.active,
    }


def set_path(tx: Tx, place_id: int, path: str) -> None:
    """Write the path of a place that has just got its id."""
    tx.run("UPDATE place SET path = :path WHERE id = :id", id=place_id, path=path)


def move_paths(tx: Tx, old: str, new: str) -> int:
    """Give everything at or below the path ``old`` its path below ``new``; return how many places moved."""
    moved = tx.run(
        "UPDATE place SET path = :new || substr(path, :start) WHERE path >= :old AND path < :end",
        new=new,
        start=len(old) + 1,
        old=old,
        end=old[:-1] + "0",
    )
    return moved.rowcount


def deepest(tx: Tx, path: str) -> int:
    """Return how many levels there are at and below a path, itself included."""
    most: int | None = tx.scalar(
        "SELECT max(length(path) - length(replace(path, '/', ''))) FROM place WHERE path >= :path AND path < :end",
        path=path,
        end=path[:-1] + "0",
    )
    return (most or 0) - path.count("/") + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFilter:
    """Which places a list shows; None leaves a question open.

    ``parent_id`` shows what lies directly in a place (0: the roots), ``inside`` a path and everything below it.
    """

    text: str | None = None
    kind: str | None = None
    parent_id: int | None = None
    inside: str | None = None
    active: bool | None = None


def find(tx: Tx, wanted: PlaceFilter, after: str | None, limit: int) -> list[Place]:
    """Return up to ``limit`` + 1 places in the order of their codes."""
    query = select(place)
    if wanted.text:
        query = query.where(master_data.named(place, wanted.text))
    if wanted.kind is not None:
        query = query.where(place.c.kind == wanted.kind)
    if wanted.parent_id is not None:
        query = query.where(place.c.parent_id == wanted.parent_id)
    if wanted.inside is not None:
        query = query.where(place.c.path >= wanted.inside, place.c.path < wanted.inside[:-1] + "0")
    if wanted.active is not None:
        query = query.where(place.c.active.is_(wanted.active))
    return [from_row(row) for row in master_data.page(tx, query, place.c.code, after, limit)]


def view(tx: Tx, places: Sequence[Place]) -> list[PlaceView]:
    """Add the codes of the places around them, with one statement for all."""
    codes = {found.id: found.code for found in places}
    missing = {outer for found in places for outer in found.around} - codes.keys()
    if missing:
        codes |= {outer.id: outer.code for outer in by_ids(tx, missing).values()}
    return [PlaceView(found, tuple(codes[outer] for outer in reversed(found.around))) for found in places]
