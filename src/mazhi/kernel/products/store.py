"""Every statement about products."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from mazhi.kernel.db import Id, metadata

product = Table(
    "product",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("tracking", String, nullable=False),  # serial | batch | sku
    Column("batch_managed", Boolean, nullable=False, default=False),  # a serial product that also has batches
    Column("shelf_life_days", Integer),
    Column("gtin", String),  # 14 digits
    Column("unit", String, nullable=False, default=""),
    Column("category", String, nullable=False, default=""),  # the product code that a rule may put into its codes
    Column("warranty_days", Integer),
    Column("stock_age_days", Integer),
    Column("inspect_on", Text, nullable=False, default="[]"),  # JSON list of operation kinds
    Column("life_cycle", String, nullable=False, default="goods"),  # code of the life cycle
    Column("capture", Text, nullable=False, default="{}"),  # JSON, see model.Capture
    Column("rule", String),  # code rule that makes its codes by default
    Column("attrs", Text, nullable=False, default="{}"),
    Column("active", Boolean, nullable=False, default=True),
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("product_gtin", "gtin"),
)
