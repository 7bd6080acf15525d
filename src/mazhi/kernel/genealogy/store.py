"""Every statement about edges: what is inside what. Each edge is kept twice, by parent and by child.

An edge is opened by one event and closed by another; nothing else of it ever changes. ``since_at`` and ``until_at``
say when that happened in the world: an edge whose opening was taken back has ``until_at = since_at`` and so held at
no moment at all.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Table, text

from mazhi.kernel.db import Key, metadata

ITEM, BATCH, PRODUCT = "item", "batch", "product"
"""What a child may be: a single item, or a quantity of a batch or of a product without batches."""

part_of = Table(
    "part_of",
    metadata,
    Column("parent_id", BigInteger, primary_key=True, autoincrement=False),
    Column("child_kind", Key, primary_key=True),
    Column("child_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since_event", BigInteger, primary_key=True, autoincrement=False),
    Column("until_event", BigInteger),
    Column("quantity", BigInteger, nullable=False),  # millionths; 1,000,000 for an item
    Column("since_at", BigInteger, nullable=False),
    Column("until_at", BigInteger),
    # What an event opened and what it closed, when it is sealed.
    Index("part_of_since", "since_event"),
    Index(
        "part_of_until",
        "until_event",
        sqlite_where=text("until_event IS NOT NULL"),
        postgresql_where=text("until_event IS NOT NULL"),
    ),
    sqlite_with_rowid=False,
)

part_in = Table(
    "part_in",
    metadata,
    Column("child_kind", Key, primary_key=True),
    Column("child_id", BigInteger, primary_key=True, autoincrement=False),
    Column("parent_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since_event", BigInteger, primary_key=True, autoincrement=False),
    Column("until_event", BigInteger),
    Column("quantity", BigInteger, nullable=False),
    Column("since_at", BigInteger, nullable=False),
    Column("until_at", BigInteger),
    # One open parent per item, held by the database.
    Index(
        "part_in_open",
        "child_id",
        unique=True,
        sqlite_where=text("child_kind = 'item' AND until_event IS NULL"),
        postgresql_where=text("child_kind = 'item' AND until_event IS NULL"),
    ),
    sqlite_with_rowid=False,
)
