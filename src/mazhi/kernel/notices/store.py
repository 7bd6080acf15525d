"""Every statement about notices: all of them within one person's rows."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, String, Table, Text

from mazhi.kernel.db import Tx, metadata
from mazhi.kernel.notices import topics
from mazhi.kernel.notices.model import NewNotice, Notice

notice = Table(
    "notice",
    metadata,
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("kind", String, nullable=False),
    Column("params", Text, nullable=False),  # JSON
    Column("link", String, nullable=False),
    Column("read_at", BigInteger),
    sqlite_with_rowid=False,
)


def insert(tx: Tx, rows: Sequence[tuple[int, int, int, NewNotice]]) -> None:
    """Write notices: user, id, moment and what is told."""
    tx.insert(
        notice,
        [column.name for column in notice.columns],
        [
            (user, number, at, one.kind, json.dumps(dict(one.params), ensure_ascii=False), one.link, None)
            for user, number, at, one in rows
        ],
    )


def page(tx: Tx, user_id: int, *, unread: bool, before: int | None, limit: int) -> list[Notice]:
    """Return somebody's notices, newest first."""
    only = " AND read_at IS NULL" if unread else ""
    from_ = " AND id < :before" if before is not None else ""
    rows = tx.rows(
        f"SELECT id, at, kind, params, link, read_at FROM notice WHERE user_id = :user{only}{from_} "
        f"ORDER BY id DESC LIMIT {int(limit)}",
        user=user_id,
        **({} if before is None else {"before": before}),
    )
    return [Notice(row.kind, json.loads(row.params), row.link, row.id, row.at, row.read_at) for row in rows]


def one(tx: Tx, user_id: int, number: int) -> Notice | None:
    """Return one of somebody's notices."""
    row = tx.row(
        "SELECT id, at, kind, params, link, read_at FROM notice WHERE user_id = :user AND id = :id",
        user=user_id,
        id=number,
    )
    if row is None:
        return None
    return Notice(row.kind, json.loads(row.params), row.link, row.id, row.at, row.read_at)


def by_mail(tx: Tx, users: Collection[int], topic: str) -> set[int]:
    """Return which of some users get notices about something by mail; topic empty: any mail at all."""
    rows = tx.rows(
        "SELECT id, mails FROM user_account WHERE id ANY(:ids, bigint) AND active AND email <> ''", ids=sorted(users)
    )
    return {row.id for row in rows if (topic in topics.chosen(row.mails) if topic else row.mails != topics.NONE)}


def recipient(tx: Tx, user: int) -> Any:
    """Return the address of a user, the language, and what is wanted there; None where there is no address."""
    return tx.row(
        "SELECT email, mails, language FROM user_account WHERE id = :id AND active AND email <> '' AND mails <> :none",
        id=user,
        none=topics.NONE,
    )


def count_unread(tx: Tx, user_id: int, most: int) -> int:
    """Count what somebody has not read, up to a number."""
    return int(
        tx.scalar(
            "SELECT count(*) FROM (SELECT 1 FROM notice WHERE user_id = :user AND read_at IS NULL "
            f"LIMIT {int(most)}) n",
            user=user_id,
        )
    )


def mark_read(tx: Tx, user_id: int, ids: Collection[int] | None, at: int) -> None:
    """Note that somebody has read some notices, or all of them."""
    only = "" if ids is None else " AND id ANY(:ids, bigint)"
    tx.run(
        f"UPDATE notice SET read_at = :at WHERE user_id = :user AND read_at IS NULL{only}",
        user=user_id,
        at=at,
        **({} if ids is None else {"ids": list(ids)}),
    )
