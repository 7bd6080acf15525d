"""Every statement about life cycles."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from mazhi.kernel.db import metadata

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
