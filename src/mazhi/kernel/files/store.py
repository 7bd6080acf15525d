"""Every statement about the files of the library."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table

from mazhi.kernel.db import Id, Key, Tx, metadata
from mazhi.kernel.files.model import StoredFile, type_of

file = Table(
    "file",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("uuid", Key, nullable=False, unique=True),
    Column("sha256", Key, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("name", String, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("owner", Key, nullable=False),
    Column("made_by", String, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("bound", Boolean, nullable=False),
)
Index("file_sha256", file.c.sha256)
Index("file_unbound", file.c.owner, file.c.made_at, sqlite_where=~file.c.bound, postgresql_where=~file.c.bound)

_COLUMNS = [column.name for column in file.columns]
_LISTED = ", ".join(f"f.{name}" for name in _COLUMNS)


def _from_row(row: Any) -> StoredFile:
    return StoredFile(
        row.id, row.uuid, row.sha256, row.size, type_of(row.media_type), row.name, row.width, row.height, row.owner,
        row.made_by, row.made_at, bool(row.bound),
    )  # fmt: skip


def add(tx: Tx, one: StoredFile) -> None:
    """Write a file down."""
    tx.insert(
        file,
        _COLUMNS,
        [
            (
                one.id, one.uuid, one.sha256, one.size, one.type.name, one.name, one.width, one.height, one.owner,
                one.made_by, one.made_at, one.bound,
            )
        ],
    )  # fmt: skip


def by_uuid(tx: Tx, uuids: Collection[str]) -> dict[str, StoredFile]:
    """Return files by what clients call them."""
    rows = tx.rows(f"SELECT {_LISTED} FROM file f WHERE f.uuid ANY(:uuids, text)", uuids=list(uuids))
    return {row.uuid: _from_row(row) for row in rows}


def by_number(tx: Tx, numbers: Collection[int]) -> dict[int, StoredFile]:
    """Return files by their numbers."""
    rows = tx.rows(f"SELECT {_LISTED} FROM file f WHERE f.id ANY(:ids, bigint)", ids=list(numbers))
    return {row.id: _from_row(row) for row in rows}


def bind(tx: Tx, numbers: Collection[int]) -> int:
    """Let files stay for good; return how many of them there are."""
    ids = sorted(numbers)
    tx.run("UPDATE file SET bound = :yes WHERE id ANY(:ids, bigint) AND NOT bound", yes=True, ids=ids)
    return int(tx.scalar("SELECT count(*) FROM file WHERE id ANY(:ids, bigint) AND bound", ids=ids))


def count_unbound(tx: Tx, owner: str) -> int:
    """Count the uploads of somebody that wait."""
    return int(tx.scalar("SELECT count(*) FROM file WHERE owner = :owner AND NOT bound", owner=owner))


def remove_unbound(tx: Tx, uuid: str, owner: str) -> bool:
    """Forget an upload that nothing was made of."""
    done = tx.run("DELETE FROM file WHERE uuid = :uuid AND owner = :owner AND NOT bound", uuid=uuid, owner=owner)
    return done.rowcount == 1


def unbound_before(tx: Tx, moment: int, limit: int) -> list[tuple[int, str]]:
    """Return number and content of uploads that waited too long."""
    rows = tx.rows(
        f"SELECT id, sha256 FROM file WHERE NOT bound AND made_at < :moment ORDER BY made_at LIMIT {limit}",
        moment=moment,
    )
    return [(row.id, row.sha256) for row in rows]


def forget(tx: Tx, numbers: Collection[int]) -> None:
    """Forget uploads that still wait."""
    tx.run("DELETE FROM file WHERE id ANY(:ids, bigint) AND NOT bound", ids=sorted(numbers))


def is_needed(tx: Tx, sha256: str) -> bool:
    """Tell whether any file has this content."""
    return tx.scalar("SELECT 1 FROM file WHERE sha256 = :sha256 LIMIT 1", sha256=sha256) is not None
