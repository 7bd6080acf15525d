"""Every statement about products."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Row, String, Table, Text, select

from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.master_data import store as master_data
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
    Column("category", String, nullable=False, default=""),  # the product code that a rule may put into its codes
    Column("warranty_days", Integer),
    Column("stock_age_days", Integer),
    Column("inspect_on", Text, nullable=False, default="[]"),  # JSON list of operation kinds
    Column("life_cycle", String, nullable=False, default="goods"),  # code of the life cycle
    Column("capture", Text, nullable=False, default="{}"),  # JSON, see model.Capture
    Column("rule", String),  # code rule that makes its codes by default
    Column("attrs", Text, nullable=False, default="{}"),
    Column("active", Boolean, nullable=False, default=True),
    *master_data.bookkeeping(),
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


USERS = {
    "items": "SELECT 1 FROM item WHERE product_id = :id LIMIT 1",
    "batches": "SELECT 1 FROM batch WHERE product_id = :id LIMIT 1",
    "stock": "SELECT 1 FROM stock WHERE product_id = :id LIMIT 1",
    "rolls": "SELECT 1 FROM roll WHERE product_id = :id LIMIT 1",
}
"""What may refer to a product; the mark ``used`` covers what has no index."""


def values(product: Product) -> dict[str, object]:
    """Write a product as the columns of its table that a user may set."""
    return {
        "code": product.code,
        "name": product.name,
        "tracking": product.tracking,
        "batch_managed": product.batch_managed,
        "shelf_life_days": product.shelf_life_days,
        "gtin": product.gtin,
        "unit": product.unit,
        "category": product.category,
        "warranty_days": product.warranty_days,
        "stock_age_days": product.stock_age_days,
        "inspect_on": json.dumps(product.inspect_on),
        "life_cycle": product.life_cycle,
        "capture": json.dumps(product.capture.body(), ensure_ascii=False),
        "rule": product.rule,
        "attrs": json.dumps(
            {"warranty_from": product.warranty_from, "warranty_delay_days": product.warranty_delay_days}
        ),
        "active": product.active,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFilter:
    """Which products a list shows; None leaves a question open."""

    text: str | None = None
    tracking: str | None = None
    category: str | None = None
    life_cycle: str | None = None
    gtin: str | None = None
    active: bool | None = None


def find(tx: Tx, wanted: ProductFilter, after: str | None, limit: int) -> list[Product]:
    """Return up to ``limit`` + 1 products in the order of their codes."""
    query = select(product)
    if wanted.text:
        query = query.where(master_data.named(product, wanted.text))
    for name in ("tracking", "category", "life_cycle", "gtin"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(product.c[name] == value)
    if wanted.active is not None:
        query = query.where(product.c.active.is_(wanted.active))
    return [from_row(row) for row in master_data.page(tx, query, product.c.code, after, limit)]


def states_in_stock(tx: Tx, product_id: int) -> set[str]:
    """Return the states that goods of a product are in."""
    rows = tx.rows("SELECT DISTINCT state FROM stock WHERE product_id = :id", id=product_id)
    return {row.state for row in rows}
