"""Every statement about the rows of forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mazhi.engines.forms.layout import MAIN, Slot
from mazhi.engines.forms.publishing.store import table_name
from mazhi.engines.forms.records.asking import Order, Where, pages
from mazhi.kernel.db import Tx

OWN = ("id", "version", "form_version", "created_at", "created_by", "updated_at", "updated_by")
LINE = ("id", "record_id", "position")


def insert(tx: Tx, form_id: int, table: int, columns: Sequence[Slot], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of one table; each row is what every table has and then the columns' values."""
    if not rows:
        return
    names = [*(OWN if table == MAIN else LINE), *(slot.name for slot in columns)]
    marks = ", ".join(f":v{place}" for place in range(len(names)))
    statement = f"INSERT INTO {table_name(form_id, table)} ({', '.join(names)}) VALUES ({marks})"
    for row in rows:
        tx.run(statement, **{f"v{place}": value for place, value in enumerate(row)})


def read(tx: Tx, form_id: int, columns: Sequence[Slot], ids: Sequence[int]) -> list[Any]:
    """Return records that are not deleted, in the order of their ids: what all have, then the columns."""
    names = ", ".join([*OWN, *(slot.name for slot in columns)])
    return list(
        tx.rows(
            f"SELECT {names} FROM {table_name(form_id, MAIN)} WHERE id ANY(:ids, bigint) AND deleted_at IS NULL "
            "ORDER BY id",
            ids=list(ids),
        )
    )


def read_lines(tx: Tx, form_id: int, table: int, columns: Sequence[Slot], records: Sequence[int]) -> list[Any]:
    """Return the rows of a sub-table of some records, in their order."""
    names = ", ".join([*LINE, *(slot.name for slot in columns)])
    return list(
        tx.rows(
            f"SELECT {names} FROM {table_name(form_id, table)} WHERE record_id ANY(:ids, bigint) "
            "AND deleted_at IS NULL ORDER BY record_id, position",
            ids=list(records),
        )
    )


def change(
    tx: Tx, form_id: int, number: int, version: int, columns: Sequence[Slot], values: Sequence[Any], *, at: int, by: str
) -> bool:
    """Change columns of the version of a record that the user saw; False if it has another one or is gone."""
    sets = "".join(f", {slot.name} = :v{place}" for place, slot in enumerate(columns))
    done = tx.run(
        f"UPDATE {table_name(form_id, MAIN)} SET version = version + 1, updated_at = :at, updated_by = :by{sets} "
        "WHERE id = :number AND version = :version AND deleted_at IS NULL",
        number=number, version=version, at=at, by=by,
        **{f"v{place}": value for place, value in enumerate(values)},
    )  # fmt: skip
    return done.rowcount == 1


def drop_lines(tx: Tx, form_id: int, table: int, number: int, at: int) -> None:
    """Take the rows of a sub-table out of a record; they stay in the table as deleted."""
    tx.run(
        f"UPDATE {table_name(form_id, table)} SET deleted_at = :at WHERE record_id = :number AND deleted_at IS NULL",
        number=number,
        at=at,
    )


def find(
    tx: Tx, form_id: int, columns: Sequence[Slot], where: Where, order: Order, after: Sequence[Any] | None, limit: int
) -> list[Any]:
    """Return up to ``limit`` records that fit, in their order, from a place on: what all have, then the columns."""
    names = ", ".join([*OWN, *(slot.name for slot in columns)])
    way = "DESC" if order.down else "ASC"
    by = f"{order.slot.name} {way}, id {way}" if order.slot else f"id {way}"
    found: list[Any] = []
    for stretch, params in pages(order, after):
        if len(found) < limit:
            found += tx.rows(
                f"SELECT {names} FROM {table_name(form_id, MAIN)} WHERE deleted_at IS NULL AND {stretch} "
                f"AND {where.sql} ORDER BY {by} LIMIT {limit - len(found)}",
                **params,
                **where.params,
            )
    return found


def delete(tx: Tx, form_id: int, number: int, version: int, *, at: int, by: str) -> bool:
    """Take the version of a record that the user saw out of use; it stays in the table."""
    done = tx.run(
        f"UPDATE {table_name(form_id, MAIN)} SET deleted_at = :at, version = version + 1, updated_at = :at, "
        "updated_by = :by WHERE id = :number AND version = :version AND deleted_at IS NULL",
        number=number, version=version, at=at, by=by,
    )  # fmt: skip
    return done.rowcount == 1
