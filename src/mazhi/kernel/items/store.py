"""Every statement about items and identifiers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, text

from mazhi.kernel.db import Id, Key, metadata

item = Table(
    "item",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("code", Key, nullable=False),
    Column("kind", String, nullable=False),  # serial | package
    Column("product_id", BigInteger, nullable=False, server_default="0"),
    Column("batch_id", BigInteger, nullable=False, server_default="0"),
    Column("state", Key, nullable=False),
    Column("quality", String, nullable=False),
    Column("owner_id", BigInteger, nullable=False, server_default="0"),
    Column("marks", Text, nullable=False, server_default=""),  # JSON list of [mark, cause, event id]; "" for none
    Column("holder_id", BigInteger, nullable=False, server_default="0"),
    Column("place_id", BigInteger, nullable=False, server_default="0"),
    Column("parent_id", BigInteger),
    Column("place_since", BigInteger, nullable=False),
    Column("state_since", BigInteger, nullable=False),
    Column("warranty_start", String),  # YYYY-MM-DD
    Column("warranty_end", String),
    Column("seq", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("attrs", Text, nullable=False, server_default=""),
    Index("item_code", "code"),
    Index("item_batch", "batch_id"),
    Index("item_place_state", "place_id", "state"),
    Index("item_product", "product_id", "id"),
    Index(
        "item_parent",
        "parent_id",
        sqlite_where=text("parent_id IS NOT NULL"),
        postgresql_where=text("parent_id IS NOT NULL"),
    ),
)

identifier = Table(
    "identifier",
    metadata,
    Column("value", Key, primary_key=True),
    Column("namespace", Key, primary_key=True),
    Column("item_id", BigInteger, nullable=False),
    Index("identifier_item", "item_id"),
    sqlite_with_rowid=False,
)
