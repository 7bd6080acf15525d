"""Every statement about designs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, Row, String, Table, Text, UniqueConstraint, select

from mazhi.kernel import clock
from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.designs.model import Design, Draft, InForce, Version
from mazhi.kernel.master_data import store as master_data

design = Table(
    "design",
    metadata,
    Column("id", Id, primary_key=True),
    Column("uuid", String, nullable=False, unique=True),
    Column("kind", Key, nullable=False),
    Column("code", Key, nullable=False),
    Column("name", String, nullable=False),
    Column("version", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger, nullable=False),
    UniqueConstraint("kind", "code"),
)

design_version = Table(
    "design_version",
    metadata,
    Column("design_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("uuid", String, nullable=False, unique=True),
    Column("body", Text, nullable=False),  # JSON
    Column("note", String, nullable=False),
    Column("published_at", BigInteger, nullable=False),
    Column("published_by", String, nullable=False),
    sqlite_with_rowid=False,
)

design_draft = Table(
    "design_draft",
    metadata,
    Column("design_id", BigInteger, primary_key=True, autoincrement=False),
    Column("base", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Column("saved_at", BigInteger, nullable=False),
    Column("saved_by", String, nullable=False),
    sqlite_with_rowid=False,
)

_DRAFT_FACTS = [
    design_draft.c.base,
    design_draft.c.revision,
    design_draft.c.saved_at,
    design_draft.c.saved_by,
]
_ALL = select(design, *_DRAFT_FACTS).outerjoin(design_draft, design_draft.c.design_id == design.c.id)


def _from_row(row: Row[Any]) -> Design:
    return Design(
        id=row.id,
        uuid=row.uuid,
        kind=row.kind,
        code=row.code,
        name=row.name,
        version=row.version,
        active=bool(row.active),
        draft=None if row.base is None else Draft(row.base, row.revision, {}, row.saved_at, row.saved_by),
        updated_at=max(row.updated_at, row.saved_at or 0),
    )


def add(tx: Tx, uuid: str, kind: str, code: str, name: str) -> int | None:
    """Insert a design without any version, and return its id; None if its code is taken."""
    now = clock.now()
    row = tx.row(
        "INSERT INTO design (uuid, kind, code, name, version, active, created_at, updated_at) "
        "VALUES (:uuid, :kind, :code, :name, 0, :active, :now, :now) ON CONFLICT DO NOTHING RETURNING id",
        uuid=uuid, kind=kind, code=code, name=name, active=True, now=now,
    )  # fmt: skip
    return None if row is None else row.id


def get(tx: Tx, kind: str, code: str) -> Design | None:
    """Return one design with the facts of its draft."""
    row = tx.conn.execute(_ALL.where(design.c.kind == kind, design.c.code == code)).first()
    return None if row is None else _from_row(row)


_IN_FORCE = (
    "SELECT d.id, d.code, d.name, d.version, v.body FROM design d "
    "LEFT JOIN design_version v ON v.design_id = d.id AND v.number = d.version WHERE d.kind = :kind AND "
)
_LAST_SIGN = "\U0010ffff"


def in_force(tx: Tx, kind: str, code: str) -> InForce | None:
    """Return the version in force of one design; on the path of every record that is read or written."""
    row = tx.row(f"{_IN_FORCE} d.code = :code", kind=kind, code=code)
    return None if row is None else _in_force(row)


def all_in_force(tx: Tx, kind: str, begins: str) -> list[InForce]:
    """Return the version in force of every active design whose code begins so, in the order of the codes."""
    rows = tx.rows(
        f"{_IN_FORCE} d.code >= :first AND d.code <= :last AND d.active AND d.version > 0 ORDER BY d.code",
        kind=kind,
        first=begins,
        last=begins + _LAST_SIGN,
    )
    return [_in_force(row) for row in rows]


def _in_force(row: Any) -> InForce:
    return InForce(row.id, row.code, row.name, row.version, row.body or "")


def find(tx: Tx, kind: str, text: str | None, active: bool | None, after: str | None, limit: int) -> list[Design]:
    """Return up to ``limit`` + 1 designs of a kind in the order of their codes."""
    query = _ALL.where(design.c.kind == kind)
    if text:
        query = query.where(master_data.named(design, text))
    if active is not None:
        query = query.where(design.c.active.is_(active))
    return [_from_row(row) for row in master_data.page(tx, query, design.c.code, after, limit)]


def lock(tx: Tx, design_id: int) -> int:
    """Hold a design until this transaction ends and return the version in force."""
    query = select(design.c.version).where(design.c.id == design_id)
    found: int = tx.conn.execute(query.with_for_update() if tx.dialect == "postgresql" else query).scalar_one()
    return found


def change(tx: Tx, design_id: int, values: Mapping[str, object]) -> None:
    """Change what is not drawn: name, whether it is active, the version in force."""
    tx.conn.execute(design.update().where(design.c.id == design_id).values({**values, "updated_at": clock.now()}))


def draft(tx: Tx, design_id: int) -> Draft | None:
    """Return the draft whole."""
    row = tx.conn.execute(select(design_draft).where(design_draft.c.design_id == design_id)).first()
    return None if row is None else Draft(row.base, row.revision, json.loads(row.body), row.saved_at, row.saved_by)


def put_draft(tx: Tx, design_id: int, values: Mapping[str, object]) -> None:
    """Write the draft in place of the one before."""
    remove_draft(tx, design_id)
    tx.conn.execute(design_draft.insert().values(design_id=design_id, **values))


def remove_draft(tx: Tx, design_id: int) -> None:
    """Drop the draft."""
    tx.conn.execute(design_draft.delete().where(design_draft.c.design_id == design_id))


def add_version(tx: Tx, design_id: int, values: Mapping[str, object]) -> None:
    """Insert one version."""
    tx.conn.execute(design_version.insert().values(design_id=design_id, **values))


_VERSION_FACTS = select(
    design_version.c.number,
    design_version.c.uuid,
    design_version.c.note,
    design_version.c.published_at,
    design_version.c.published_by,
)


def versions(tx: Tx, design_id: int) -> list[Version]:
    """Return every version, newest first, without its body."""
    rows = tx.conn.execute(
        _VERSION_FACTS.where(design_version.c.design_id == design_id).order_by(design_version.c.number.desc())
    )
    return [Version(*row) for row in rows]


def version(tx: Tx, design_id: int, number: int) -> Version | None:
    """Return one version without its body."""
    row = tx.conn.execute(
        _VERSION_FACTS.where(design_version.c.design_id == design_id, design_version.c.number == number)
    ).first()
    return None if row is None else Version(*row)


def body(tx: Tx, design_id: int, number: int) -> Any:
    """Return what was drawn in one version; None if there is no such version."""
    text = tx.conn.execute(
        select(design_version.c.body).where(design_version.c.design_id == design_id, design_version.c.number == number)
    ).scalar()
    return None if text is None else json.loads(text)
