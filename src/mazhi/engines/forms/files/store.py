"""Every statement about the files of records."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

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
    Column("form_id", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
"""Rows are only ever added: what a record had once stays within reach of its history."""
Index("record_file_file", record_file.c.file_id)


def note(tx: Tx, form_id: int, field: str, pairs: Collection[tuple[int, int]]) -> None:
    """Write down that records have files in a field."""
    tx.run(
        "INSERT INTO record_file (record_id, field, file_id, form_id) "
        "SELECT r.record_id, :field, r.file_id, :form FROM ROWS(:rows, record_id bigint, file_id bigint) r "
        "WHERE 1 = 1 ON CONFLICT DO NOTHING",
        field=field,
        form=form_id,
        rows=sorted(pairs),
    )


def forms_with(tx: Tx, files: Collection[int]) -> dict[int, set[int]]:
    """Return in which forms there are records that have files, by the number of the file."""
    rows = tx.rows("SELECT DISTINCT file_id, form_id FROM record_file WHERE file_id ANY(:files, bigint)", files=files)
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row.file_id, set()).add(row.form_id)
    return found


def codes_of_forms(tx: Tx, forms: Collection[int]) -> dict[int, str]:
    """Return what forms are called (``qc/card``), by their numbers."""
    rows = tx.rows("SELECT id, code FROM design WHERE id ANY(:ids, bigint)", ids=list(forms))
    return {row.id: row.code for row in rows}


def seen(
    tx: Tx, form_id: int, files: Collection[int], within: Where, fields: str, params: Mapping[str, Any],
    record: int | None = None,
) -> Sequence[int]:  # fmt: skip
    """Return which files a reader may have: through rows within reach, in fields that are seen whole there.

    ``fields`` is a condition on ``field``; a record narrows it to one.
    """
    one = "1 = 1" if record is None else "id = :record"
    rows = tx.rows(
        f"SELECT DISTINCT u.file_id FROM record_file u JOIN (SELECT * FROM {table_name(form_id, MAIN)} "
        f"WHERE {one} AND {within.sql}) r ON r.id = u.record_id "
        f"WHERE u.form_id = :form AND u.file_id ANY(:files, bigint) AND {fields}",
        form=form_id,
        files=list(files),
        **({} if record is None else {"record": record}),
        **within.params,
        **params,
    )
    return [row.file_id for row in rows]
