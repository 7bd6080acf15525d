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
    tx: Tx,
    form_id: int,
    columns: Sequence[Slot],
    reach: Reach,
    ids: Sequence[int],
    *,
    deleted: bool = False,
    lock: bool = False,
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
            f"AND {there} AND {within.sql} ORDER BY id{' /*LOCK*/' if lock else ''}",
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


def change_many(
    tx: Tx, form_id: int, columns: Sequence[Slot], rows: Sequence[tuple[Any, ...]], *, at: int, by: str
) -> None:
    """Change columns of many records that are held: each row is the number and then the columns' values."""
    name = table_name(form_id, MAIN)
    sets = "".join(f", {slot.name} = r.{slot.name}" for slot in columns)
    declared = ", ".join(["id bigint", *(f"{slot.name} {PLAIN[slot.type]}" for slot in columns)])
    tx.run(
        f"UPDATE {name} SET version = version + 1, updated_at = :at, updated_by = :by{sets} "
        f"FROM ROWS(:rows, {declared}) r WHERE {name}.id = r.id",
        rows=[list(row) for row in rows],
        at=at,
        by=by,
    )


def drop_lines(tx: Tx, form_id: int, table: int, numbers: Sequence[int], at: int) -> None:
    """Take the rows of a sub-table out of records; they stay in the table as deleted."""
    tx.run(
        f"UPDATE {table_name(form_id, table)} SET deleted_at = :at "
        "WHERE record_id ANY(:numbers, bigint) AND deleted_at IS NULL",
        numbers=list(numbers),
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


def delete(tx: Tx, form_id: int, numbers: Sequence[int], *, at: int, by: str) -> None:
    """Take records that are held out of use; they stay in the table."""
    tx.run(
        f"UPDATE {table_name(form_id, MAIN)} SET deleted_at = :at, version = version + 1, updated_at = :at, "
        "updated_by = :by WHERE id ANY(:numbers, bigint)",
        numbers=list(numbers),
        at=at,
        by=by,
    )


def restore(tx: Tx, form_id: int, tables: Sequence[int], numbers: Sequence[int], *, at: int, by: str) -> None:
    """Take deleted records that are held into use again, with the rows that went with them."""
    main = table_name(form_id, MAIN)
    for table in tables:
        # Rows that were replaced before are of other moments, and stay where they are.
        tx.run(
            f"UPDATE {table_name(form_id, table)} SET deleted_at = NULL WHERE record_id ANY(:numbers, bigint) "
            f"AND deleted_at = (SELECT m.deleted_at FROM {main} m WHERE m.id = record_id)",
            numbers=list(numbers),
        )
    tx.run(
        f"UPDATE {main} SET deleted_at = NULL, version = version + 1, updated_at = :at, updated_by = :by "
        "WHERE id ANY(:numbers, bigint)",
        numbers=list(numbers),
        at=at,
        by=by,
    )


def clashes(tx: Tx, form_id: int, slot: Slot, numbers: Sequence[int]) -> list[Any]:
    """Return unique values of a sub-table that rows of deleted records had, and that stand elsewhere by now.

    Each is the value, the deleted record and the record that has it (``value``, ``record``, ``holder``).
    """
    lines = table_name(form_id, slot.table)
    return list(
        tx.rows(
            f"SELECT l.{slot.name} AS value, l.record_id AS record, o.record_id AS holder FROM {lines} l "
            f"JOIN {table_name(form_id, MAIN)} m ON m.id = l.record_id AND m.deleted_at = l.deleted_at "
            f"JOIN {lines} o ON o.{slot.name} = l.{slot.name} AND o.deleted_at IS NULL "
            "WHERE l.record_id ANY(:numbers, bigint) ORDER BY l.id",
            numbers=list(numbers),
        )
    )


def find_deleted(
    tx: Tx, form_id: int, columns: Sequence[Slot], reach: Reach, after: tuple[int, int] | None, limit: int
) -> list[Any]:
    """Return deleted records that somebody may delete, those deleted last first; ``after`` is when and which.

    A row is what all records have, then the columns, then for each grant whether it reaches the row. It was last
    updated when it was deleted.
    """
    within = reach.rows("delete")
    names = ", ".join([*OWN, *(slot.name for slot in columns)])
    begin = "" if after is None else "AND (deleted_at, id) < (:at, :number) "
    place = {} if after is None else {"at": after[0], "number": after[1]}
    return list(
        tx.rows(
            f"SELECT {names}{reach.flags()} FROM {table_name(form_id, MAIN)} "
            f"WHERE deleted_at IS NOT NULL {begin}AND {within.sql} ORDER BY deleted_at DESC, id DESC LIMIT {limit}",
            **place,
            **within.params,
        )
    )


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


def note_changes(
    tx: Tx, form_id: int, changes: Sequence[tuple[int, int, str]], *, at: int, by: str, action: str
) -> None:
    """Write down what was changed in records: the number, the version that it made, and what in JSON."""
    tx.insert(
        record_change,
        [column.name for column in record_change.columns],
        [(number, version, form_id, at, by, action, told) for number, version, told in changes],
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
