"""Every statement about public links and what they have taken."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text

from mazhi.engines.forms.sharing.model import Link
from mazhi.kernel.db import Id, Key, Tx, metadata

form_link = Table(
    "form_link",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("form_id", BigInteger, nullable=False),
    Column("name", String, nullable=False),
    Column("token_hash", Key, nullable=False, unique=True),
    Column("role_id", BigInteger, nullable=False),
    Column("body", Text, nullable=False),  # JSON: fields, lookups, thanks
    Column("expires_at", BigInteger),
    Column("most", BigInteger),
    Column("used", BigInteger, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("created_by", String, nullable=False),
    Column("version", Integer, nullable=False),
)
Index("ix_form_link_form", form_link.c.form_id)

form_link_use = Table(
    "form_link_use",
    metadata,
    Column("link_id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_key", Key, primary_key=True),
    Column("at", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

form_link_rate = Table(
    "form_link_rate",
    metadata,
    Column("key", Key, primary_key=True),
    Column("since", BigInteger, primary_key=True, autoincrement=False),
    Column("times", Integer, nullable=False),
    sqlite_with_rowid=False,
)

_LISTED = (
    "l.id, l.form_id, l.name, l.token_hash, l.role_id, l.body, l.expires_at, l.most, l.used, l.active, l.created_at, "
    "l.created_by, l.version, r.code AS role"
)
_FROM = "FROM form_link l JOIN role r ON r.id = l.role_id"


def insert(tx: Tx, **values: Any) -> None:
    """Write a new link."""
    tx.insert(form_link, list(values), [tuple(values.values())])


def of_form(tx: Tx, form_id: int) -> list[Link]:
    """Return the links of a form, newest first."""
    return [
        _link(row) for row in tx.rows(f"SELECT {_LISTED} {_FROM} WHERE l.form_id = :f ORDER BY l.id DESC", f=form_id)
    ]


def get(tx: Tx, form_id: int, number: int) -> Link | None:
    """Return one link of a form."""
    row = tx.row(f"SELECT {_LISTED} {_FROM} WHERE l.form_id = :form AND l.id = :id", form=form_id, id=number)
    return None if row is None else _link(row)


def by_hash(tx: Tx, token_hash: str) -> tuple[Link, int, str, str] | None:
    """Return the link of a token with the number of its role, and code and name of its form."""
    row = tx.row(
        f"SELECT {_LISTED}, d.code AS form, d.name AS title {_FROM} JOIN design d ON d.id = l.form_id "
        "WHERE l.token_hash = :hash AND d.active",
        hash=token_hash,
    )
    return None if row is None else (_link(row), row.role_id, row.form, row.title)


def change(tx: Tx, number: int, version: int, values: Mapping[str, Any]) -> bool:
    """Change the version of a link that the user saw; False if it has another one."""
    sets = "".join(f", {name} = :{name}" for name in values)
    done = tx.run(
        f"UPDATE form_link SET version = version + 1{sets} WHERE id = :number AND version = :seen",
        number=number,
        seen=version,
        **values,
    )
    return done.rowcount == 1


def reserve(tx: Tx, number: int, client_key: str, now: int) -> bool | None:
    """Count a record of a link before it is written: True if it is new, None if it was counted before.

    False if the link takes no more: then the caller takes all back.
    """
    done = tx.run(
        "INSERT INTO form_link_use (link_id, client_key, at) VALUES (:link, :key, :now) ON CONFLICT DO NOTHING",
        link=number, key=client_key, now=now,
    )  # fmt: skip
    if not done.rowcount:
        return None
    counted = tx.run(
        "UPDATE form_link SET used = used + 1 WHERE id = :link AND active AND (most IS NULL OR used < most) "
        "AND (expires_at IS NULL OR expires_at > :now)",
        link=number,
        now=now,
    )
    return counted.rowcount == 1


def give_back(tx: Tx, number: int, client_key: str) -> None:
    """Take back what was counted for a record that was refused."""
    done = tx.run("DELETE FROM form_link_use WHERE link_id = :link AND client_key = :key", link=number, key=client_key)
    if done.rowcount:
        tx.run("UPDATE form_link SET used = used - 1 WHERE id = :link", link=number)


def count(tx: Tx, key: str, since: int) -> int:
    """Count one more of something in a window of time, and forget the windows before."""
    tx.run("DELETE FROM form_link_rate WHERE key = :key AND since < :since", key=key, since=since)
    return int(
        tx.scalar(
            "INSERT INTO form_link_rate (key, since, times) VALUES (:key, :since, 1) "
            "ON CONFLICT (key, since) DO UPDATE SET times = form_link_rate.times + 1 RETURNING times",
            key=key,
            since=since,
        )
    )


def sweep(tx: Tx, since: int) -> None:
    """Forget what was counted in windows that are long over."""
    tx.run("DELETE FROM form_link_rate WHERE since < :since", since=since)


def role(tx: Tx, code: str) -> int | None:
    """Return the number of a role; None where there is none."""
    found: int | None = tx.scalar("SELECT id FROM role WHERE code = :code", code=code)
    return found


def options(tx: Tx, table: str, text: str, last: str, limit: int) -> list[Any]:
    """Return code and name of rows of a table of master data whose code or name begins with a text."""
    return list(
        tx.rows(
            f"SELECT code, name FROM {table} WHERE active AND ((code >= :text AND code <= :last) OR "
            f"(name >= :text AND name <= :last)) ORDER BY code LIMIT {int(limit)}",
            text=text,
            last=last,
        )
    )


def _link(row: Any) -> Link:
    body = json.loads(row.body)
    return Link(
        id=row.id, name=row.name, role=row.role, fields=body["fields"], lookups=body["lookups"],
        expires_at=row.expires_at, most=row.most, used=row.used, active=bool(row.active), thanks=body["thanks"],
        created_at=row.created_at, created_by=row.created_by, version=row.version,
    )  # fmt: skip
