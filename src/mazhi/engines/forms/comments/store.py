"""Every statement about comments; whether the reader may see the record stands within each of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.publishing.store import table_name
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.kernel.db import Tx, metadata

record_comment = Table(
    "record_comment",
    metadata,
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("form_id", BigInteger, nullable=False),
    Column("author_id", BigInteger, nullable=False),
    Column("author", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("mentions", Text, nullable=False),  # JSON list of user names
    Column("edited_at", BigInteger),
    Column("deleted_at", BigInteger),
    Column("version", Integer, nullable=False),
    sqlite_with_rowid=False,
)


def _visible(form_id: int, reach: Reach) -> tuple[str, dict[str, Any]]:
    within = reach.rows("view")
    return (
        f"EXISTS (SELECT 1 FROM {table_name(form_id, MAIN)} WHERE id = :record AND deleted_at IS NULL "
        f"AND {within.sql})",
        dict(within.params),
    )


def visible(tx: Tx, form_id: int, reach: Reach, number: int) -> bool:
    """Tell whether a record is there and within somebody's reach."""
    sql, params = _visible(form_id, reach)
    return bool(tx.scalar(f"SELECT 1 WHERE {sql}", record=number, **params))


def page(tx: Tx, form_id: int, reach: Reach, number: int, *, before: int | None, limit: int) -> list[Any]:
    """Return comments on a record that somebody may see, newest first."""
    sql, params = _visible(form_id, reach)
    from_ = " AND c.id < :before" if before is not None else ""
    if before is not None:
        params["before"] = before
    return list(
        tx.rows(
            "SELECT c.id, c.author_id, c.author, c.at, c.text, c.mentions, c.edited_at, c.deleted_at, u.name "
            "FROM record_comment c LEFT JOIN user_account u ON u.id = c.author_id "
            f"WHERE c.record_id = :record AND c.form_id = :form{from_} AND {sql} "
            f"ORDER BY c.id DESC LIMIT {int(limit)}",
            record=number,
            form=form_id,
            **params,
        )
    )


def insert(
    tx: Tx, form_id: int, number: int, comment: int, author_id: int, author: str, at: int, text: str,
    mentions: Sequence[str],
) -> None:  # fmt: skip
    """Write a comment."""
    tx.insert(
        record_comment,
        [column.name for column in record_comment.columns],
        [
            (
                number, comment, form_id, author_id, author, at, text, json.dumps(list(mentions), ensure_ascii=False),
                None, None, 1,
            )
        ],
    )  # fmt: skip


def get(tx: Tx, form_id: int, number: int, comment: int) -> Any:
    """Return a comment that was not deleted, None where there is none."""
    return tx.row(
        "SELECT id, author_id, author, text, mentions FROM record_comment "
        "WHERE record_id = :record AND id = :id AND form_id = :form AND deleted_at IS NULL",
        record=number,
        id=comment,
        form=form_id,
    )


def change(tx: Tx, number: int, comment: int, text: str, mentions: Sequence[str], at: int) -> None:
    """Change what a comment says."""
    tx.run(
        "UPDATE record_comment SET text = :text, mentions = :mentions, edited_at = :at, version = version + 1 "
        "WHERE record_id = :record AND id = :id",
        record=number, id=comment, text=text, mentions=json.dumps(list(mentions), ensure_ascii=False), at=at,
    )  # fmt: skip


def delete(tx: Tx, number: int, comment: int, at: int) -> None:
    """Note that a comment was deleted; it stays in the table."""
    tx.run(
        "UPDATE record_comment SET deleted_at = :at, version = version + 1 WHERE record_id = :record AND id = :id",
        record=number,
        id=comment,
        at=at,
    )
