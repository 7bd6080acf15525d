"""Every statement about products."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, Row, String, Table, Text

from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.products.model import Product, capture_from

product = Table(
    "product",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("tracking", String, nullable=False),  # serial | batch | sku
    Column("batch_managed", Boolean, nullable=False, default=False),  # a serial product that also has batches
    Column("shelf_life_days", Integer),
    Column("gtin", String),  # 14 digits
    Column("unit", String, nullable=False, default=""),
    Column(
        "category", String, nullable=False, default=""
    ),  # the product code that a rule may put into its codes
    Column("warranty_days", Integer),
    Column("stock_age_days", Integer),
    Column("inspect_on", Text, nullable=False, default="[]"),  # JSON list of operation kinds
    Column("life_cycle", String, nullable=False, default="goods"),  # code of the life cycle
    Column("capture", Text, nullable=False, default="{}"),  # JSON, see model.Capture
    Column("rule", String),  # code rule that makes its codes by default
    Column("attrs", Text, nullable=False, default="{}"),
    Column("active", Boolean, nullable=False, default=True),
    Column("used", Boolean, nullable=False, default=False),  # something in the ledger refers to it
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    Index("product_gtin", "gtin"),
)


def from_row(row: Row[Any]) -> Product:
    """Build a product from a row of its table."""
    attrs = json.loads(row.attrs)
    return Product(
        id=row.id,
        code=row.code,
        name=row.name,
        tracking=row.tracking,
        batch_managed=bool(row.batch_managed),
        shelf_life_days=row.shelf_life_days,
        gtin=row.gtin,
        unit=row.unit,
        category=row.category,
        warranty_days=row.warranty_days,
        warranty_from=attrs.get("warranty_from", "activate"),
        warranty_delay_days=attrs.get("warranty_delay_days", 0),
        stock_age_days=row.stock_age_days,
        inspect_on=tuple(json.loads(row.inspect_on)),
        life_cycle=row.life_cycle,
        capture=capture_from(json.loads(row.capture)),
        rule=row.rule,
        active=bool(row.active),
        used=bool(row.used),
        version=row.version,
    )


def by_codes(tx: Tx, codes: Collection[str]) -> dict[str, Product]:
    """Return the products of these codes, by code; unknown codes are missing."""
    rows = tx.rows("SELECT * FROM product WHERE code ANY(:codes, text)", codes=list(codes))
    return {row.code: from_row(row) for row in rows}


def by_ids(tx: Tx, ids: Collection[int]) -> dict[int, Product]:
    """Return the products of these ids, by id; unknown ids are missing."""
    rows = tx.rows("SELECT * FROM product WHERE id ANY(:ids, bigint)", ids=list(ids))
    return {row.id: from_row(row) for row in rows}


def by_gtins(tx: Tx, gtins: Collection[str]) -> list[Product]:
    """Return the products with one of these GTINs of 14 digits; several may share one."""
    rows = tx.rows("SELECT * FROM product WHERE gtin ANY(:gtins, text) ORDER BY code", gtins=list(gtins))
    return [from_row(row) for row in rows]


def mark_used(tx: Tx, products: Iterable[Product]) -> bool:
    """Note that the ledger refers to these products from now on; False if one of them is gone meanwhile.

    It costs nothing but the first time.
    """
    fresh = [product.id for product in products if not product.used]
    if not fresh:
        return True
    done = tx.run("UPDATE product SET used = true WHERE id ANY(:ids, bigint)", ids=fresh)
    return done.rowcount == len(set(fresh))
