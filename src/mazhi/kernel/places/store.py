"""Every statement about places."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from mazhi.kernel.db import Id, metadata

place = Table(
    "place",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),  # site | warehouse | zone | bin | line | station | vehicle | other
    Column("parent_id", BigInteger, nullable=False, default=0),
    Column("path", String, nullable=False),  # "/1/7/23/": the ids from the root down to this place
    Column("attrs", Text, nullable=False, default="{}"),
    Column("active", Boolean, nullable=False, default=True),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("place_path", "path"),
)
