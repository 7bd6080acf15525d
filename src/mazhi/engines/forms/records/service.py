"""What a user does with the records of a form."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN, Layout, Slot
from mazhi.engines.forms.model import Form, Values
from mazhi.engines.forms.model import read as read_form
from mazhi.engines.forms.publishing.store import read_layout
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.asking import Where, compile_filter, read_order
from mazhi.engines.forms.records.model import Cleaned, Row, clean, clean_changes, flat, show
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import ConflictError, NotFoundError, invalid
from mazhi.kernel.master_data.model import Page


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        id: Its number, unique among all forms.
        version: Grows by one with each change.
        values: By the codes of the fields of the form in force; empty ones are None.
        created_at: Moment, µs.
        created_by: Name of the user.
        updated_at: Moment, µs.
        updated_by: Name of the user.
    """

    id: int
    version: int
    values: Mapping[str, Any]
    created_at: int
    created_by: str
    updated_at: int
    updated_by: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A form as its records are written and read."""

    id: int
    version: int
    form: Form
    layout: Layout

    def columns(self, table: int) -> list[Slot]:
        """Return the columns of one table that are in use."""
        return [slot for slot in self.layout.slots if slot.table == table and slot.live]

    def by_code(self) -> dict[str, Slot]:
        """Return the first column of each field of the form itself, by the field's code."""
        found: dict[str, Slot] = {}
        codes = {one.id: one.code for one in flat(self.form.fields, field_kinds)}
        for slot in self.columns(MAIN):
            found.setdefault(codes[slot.field], slot)
        return found


class Records:
    """The records of every form of one database."""

    def __init__(self, db: Database, ids: Ids) -> None:
        """Work on that database, with numbers from ``ids``."""
        self._db = db
        self._ids = ids
        self._forms = Designs("form")

    def create(self, actor: Actor, app: str, form: str, values: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add records and return their numbers, all or none.

        Raises:
            NotFoundError: There is no such form, or it was never published.
            InvalidInputError: A value is wrong; every fault of the first wrong record is named.
        """
        with self._db.read() as tx:
            seen = self._open(tx, app, form)
        lines = sum(len(value) for one in values for value in one.values() if isinstance(value, list))
        ids = self._ids.take(len(values) + lines)
        with self._db.write() as tx:
            opened = seen if self._version(tx, seen.id) == seen.version else self._open(tx, app, form)
            cleaned = [clean(opened.form, one, field_kinds) for one in values]
            self._insert(tx, actor, opened, cleaned, ids)
        return list(ids[: len(values)])

    def get(self, app: str, form: str, ids: Sequence[int]) -> list[Record]:
        """Return records in the order of their numbers; unknown and deleted ones are missing."""
        with self._db.read() as tx:
            opened = self._open(tx, app, form)
            return _records(tx, opened, store.read(tx, opened.id, opened.columns(MAIN), ids))

    def find(
        self,
        app: str,
        form: str,
        *,
        filter_: object = None,
        sort: str | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> Page[Record]:
        """Return one page of the records that a filter lets through.

        Raises:
            InvalidInputError: Filter, order or place is wrong; every fault is named.
        """
        with self._db.read() as tx:
            opened = self._open(tx, app, form)
            columns = opened.columns(MAIN)
            by_code = opened.by_code()
            where = compile_filter(filter_, by_code) if filter_ is not None else Where("1 = 1", {})
            order = read_order(sort, by_code)
            rows = store.find(tx, opened.id, columns, where, order, _place(after), limit + 1)
            shown = _records(tx, opened, rows[:limit])
        if len(rows) <= limit:
            return Page(shown, None)
        last = rows[limit - 1]
        value = getattr(last, order.slot.name) if order.slot else None
        return Page(shown, json.dumps([value, last.id]))

    def delete(self, actor: Actor, app: str, form: str, number: int, version: int) -> None:
        """Take the version of a record that the user saw out of use; nothing of it is lost.

        Raises:
            ConflictError: Somebody changed or deleted it meanwhile (code ``record_conflict``).
        """
        with self._db.write() as tx:
            opened = self._open(tx, app, form)
            now = clock.now()
            if not store.delete(tx, opened.id, number, version, at=now, by=actor.name):
                raise ConflictError("record_conflict", item=str(number))
            for grid in opened.layout.grids:
                if grid.number != MAIN:
                    store.drop_lines(tx, opened.id, grid.number, number, now)

    def change(self, actor: Actor, app: str, form: str, number: int, version: int, values: Mapping[str, Any]) -> None:
        """Change the fields that ``values`` names, of the version of a record that the user saw.

        The rows of a sub-table are given whole.

        Raises:
            InvalidInputError: A value is wrong; every fault is named.
            ConflictError: Somebody changed or deleted it meanwhile (code ``record_conflict``).
        """
        lines = sum(len(value) for value in values.values() if isinstance(value, list))
        ids = iter(self._ids.take(lines) if lines else ())
        with self._db.write() as tx:
            opened = self._open(tx, app, form)
            self._version(tx, opened.id)
            cleaned = clean_changes(opened.form, values, field_kinds)
            # The columns that the field had as other kinds too: what stands there would be taken for its value.
            touched = [slot for slot in opened.layout.slots if slot.table == MAIN and slot.field in cleaned.own]
            written = {slot.number: value for slot, value in _placed(touched, cleaned.own)}
            now = clock.now()
            if not store.change(
                tx, opened.id, number, version, touched, [written.get(slot.number) for slot in touched],
                at=now, by=actor.name,
            ):  # fmt: skip
                raise ConflictError("record_conflict", item=str(number))
            for grid in opened.layout.grids:
                if grid.live and grid.field in cleaned.lines:
                    inner = opened.columns(grid.number)
                    store.drop_lines(tx, opened.id, grid.number, number, now)
                    rows = [
                        (next(ids), number, place, *_stored(inner, line))
                        for place, line in enumerate(cleaned.lines[grid.field])
                    ]
                    store.insert(tx, opened.id, grid.number, inner, rows)

    def _open(self, tx: Tx, app: str, form: str) -> Opened:
        design = self._forms.get(tx, f"{app}/{form}")
        if not design.version:
            raise ConflictError("form_not_published", item=form)
        body = self._forms.body(tx, design)
        return Opened(design.id, design.version, read_form(body, field_kinds), read_layout(tx, design.id))

    def _version(self, tx: Tx, form_id: int) -> int:
        """Return the version in force and let nobody publish another until this transaction ends."""
        share = " FOR SHARE" if tx.dialect == "postgresql" else ""
        found = tx.scalar(f"SELECT version FROM design WHERE id = :id{share}", id=form_id)
        if found is None:
            raise NotFoundError("unknown_form", item=str(form_id))
        return int(found)

    def _insert(self, tx: Tx, actor: Actor, opened: Opened, records: Sequence[Cleaned], ids: Sequence[int]) -> None:
        now, spare = clock.now(), iter(ids[len(records) :])
        columns = opened.columns(MAIN)
        own = [
            (number, 1, opened.version, now, actor.name, now, actor.name, *_stored(columns, one.own))
            for number, one in zip(ids, records, strict=False)
        ]
        store.insert(tx, opened.id, MAIN, columns, own)
        for grid in opened.layout.grids:
            if not grid.live or grid.number == MAIN:
                continue
            inner = opened.columns(grid.number)
            lines = [
                (next(spare), number, place, *_stored(inner, line))
                for number, one in zip(ids, records, strict=False)
                for place, line in enumerate(one.lines.get(grid.field, []))
            ]
            store.insert(tx, opened.id, grid.number, inner, lines)


def _place(after: str | None) -> list[Any] | None:
    """Read where a page begins, as the page before has said.

    Raises:
        InvalidInputError: It was not said by a page (code ``bad_after``).
    """
    if after is None:
        return None
    try:
        found: Any = json.loads(after)
    except ValueError:
        found = None
    good = isinstance(found, list) and len(found) == 2 and isinstance(found[1], int)
    if not good or isinstance(found[0], list | dict):
        raise invalid("/after", "record_bad_after")
    return list(found)


def _records(tx: Tx, opened: Opened, rows: Sequence[Any]) -> list[Record]:
    """Complete records with the rows of their sub-tables: one statement a table."""
    columns = opened.columns(MAIN)
    lines: dict[int, dict[str, list[Row]]] = {row.id: {} for row in rows}
    for grid in opened.layout.grids:
        if grid.live and grid.number != MAIN and rows:
            inner = opened.columns(grid.number)
            for line in store.read_lines(tx, opened.id, grid.number, inner, list(lines)):
                held = lines[line.record_id].setdefault(grid.field, [])
                held.append(_row(inner, tuple(line)[len(store.LINE) :]))
    return [
        Record(
            row.id, row.version,
            show(opened.form.fields, _row(columns, tuple(row)[len(store.OWN) :]), lines[row.id], field_kinds),
            row.created_at, row.created_by, row.updated_at, row.updated_by,
        )
        for row in rows
    ]  # fmt: skip


def _placed(columns: Sequence[Slot], row: Row) -> Iterator[tuple[Slot, Any]]:
    """Give each column in use with its value."""
    taken: dict[str, int] = {}
    for slot in columns:
        if slot.live:
            place = taken.get(slot.field, 0)
            taken[slot.field] = place + 1
            values = row.get(slot.field)
            yield slot, values[place] if values else None


def _stored(columns: Sequence[Slot], row: Row) -> list[Any]:
    """Put the values of a row in the order of the columns."""
    return [value for _, value in _placed(columns, row)]


def _row(columns: Sequence[Slot], values: Sequence[Any]) -> Row:
    """Gather the columns of one row by field."""
    found: dict[str, Values] = {}
    for slot, value in zip(columns, values, strict=True):
        found[slot.field] = (*found.get(slot.field, ()), value)
    return found
