"""Every statement about batches."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    or_,
    select,
)

from mazhi.kernel.batches.model import Batch
from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.master_data import store as master_data

batch = Table(
    "batch",
    metadata,
    Column("id", Id, primary_key=True),
    Column("product_id", BigInteger, nullable=False),
    Column("code", Key, nullable=False),
    Column("made_on", String),  # YYYY-MM-DD
    Column("expires_on", String),  # YYYY-MM-DD
    Column("supplier_batch", Key),
    Column("supplier_id", BigInteger, nullable=False, default=0),
    Column("attrs", Text, nullable=False, default="{}"),
    *master_data.bookkeeping(),
    UniqueConstraint("product_id", "code", name="batch_product_code"),
    Index("batch_code", "code"),
    Index("batch_supplier_batch", "supplier_batch"),
    Index("batch_supplier", "supplier_id"),
)


def _date(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def from_row(row: Row[Any]) -> Batch:
    """Build a batch from a row of its table."""
    return Batch(
        id=row.id,
        product_id=row.product_id,
        code=row.code,
        made_on=_date(row.made_on),
        expires_on=_date(row.expires_on),
        supplier_batch=row.supplier_batch,
        supplier_id=row.supplier_id,
        used=bool(row.used),
        version=row.version,
    )


def by_codes(tx: Tx, codes: Collection[tuple[int, str]]) -> dict[tuple[int, str], Batch]:
    """Return the batches of these pairs of product id and code, by pair; unknown pairs are missing."""
    if not codes:
        return {}
    rows = tx.rows(
        "SELECT b.* FROM batch b JOIN ROWS(:rows, product_id bigint, code text) r"
        " ON b.product_id = r.product_id AND b.code = r.code",
        rows=[tuple(pair) for pair in codes],
    )
    return {(row.product_id, row.code): from_row(row) for row in rows}


def by_code(tx: Tx, code: str) -> list[Batch]:
    """Return the batches with that code, one for each product that has one."""
    return [from_row(row) for row in tx.rows("SELECT * FROM batch WHERE code = :code ORDER BY id", code=code)]


def by_ids(tx: Tx, ids: Collection[int]) -> dict[int, Batch]:
    """Return the batches of these ids, by id; unknown ids are missing."""
    rows = tx.rows("SELECT * FROM batch WHERE id ANY(:ids, bigint)", ids=list(ids))
    return {row.id: from_row(row) for row in rows}


USERS = {
    "items": "SELECT 1 FROM item WHERE batch_id = :id LIMIT 1",
    "stock": "SELECT 1 FROM stock WHERE batch_id = :id"
    " AND product_id = (SELECT product_id FROM batch WHERE id = :id) LIMIT 1",
}
"""What may refer to a batch; the mark ``used`` covers what has no index."""


def values(batch_: Batch) -> dict[str, object]:
    """Write a batch as the columns of its table that a user may set."""
    return {
        "product_id": batch_.product_id,
        "code": batch_.code,
        "made_on": batch_.made_on.isoformat() if batch_.made_on else None,
        "expires_on": batch_.expires_on.isoformat() if batch_.expires_on else None,
        "supplier_batch": batch_.supplier_batch,
        "supplier_id": batch_.supplier_id,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFilter:
    """Which batches a list shows; None leaves a question open. ``prefix`` begins the code."""

    prefix: str | None = None
    product_id: int | None = None
    supplier_id: int | None = None
    supplier_batch: str | None = None
    expires_until: date | None = None


def find(tx: Tx, wanted: BatchFilter, after: tuple[str, int] | None, limit: int) -> list[Batch]:
    """Return up to ``limit`` + 1 batches in the order of code and product, those after one pair of them."""
    query = select(batch)
    if wanted.prefix:
        query = query.where(master_data.starts_with(batch.c.code, wanted.prefix))
    for name in ("product_id", "supplier_id", "supplier_batch"):
        if (value := getattr(wanted, name)) is not None:
            query = query.where(batch.c[name] == value)
    if wanted.expires_until is not None:
        query = query.where(batch.c.expires_on <= wanted.expires_until.isoformat())
    if after is not None:
        code, product_id = after
        query = query.where(or_(batch.c.code > code, and_(batch.c.code == code, batch.c.product_id > product_id)))
    query = query.order_by(batch.c.code, batch.c.product_id).limit(limit + 1)
    return [from_row(row) for row in tx.conn.execute(query)]
