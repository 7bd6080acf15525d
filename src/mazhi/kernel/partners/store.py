"""Every statement about partners."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table, Text

from mazhi.kernel.db import Id, metadata

partner = Table(
    "partner",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),  # supplier | dealer | store | customer | person | subcontractor | other
    Column("region", String),  # GB/T 2260 code, e.g. 440000
    Column("regions", Text, nullable=False, default="[]"),  # authorised regions, JSON list
    Column("phone", String),
    Column("attrs", Text, nullable=False, default="{}"),
    Column("active", Boolean, nullable=False, default=True),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
)
