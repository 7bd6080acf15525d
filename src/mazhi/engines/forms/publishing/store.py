"""Every statement that makes or changes the tables of a form; the same text for SQLite and PostgreSQL but for types.

A form's own table is ``f_<form>``, that of a sub-table ``f_<form>_<number>``, a column ``c_<number>``: all names are
numbers, so that nothing a user types ever becomes part of a statement.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table

from mazhi.engines.forms.layout import (
    MAIN,
    AddSlot,
    Grid,
    Layout,
    MakeGrid,
    SetIndex,
    Slot,
    Step,
)
from mazhi.engines.forms.model import ColumnType
from mazhi.kernel.db import Tx, metadata
from mazhi.kernel.statements import Dialect

form_grid = Table(
    "form_grid",
    metadata,
    Column("form_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("field", String, nullable=False),
    Column("live", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

form_slot = Table(
    "form_slot",
    metadata,
    Column("form_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("grid", Integer, nullable=False),
    Column("field", String, nullable=False),
    Column("suffix", String, nullable=False),
    Column("type", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("left_version", Integer, nullable=False),
    Column("is_unique", Boolean, nullable=False),
    Column("is_indexed", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

_TYPES: dict[Dialect, dict[ColumnType, str]] = {
    "sqlite": {
        "text": "TEXT", "number": "BIGINT", "boolean": "BOOLEAN", "date": "TEXT", "moment": "BIGINT", "json": "TEXT",
        "reference": "BIGINT",
    },
    "postgresql": {
        "text": 'text COLLATE "C"', "number": "bigint", "boolean": "boolean", "date": 'text COLLATE "C"',
        "moment": "bigint", "json": "text", "reference": "bigint",
    },
}  # fmt: skip
PLAIN: dict[ColumnType, str] = {
    "text": "text", "number": "bigint", "boolean": "boolean", "date": "text", "moment": "bigint", "json": "text",
    "reference": "bigint",
}  # fmt: skip
"""The types by the names that lists of parameters are cast to."""

PAGE = 5_000
"""So many rows are read, converted and written back at once."""


def table_name(form_id: int, number: int) -> str:
    """Return the name of one of a form's tables."""
    return f"f_{form_id}" if number == MAIN else f"f_{form_id}_{number}"


def read_layout(tx: Tx, form_id: int) -> Layout:
    """Return the tables and columns that a form has."""
    grids = tx.rows("SELECT number, field, live FROM form_grid WHERE form_id = :form ORDER BY number", form=form_id)
    slots = tx.rows(
        "SELECT number, grid, field, suffix, type, kind, left_version, is_unique, is_indexed FROM form_slot "
        "WHERE form_id = :form ORDER BY number",
        form=form_id,
    )
    return Layout(
        tuple(Grid(row.number, row.field, bool(row.live)) for row in grids),
        tuple(
            Slot(
                row.number, row.grid, row.field, row.suffix, row.type, row.kind,
                row.left_version, bool(row.is_unique), bool(row.is_indexed),
            )
            for row in slots
        ),
    )  # fmt: skip


def write_layout(tx: Tx, form_id: int, layout: Layout) -> None:
    """Note the tables and columns that a form has now."""
    for table in ("form_grid", "form_slot"):
        tx.run(f"DELETE FROM {table} WHERE form_id = :form", form=form_id)
    tx.insert(
        form_grid,
        [column.name for column in form_grid.columns],
        [(form_id, grid.number, grid.field, grid.live) for grid in layout.grids],
    )
    tx.insert(
        form_slot,
        [column.name for column in form_slot.columns],
        [
            (
                form_id, slot.number, slot.table, slot.field, slot.suffix, slot.type, slot.kind,
                slot.left, slot.unique, slot.indexed,
            )
            for slot in layout.slots
        ],
    )  # fmt: skip


def change_tables(tx: Tx, form_id: int, step: Step) -> None:
    """Do what one step asks of the tables themselves; filling columns is not part of it."""
    match step:
        case MakeGrid(grid):
            _make(tx, table_name(form_id, grid.number), main=grid.number == MAIN)
        case AddSlot(slot):
            tx.run(
                f"ALTER TABLE {table_name(form_id, slot.table)} ADD COLUMN {slot.name} {_TYPES[tx.dialect][slot.type]}"
            )
        case SetIndex(before, after):
            _set_index(tx, form_id, before, after)
        case _:
            pass


def _make(tx: Tx, name: str, *, main: bool) -> None:
    big = "INTEGER" if tx.dialect == "sqlite" else "bigint"
    if main:
        tx.run(
            f"CREATE TABLE {name} (id {big} PRIMARY KEY, version integer NOT NULL, form_version integer NOT NULL, "
            "created_at bigint NOT NULL, created_by text NOT NULL, updated_at bigint NOT NULL, "
            "updated_by text NOT NULL, owner_id bigint NOT NULL, department_id bigint NOT NULL, deleted_at bigint)"
        )
        return
    tx.run(
        f"CREATE TABLE {name} (id {big} PRIMARY KEY, record_id bigint NOT NULL, position integer NOT NULL, "
        "deleted_at bigint)"
    )
    tx.run(f"CREATE INDEX {name}_record ON {name} (record_id, position)")


def _set_index(tx: Tx, form_id: int, before: Slot, after: Slot) -> None:
    name, table = f"ix_{form_id}_{before.name}", table_name(form_id, before.table)
    if before.unique or before.indexed:
        tx.run(f"DROP INDEX {name}")
    if after.unique:
        tx.run(f"CREATE UNIQUE INDEX {name} ON {table} ({after.name}) WHERE deleted_at IS NULL")
    elif after.indexed:
        tx.run(f"CREATE INDEX {name} ON {table} ({after.name}, id)")


def filled(tx: Tx, form_id: int, table: int, columns: Sequence[Slot]) -> Iterator[list[tuple[Any, ...]]]:
    """Give the rows in which any of these columns holds a value, page by page: the id and then the columns."""
    names = ", ".join(slot.name for slot in columns)
    some = " OR ".join(f"{slot.name} IS NOT NULL" for slot in columns)
    after = 0
    while True:
        page = tx.rows(
            f"SELECT id, {names} FROM {table_name(form_id, table)} WHERE id > :after AND ({some}) "
            f"ORDER BY id LIMIT {PAGE}",
            after=after,
        )
        if not page:
            return
        yield [tuple(row) for row in page]
        after = page[-1].id


def every(tx: Tx, form_id: int, columns: Sequence[Slot]) -> Iterator[list[tuple[Any, ...]]]:
    """Give all records, deleted ones too since they may come back, page by page: the id and then the columns."""
    names = "".join(f", {slot.name}" for slot in columns)
    after = 0
    while True:
        page = tx.tuples(
            f"SELECT id{names} FROM {table_name(form_id, MAIN)} WHERE id > :after ORDER BY id LIMIT {PAGE}",
            after=after,
        )
        if not page:
            return
        yield page
        after = page[-1][0]


def lines_between(
    tx: Tx, form_id: int, table: int, columns: Sequence[Slot], first: int, last: int
) -> list[tuple[Any, ...]]:
    """Return the rows of a sub-table of a range of records: the id, that of the record, and then the columns.

    Those of a deleted record are those that went with it.
    """
    names = "".join(f", l.{slot.name}" for slot in columns)
    return tx.tuples(
        f"SELECT l.id, l.record_id{names} FROM {table_name(form_id, table)} l "
        f"JOIN {table_name(form_id, MAIN)} m ON m.id = l.record_id "
        "WHERE l.record_id BETWEEN :first AND :last AND (l.deleted_at IS NULL OR l.deleted_at = m.deleted_at) "
        "ORDER BY l.record_id, l.position",
        first=first,
        last=last,
    )


def fill(tx: Tx, form_id: int, table: int, columns: Sequence[Slot], rows: Sequence[tuple[Any, ...]]) -> None:
    """Write columns of many rows: each row is the id and then the columns' values."""
    if not rows:
        return
    name = table_name(form_id, table)
    declared = ", ".join(["id bigint", *(f"{slot.name} {PLAIN[slot.type]}" for slot in columns)])
    sets = ", ".join(f"{slot.name} = r.{slot.name}" for slot in columns)
    tx.run(f"UPDATE {name} SET {sets} FROM ROWS(:rows, {declared}) r WHERE {name}.id = r.id", rows=rows)


def duplicates(tx: Tx, form_id: int, slot: Slot, limit: int) -> list[tuple[Any, list[int]]]:
    """Return values that stand in more than one record, each with the ids of up to ten of them."""
    name = table_name(form_id, slot.table)
    owner = "id" if slot.table == MAIN else "record_id"
    rows = tx.rows(
        f"SELECT {slot.name} AS value FROM {name} WHERE deleted_at IS NULL AND {slot.name} IS NOT NULL "
        f"GROUP BY {slot.name} HAVING count(*) > 1 ORDER BY {slot.name} LIMIT {limit}"
    )
    return [
        (
            row.value,
            [
                one.owner
                for one in tx.rows(
                    f"SELECT {owner} AS owner FROM {name} WHERE {slot.name} = :value AND deleted_at IS NULL "
                    "ORDER BY id LIMIT 10",
                    value=row.value,
                )
            ],
        )
        for row in rows
    ]
