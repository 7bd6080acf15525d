"""Every statement about places."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Row, String, Table, Text

from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.places.model import Place

place = Table(
    "place",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column(
        "kind", String, nullable=False
    ),  # site | warehouse | zone | bin | line | station | vehicle | other
    Column("parent_id", BigInteger, nullable=False, default=0),
    Column("path", Key, nullable=False),  # "/1/7/23/": the ids from the root down to this place
    Column("attrs", Text, nullable=False, default="{}"),
    Column("active", Boolean, nullable=False, default=True),
    Column("used", Boolean, nullable=False, default=False),  # something in the ledger refers to it
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("place_path", "path"),
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


def mark_used(tx: Tx, places: Iterable[Place]) -> bool:
    """Note that the ledger refers to these places from now on; False if one of them is gone meanwhile.

    It costs nothing but the first time.
    """
    fresh = [place.id for place in places if not place.used]
    if not fresh:
        return True
    done = tx.run("UPDATE place SET used = true WHERE id ANY(:ids, bigint)", ids=fresh)
    return done.rowcount == len(set(fresh))
