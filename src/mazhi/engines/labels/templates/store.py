"""Every statement about pictures on labels, and about many templates at once."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Row, String, Table, select

from mazhi.kernel.db import Key, Tx, metadata
from mazhi.kernel.designs.model import Design
from mazhi.kernel.designs.store import design_draft, design_version

label_image = Table(
    "label_image",
    metadata,
    Column("id", Key, primary_key=True),  # SHA-256 of the data
    Column("name", String, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),  # PNG
    Column("uploaded_at", BigInteger, nullable=False),
    Column("uploaded_by", String, nullable=False),
)

_FACTS = [column for column in label_image.c if column.name != "data"]


def add_image(tx: Tx, values: Mapping[str, Any]) -> bool:
    """Keep a picture; False if it is there already."""
    if image(tx, values["id"]) is not None:
        return False
    tx.conn.execute(label_image.insert().values(**values))
    return True


def image(tx: Tx, image_id: str) -> Row[Any] | None:
    """Return what is known of a picture, without its data."""
    return tx.conn.execute(select(*_FACTS).where(label_image.c.id == image_id)).first()


def images(tx: Tx, after: str | None, limit: int) -> Sequence[Row[Any]]:
    """Return up to ``limit`` + 1 pictures in the order of their ids, without their data."""
    query = select(*_FACTS).order_by(label_image.c.id).limit(limit + 1)
    return tx.conn.execute(query if after is None else query.where(label_image.c.id > after)).all()


def image_data(tx: Tx, image_ids: Collection[str]) -> dict[str, bytes]:
    """Return the data of pictures by id; unknown ones are missing."""
    if not image_ids:
        return {}
    rows = tx.conn.execute(select(label_image.c.id, label_image.c.data).where(label_image.c.id.in_(sorted(image_ids))))
    return {row.id: bytes(row.data) for row in rows}


def bodies(tx: Tx, designs: Sequence[Design]) -> dict[int, Any]:
    """Return the templates in force of many designs by id, or the draft where nothing was published yet."""
    published = [one.id for one in designs if one.version]
    drafts = [one.id for one in designs if not one.version]
    found: dict[int, Any] = {}
    if published:
        numbers = {one.id: one.version for one in designs}
        rows = tx.conn.execute(
            select(design_version.c.design_id, design_version.c.number, design_version.c.body).where(
                design_version.c.design_id.in_(published), design_version.c.number.in_(set(numbers.values()))
            )
        )
        found |= {row.design_id: json.loads(row.body) for row in rows if numbers[row.design_id] == row.number}
    if drafts:
        waiting = tx.conn.execute(
            select(design_draft.c.design_id, design_draft.c.body).where(design_draft.c.design_id.in_(drafts))
        )
        found |= {row.design_id: json.loads(row.body) for row in waiting}
    return found
