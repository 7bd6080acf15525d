"""Every statement about the rows of forms."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from mazhi.engines.forms.layout import MAIN, Slot
from mazhi.engines.forms.publishing.store import PLAIN, table_name
from mazhi.engines.forms.records.asking import Order, Where, pages
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.kernel.db import Tx, metadata

OWN = (
    "id",
    "version",
    "form_version",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "owner_id",
    "department_id",
)
LINE = ("id", "record_id", "position")


_OWN_TYPES = ("bigint", "integer", "integer", "bigint", "text", "bigint", "text", "bigint", "bigint")
_LINE_TYPES = ("bigint", "bigint", "integer")


def insert(tx: Tx, form_id: int, table: int, columns: Sequence[Slot], rows: Sequence[tuple[Any, ...]]) -> bool:
    """Insert rows of one table; each row is what every table has and then the columns' values.

    False if a unique value of one of them is taken; then not all rows are there, and the caller takes all back.
    """
    if not rows:
        return True
    fixed, types = (OWN, _OWN_TYPES) if table == MAIN else (LINE, _LINE_TYPES)
    names = [*fixed, *(slot.name for slot in columns)]
    declared = [*zip(fixed, types, strict=True), *((slot.name, PLAIN[slot.type]) for slot in columns)]
    listed, shape = ", ".join(names), ", ".join(f"{name} {type_}" for name, type_ in declared)
    done = tx.run(
        f"INSERT INTO {table_name(form_id, table)} ({listed}) SELECT {listed} FROM ROWS(:rows, {shape}) r "
        "WHERE 1 = 1 ON CONFLICT DO NOTHING",
        rows=[list(row) for row in rows],
    )
    return done.rowcount == len(rows)


def holders(tx: Tx, form_id: int, slot: Slot, values: Collection[Any]) -> dict[Any, int]:
    """Return which records hold some values of a unique column, by value."""
    owner = "id" if slot.table == MAIN else "record_id"
    rows = tx.rows(
        f"SELECT {slot.name} AS value, {owner} AS owner FROM {table_name(form_id, slot.table)} "
        f"WHERE {slot.name} ANY(:values, {PLAIN[slot.type]}) AND deleted_at IS NULL",
        values=list(values),
    )
    return {row.value: row.owner for row in rows}


def read(
    tx: Tx, form_id: int, columns: Sequence[Slot], reach: Reach, ids: Sequence[int], *, deleted: bool = False
) -> list[Any]:
    """Return records within somebody's reach, in the order of their ids; deleted ones only if asked for.

    A row is what all records have, then the columns, then for each grant whether it reaches the row.
    """
    names = ", ".join([*OWN, *(slot.name for slot in columns)])
    within = reach.rows("view")
    there = "1 = 1" if deleted else "deleted_at IS NULL"
    return list(
        tx.rows(
            f"SELECT {names}{reach.flags()} FROM {table_name(form_id, MAIN)} WHERE id ANY(:ids, bigint) "
            f"AND {there} AND {within.sql} ORDER BY id",
            ids=list(ids),
            **within.params,
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
    tx: Tx,
    form_id: int,
    columns: Sequence[Slot],
    reach: Reach,
    where: Where,
    order: Order,
    after: Sequence[Any] | None,
    limit: int,
) -> list[Any]:
    """Return up to ``limit`` records that fit and are within somebody's reach, in their order, from a place on.

    A row is what all records have, then the columns, then for each grant whether it reaches the row.
    """
    within = reach.rows("view")
    names = ", ".join([*OWN, *(slot.name for slot in columns)])
    way = "DESC" if order.down else "ASC"
    by = f"{order.slot.name} {way}, id {way}" if order.slot else f"id {way}"
    found: list[Any] = []
    for stretch, params in pages(order, after):
        if len(found) < limit:
            found += tx.rows(
                f"SELECT {names}{reach.flags()} FROM {table_name(form_id, MAIN)} WHERE deleted_at IS NULL "
                f"AND {stretch} AND {within.sql} AND {where.sql} ORDER BY {by} LIMIT {limit - len(found)}",
                **params,
                **where.params,
                **within.params,
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


record_change = Table(
    "record_change",
    metadata,
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("form_id", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("changes", Text, nullable=False),  # JSON: by the id of the field what it was and what it is
    sqlite_with_rowid=False,
)


def note_change(tx: Tx, form_id: int, number: int, version: int, at: int, by: str, action: str, changes: str) -> None:
    """Write down what was changed in a record, which made it this version."""
    tx.insert(
        record_change,
        [column.name for column in record_change.columns],
        [(number, version, form_id, at, by, action, changes)],
    )


def changes_of(tx: Tx, form_id: int, number: int) -> list[Any]:
    """Return what was changed in a record, newest first."""
    return list(
        tx.rows(
            "SELECT version, at, actor, action, changes FROM record_change "
            "WHERE record_id = :number AND form_id = :form ORDER BY version DESC",
            number=number,
            form=form_id,
        )
    )
