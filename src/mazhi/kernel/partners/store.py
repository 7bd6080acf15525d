"""Every statement about partners."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Column, Row, String, Table, Text, select

from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.partners.model import Partner

partner = Table(
    "partner",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Key, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("kind", String, nullable=False),  # supplier | dealer | store | customer | person | subcontractor | other
    Column("region", Key),  # GB/T 2260 code, e.g. 440000
    Column("regions", Text, nullable=False, default="[]"),  # authorised regions, JSON list
    Column("phone", String),
    Column("attrs", Text, nullable=False, default="{}"),
    Column("active", Boolean, nullable=False, default=True),
    *master_data.bookkeeping(),
)


def from_row(row: Row[Any]) -> Partner:
    """Build a partner from a row of its table."""
    return Partner(
        id=row.id,
        code=row.code,
        name=row.name,
        kind=row.kind,
        region=row.region,
        regions=tuple(json.loads(row.regions)),
        phone=row.phone,
        active=bool(row.active),
        used=bool(row.used),
        version=row.version,
    )


def by_codes(tx: Tx, codes: Collection[str]) -> dict[str, Partner]:
    """Return the partners of these codes, by code; unknown codes are missing."""
    rows = tx.rows("SELECT * FROM partner WHERE code ANY(:codes, text)", codes=list(codes))
    return {row.code: from_row(row) for row in rows}


def by_ids(tx: Tx, ids: Collection[int]) -> dict[int, Partner]:
    """Return the partners of these ids, by id; unknown ids are missing."""
    rows = tx.rows("SELECT * FROM partner WHERE id ANY(:ids, bigint)", ids=list(ids))
    return {row.id: from_row(row) for row in rows}


USERS = {"batches": "SELECT 1 FROM batch WHERE supplier_id = :id LIMIT 1"}
"""What may refer to a partner; the mark ``used`` covers what has no index."""


def values(partner_: Partner) -> dict[str, object]:
    """Write a partner as the columns of its table that a user may set."""
    return {
        "code": partner_.code,
        "name": partner_.name,
        "kind": partner_.kind,
        "region": partner_.region,
        "regions": json.dumps(partner_.regions),
        "phone": partner_.phone,
        "active": partner_.active,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerFilter:
    """Which partners a list shows; None leaves a question open. ``region`` is the beginning of a code."""

    text: str | None = None
    kind: str | None = None
    region: str | None = None
    active: bool | None = None


def find(tx: Tx, wanted: PartnerFilter, after: str | None, limit: int) -> list[Partner]:
    """Return up to ``limit`` + 1 partners in the order of their codes."""
    query = select(partner)
    if wanted.text:
        query = query.where(master_data.named(partner, wanted.text))
    if wanted.kind is not None:
        query = query.where(partner.c.kind == wanted.kind)
    if wanted.region is not None:
        query = query.where(master_data.starts_with(partner.c.region, wanted.region))
    if wanted.active is not None:
        query = query.where(partner.c.active.is_(wanted.active))
    return [from_row(row) for row in master_data.page(tx, query, partner.c.code, after, limit)]
