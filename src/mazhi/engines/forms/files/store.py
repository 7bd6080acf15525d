"""Every statement about the files of records."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import BigInteger, Column, Index, String, Table

from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.publishing.store import table_name
from mazhi.engines.forms.records.asking import Where
from mazhi.kernel.db import Tx, metadata

record_file = Table(
    "record_file",
    metadata,
    Column("record_id", BigInteger, primary_key=True, autoincrement=False),
    Column("field", String, primary_key=True),
    Column("file_id", BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Rows are only ever added: what a record had once stays within reach of its history."""
Index("record_file_file", record_file.c.file_id)


def note(tx: Tx, field: str, pairs: Collection[tuple[int, int]]) -> None:
    """Write down which records have which files in a field."""
    tx.run(
        "INSERT INTO record_file (record_id, field, file_id) "
        "SELECT r.record_id, :field, r.file_id FROM ROWS(:rows, record_id bigint, file_id bigint) r "
        "WHERE 1 = 1 ON CONFLICT DO NOTHING",
        field=field,
        rows=sorted(pairs),
    )


def fields_with(tx: Tx, files: Collection[int], record: int | None = None) -> set[str]:
    """Return the ids of the fields in which files stand, or ever stood: in any record, or in one."""
    one = "" if record is None else " AND record_id = :record"
    rows = tx.rows(
        f"SELECT DISTINCT field FROM record_file WHERE file_id ANY(:files, bigint){one}",
        files=list(files),
        **({} if record is None else {"record": record}),
    )
    return {row.field for row in rows}


def forms_of(tx: Tx, fields: Collection[str]) -> list[str]:
    """Return the forms (``qc/card``) that have some fields, or ever had."""
    rows = tx.rows(
        "SELECT DISTINCT d.code FROM form_slot s JOIN design d ON d.id = s.form_id WHERE s.field ANY(:fields, text)",
        fields=list(fields),
    )
    return [row.code for row in rows]


def code_of(tx: Tx, form_id: int) -> str:
    """Return what a form is called (``qc/card``)."""
    return str(tx.scalar("SELECT code FROM design WHERE id = :id", id=form_id))


def seen(
    tx: Tx, form_id: int, files: Collection[int], within: Where, fields: Where, record: int | None = None
) -> set[int]:
    """Return which of some files a reader may have: those of rows within reach, in fields that are seen whole there.

    ``fields`` is a condition on the field ``u.field`` and the row around it; a record narrows it to one. What a record
    had once counts like what it has, and a deleted one like others: its history tells of it.
    """
    one = "" if record is None else " AND u.record_id = :record"
    rows = tx.rows(
        f"SELECT DISTINCT u.file_id FROM record_file u JOIN {table_name(form_id, MAIN)} r ON r.id = u.record_id "
        f"WHERE u.file_id ANY(:files, bigint){one} AND {within.sql} AND {fields.sql}",
        files=list(files),
        **({} if record is None else {"record": record}),
        **within.params,
        **fields.params,
    )
    return {row.file_id for row in rows}
