"""Writing records that were prepared: their rows, those of their sub-tables, and what was changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN, Grid, Slot
from mazhi.engines.forms.live.entries import Entry, Row
from mazhi.engines.forms.live.plan import plan_of
from mazhi.engines.forms.model import Field, keeper
from mazhi.engines.forms.publishing.store import fill
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.model import Cleaned, flat
from mazhi.engines.forms.records.opened import Opened, codes_in
from mazhi.engines.forms.records.preparing import Prepared
from mazhi.engines.forms.records.saving import tell
from mazhi.engines.forms.rights.store import department_of
from mazhi.engines.forms.rules.judging import same
from mazhi.engines.forms.showing import Told, shown
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError


def lines_of(records: Sequence[Mapping[str, Any]]) -> int:
    """Return how many rows of sub-tables some records bring at the most."""
    return sum(len(value) for one in records for value in one.values() if isinstance(value, list))


def insert(tx: Tx, actor: Actor, opened: Opened, records: Sequence[Prepared], ids: Sequence[int]) -> None:
    """Add records; ``ids`` are their numbers and then those of the rows of their sub-tables.

    Raises:
        ConflictError: Somebody took a unique value at the same moment (code ``record_taken_meanwhile``).
    """
    now, spare = clock.now(), iter(ids[len(records) :])
    columns = opened.columns(MAIN)
    mine = department_of(tx, actor.user_id)
    fixed = (1, opened.version, now, actor.name, now, actor.name, actor.user_id, 0 if mine is None else mine.id)
    places = _places(columns)
    own = [(number, *fixed, *_values(places, one.entry.row)) for number, one in zip(ids, records, strict=False)]
    if not store.insert(tx, opened.id, MAIN, columns, own):
        raise ConflictError("record_taken_meanwhile")
    numbered = list(zip(ids, records, strict=False))
    for grid in opened.layout.grids:
        if grid.live and grid.number != MAIN:
            _insert_lines(tx, opened, grid, numbered, spare)
    tell(tx, actor, opened, [(number, _saved(one)) for number, one in numbered])


def update(tx: Tx, actor: Actor, opened: Opened, records: Sequence[Prepared], ids: Sequence[int]) -> None:
    """Write changes of records that are held, and note what they changed; ``ids`` are numbers for their rows.

    Raises:
        ConflictError: Somebody took a unique value at the same moment (code ``record_taken_meanwhile``).
    """
    now, spare = clock.now(), iter(ids)
    groups: dict[frozenset[str], list[Prepared]] = {}
    for one in records:
        groups.setdefault(frozenset(one.touched), []).append(one)
    numbered = [(one.stored.id, one) for one in records if one.stored is not None]
    try:
        for touched, some in groups.items():
            live, left = _columns(opened, MAIN, touched)
            places = _places(live)
            rows = [
                (one.stored.id if one.stored is not None else 0, *_values(places, one.entry.row), *[None] * len(left))
                for one in some
            ]
            store.change_many(tx, opened.id, [*live, *left], rows, at=now, by=actor.name)
        for grid in opened.layout.grids:
            if grid.live and grid.number != MAIN:
                given = [(number, one) for number, one in numbered if grid.field in one.tables]
                if given:
                    store.drop_lines(tx, opened.id, grid.number, [number for number, _ in given], now)
                    _insert_lines(tx, opened, grid, given, spare)
                _fill_lines(tx, opened, grid, [one for one in records if grid.field not in one.tables])
    except IntegrityError as error:
        raise ConflictError("record_taken_meanwhile") from error
    tell(tx, actor, opened, [(number, _saved(one)) for number, one in numbered])
    changes = _changes(tx, opened, records)
    told = [
        (one.stored.id, one.stored.version + 1, changes[place])
        for place, one in enumerate(records)
        if one.stored is not None
    ]
    store.note_changes(tx, opened.id, told, at=now, by=actor.name, action="change")


def _insert_lines(
    tx: Tx, opened: Opened, grid: Grid, records: Sequence[tuple[int, Prepared]], ids: Iterator[int]
) -> None:
    columns = opened.columns(grid.number)
    places = _places(columns)
    rows = [
        (next(ids), number, position, *_values(places, line.row))
        for number, one in records
        for position, line in enumerate(one.entry.lines.get(grid.field, ()))
    ]
    if not store.insert(tx, opened.id, grid.number, columns, rows):
        raise ConflictError("record_taken_meanwhile")


def _fill_lines(tx: Tx, opened: Opened, grid: Grid, records: Sequence[Prepared]) -> None:
    """Write what came to something else in rows that nobody has given."""
    groups: dict[frozenset[str], list[Entry]] = {}
    for one in records:
        for line in one.entry.lines.get(grid.field, ()):
            if line.before is not None:
                keys = line.row.keys() | line.before.keys()
                changed = frozenset(key for key in keys if not same(line.row.get(key), line.before.get(key)))
                groups.setdefault(changed, []).append(line)
    groups.pop(frozenset(), None)
    for touched, lines in groups.items():
        live, left = _columns(opened, grid.number, touched)
        places, nothing = _places(live), [None] * len(left)
        rows = [(line.mark, *_values(places, line.row), *nothing) for line in lines]
        fill(tx, opened.id, grid.number, [*live, *left], rows)


def _columns(opened: Opened, table: int, touched: Collection[str]) -> tuple[list[Slot], list[Slot]]:
    """Return the columns in which fields are written, and those that are emptied then.

    The latter are those that the fields had as other kinds: what stands there would be taken for their values. What
    the server works out takes nothing away: there stands what people wrote before the field was a formula.
    """
    computed = plan_of(opened.form).computed
    mine = [slot for slot in opened.layout.slots if slot.table == table and slot.field in touched]
    return [slot for slot in mine if slot.live], [slot for slot in mine if not slot.live and slot.field not in computed]


def _places(columns: Sequence[Slot]) -> list[tuple[str, int]]:
    """Return for each column its field, and which of the field's columns it is."""
    taken: dict[str, int] = {}
    found = []
    for slot in columns:
        place = taken.get(slot.field, 0)
        taken[slot.field] = place + 1
        found.append((slot.field, place))
    return found


def _values(places: Sequence[tuple[str, int]], row: Row) -> list[Any]:
    return [held[place] if (held := row.get(key)) else None for key, place in places]


def _saved(one: Prepared) -> Cleaned:
    """Return what is written of a record, for the kinds that want to know."""
    row = one.entry.row
    if one.stored is None:
        return Cleaned(row, {table: [line.row for line in lines] for table, lines in one.entry.lines.items() if lines})
    tables = {table: [line.row for line in one.entry.lines.get(table, ())] for table in one.tables}
    return Cleaned({key: row.get(key, ()) for key in one.touched}, tables)


def _changes(tx: Tx, opened: Opened, records: Sequence[Prepared]) -> list[str]:
    """Write for each record by the ids of the fields what they were and what they are."""
    pairs: list[list[tuple[Field, Any, Any]]] = []
    rows: list[Row] = []
    fields = list(flat(opened.form.fields, field_kinds))
    for one in records:
        found: list[tuple[Field, Any, Any]] = []
        before, after = one.stored.row if one.stored is not None else {}, one.entry.row
        for asked in fields:
            if field_kinds[asked.kind].holds == "rows":
                was, now = (
                    one.entry.lines_before.get(asked.id, []),
                    [line.row for line in one.entry.lines.get(asked.id, ())],
                )
                if len(was) != len(now) or any(_differ(*rows) for rows in zip(was, now, strict=True)):
                    found.append((asked, was, now))
                    rows += [*was, *now]
            elif not same(before.get(asked.id), after.get(asked.id)):
                found.append((asked, before.get(asked.id, ()), after.get(asked.id, ())))
                rows += [{asked.id: held} for held in (before.get(asked.id, ()), after.get(asked.id, ()))]
        pairs.append(found)
    told = codes_in(tx, opened, rows)
    return [
        json.dumps(
            {asked.id: {"from": _told(asked, was, told), "to": _told(asked, now, told)} for asked, was, now in found},
            ensure_ascii=False,
        )
        for found in pairs
    ]


def _differ(one: Row, other: Row) -> bool:
    return any(not same(one.get(key), other.get(key)) for key in one.keys() | other.keys())


def _told(asked: Field, held: Any, told: Told) -> Any:
    if field_kinds[asked.kind].holds == "rows":
        columns = list(flat(asked.fields, field_kinds))
        return [{one.code: _told(one, row.get(one.id, ()), told) for one in columns} for row in held]
    return shown(keeper(asked, field_kinds), held, told)
