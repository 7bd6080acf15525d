"""Every statement about batches."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, UniqueConstraint

from mazhi.kernel.db import Id, metadata

batch = Table(
    "batch",
    metadata,
    Column("id", Id, primary_key=True),
    Column("product_id", BigInteger, nullable=False),
    Column("code", String, nullable=False),
    Column("made_on", String),  # YYYY-MM-DD
    Column("expires_on", String),  # YYYY-MM-DD
    Column("supplier_batch", String),
    Column("supplier_id", BigInteger, nullable=False, default=0),
    Column("attrs", Text, nullable=False, default="{}"),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    UniqueConstraint("product_id", "code", name="batch_product_code"),
    Index("batch_code", "code"),
    Index("batch_supplier_batch", "supplier_batch"),
)
