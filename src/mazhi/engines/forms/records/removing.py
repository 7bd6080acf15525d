"""Deleting records, what is deleted, and taking it into use again."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.engines.forms.layout import MAIN
from mazhi.engines.forms.live.entries import Row
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.deriving import records
from mazhi.engines.forms.records.loading import Stored, load
from mazhi.engines.forms.records.opened import Opened, shown, taken
from mazhi.engines.forms.records.paging import read_place
from mazhi.engines.forms.records.rows import Record
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, NotFoundError, Problem, invalid
from mazhi.kernel.master_data.model import Page


@dataclass(frozen=True, slots=True)
class Removed:
    """A deleted record.

    Attributes:
        record: As it was, as its reader may see it.
        deleted_at: Moment, µs.
        deleted_by: Name of the user.
    """

    record: Record
    deleted_at: int
    deleted_by: str


def delete(tx: Tx, actor: Actor, opened: Opened, may: Reach, numbers: Sequence[tuple[int, int]]) -> None:
    """Take records out of use, each the version that the user saw.

    Raises:
        NotFoundError: One of them is not within the user's reach.
        ForbiddenError: The user may not delete one of them.
        ConflictError: One of them was changed meanwhile.
    """
    versions: Mapping[int, int] = dict(numbers)
    held = load(tx, opened, may, list(versions))
    _refuse_missing(versions, held)
    may.places("delete")
    if not all(one.deletable for one in held.values()):
        raise ForbiddenError("no_form_right", action="delete")
    late = [number for number, version in versions.items() if held[number].version != version]
    if late:
        problems = [Problem("record_conflict", {}, f"/{list(versions).index(key)}", item=str(key)) for key in late]
        raise ConflictError("record_conflict", problems=problems if len(versions) > 1 else (), item=str(late[0]))
    now = clock.now()
    store.delete(tx, opened.id, list(versions), at=now, by=actor.name)
    for grid in opened.layout.grids:
        if grid.number != MAIN:
            store.drop_lines(tx, opened.id, grid.number, list(versions), now)
    _note(tx, actor, opened, held, "delete", now)


def deleted(tx: Tx, opened: Opened, may: Reach, after: str | None, limit: int) -> Page[Removed]:
    """Return one page of deleted records that the user may delete, those deleted last first."""
    place = read_place(after)
    if place is not None and not isinstance(place[0], int):
        raise invalid("/after", "record_bad_after")
    begin = None if place is None else (place[0], place[1])
    rows = store.find_deleted(tx, opened.id, opened.columns(MAIN), may, begin, limit + 1)
    shown = records(tx, opened, may, rows[:limit])
    found = [Removed(one, row.updated_at, row.updated_by) for one, row in zip(shown, rows[:limit], strict=True)]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(found, None if last is None else json.dumps([last.updated_at, last.id]))


def restore(tx: Tx, actor: Actor, opened: Opened, may: Reach, numbers: Sequence[int]) -> None:
    """Take deleted records into use again.

    Raises:
        NotFoundError: One of them is not among the deleted ones within the user's reach.
        ForbiddenError: The user may not delete one of them.
        ConflictError: A value that must be unique stands elsewhere by now (code ``record_duplicates``).
    """
    may.places("delete")
    there = load(tx, opened, may, numbers, lock=False)
    held = {key: one for key, one in load(tx, opened, may, numbers, deleted=True).items() if key not in there}
    _refuse_missing({number: 0 for number in numbers}, held)
    if not all(one.deletable for one in held.values()):
        raise ForbiddenError("no_form_right", action="delete")
    live = [grid for grid in opened.layout.grids if grid.live and grid.number != MAIN]
    rows: list[tuple[int, int, str, Row]] = [
        (place, number, "/values", held[number].row) for place, number in enumerate(held)
    ]
    problems = [problem for _, problem in taken(tx, opened, MAIN, rows)] + _lines_taken(tx, opened, list(held))
    if problems:
        raise ConflictError("record_duplicates", problems=problems)
    now = clock.now()
    store.restore(tx, opened.id, [grid.number for grid in live], list(held), at=now, by=actor.name)
    _note(tx, actor, opened, held, "restore", now)


def _lines_taken(tx: Tx, opened: Opened, numbers: Sequence[int]) -> list[Problem]:
    """Return what stands in the way of rows of sub-tables that come back with their records."""
    fields = {one.id: one for one in opened.form.walk()}
    tables = {grid.number: fields[grid.field] for grid in opened.layout.grids if grid.live and grid.number != MAIN}
    problems = []
    for slot in opened.layout.slots:
        if slot.unique and slot.live and slot.table in tables:
            one = fields[slot.field]
            problems += [
                Problem(
                    "record_duplicate",
                    {"field": one.title, "value": shown(tx, slot, row.value), "record": row.holder},
                    f"/values/{tables[slot.table].code}",
                )
                for row in store.clashes(tx, opened.id, slot, numbers)
            ]
    return problems


def _refuse_missing(wanted: Mapping[int, Any], held: Mapping[int, Stored]) -> None:
    missing = [number for number in wanted if number not in held]
    if missing:
        raise NotFoundError("unknown_record", item="、".join(map(str, missing[:10])))


def _note(tx: Tx, actor: Actor, opened: Opened, held: Mapping[int, Stored], action: str, at: int) -> None:
    changes = [(one.id, one.version + 1, "{}") for one in held.values()]
    store.note_changes(tx, opened.id, changes, at=at, by=actor.name, action=action)
