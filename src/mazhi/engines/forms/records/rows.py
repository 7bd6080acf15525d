"""From rows to records and back: the columns of a field together, sub-tables with their record, codes looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN, Slot
from mazhi.engines.forms.model import Field, Values
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.model import Row, flat, show
from mazhi.engines.forms.records.opened import Opened, codes_in
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.engines.forms.rights.model import HIDDEN, State, mask
from mazhi.kernel.db import Tx


@dataclass(frozen=True, slots=True)
class Record:
    """One record.

    Attributes:
        id: Its number, unique among all forms.
        version: Grows by one with each change.
        values: By the codes of the fields of the form in force; empty ones are None, hidden ones missing.
        states: The fields that the reader may not simply write, by their codes.
        deletable: Whether the reader may delete it.
        created_at: Moment, µs.
        created_by: Name of the user.
        updated_at: Moment, µs.
        updated_by: Name of the user.
        titles: Of linked records what they are called, by the id of the field and their number; those alone that the
            reader may see.
    """

    id: int
    version: int
    values: Mapping[str, Any]
    states: Mapping[str, State]
    deletable: bool
    created_at: int
    created_by: str
    updated_at: int
    updated_by: str
    titles: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def records(tx: Tx, opened: Opened, reach: Reach, rows: Sequence[Any]) -> list[Record]:
    """Complete records with the rows of their sub-tables, one statement a table, as the reader may see them."""
    columns = opened.columns(MAIN)
    lines: dict[int, dict[str, list[Row]]] = {row.id: {} for row in rows}
    for grid in opened.layout.grids:
        if grid.live and grid.number != MAIN and rows:
            inner = opened.columns(grid.number)
            for line in store.read_lines(tx, opened.id, grid.number, inner, list(lines)):
                held = lines[line.record_id].setdefault(grid.field, [])
                held.append(_row(inner, tuple(line)[len(store.LINE) :]))
    width = len(store.OWN) + len(columns)
    own = [_row(columns, tuple(row)[len(store.OWN) : width]) for row in rows]
    inner_rows = [line for held in lines.values() for some in held.values() for line in some]
    codes = codes_in(tx, opened, [*own, *inner_rows])
    found = []
    for row, values in zip(rows, own, strict=True):
        reached = [place for place, flag in enumerate(tuple(row)[width:]) if flag]
        shown = show(opened.form.fields, values, lines[row.id], field_kinds, codes)
        states = states_of(opened.form.fields, reach, reached)
        outer = list(flat(opened.form.fields, field_kinds))
        found.append(
            Record(
                row.id, row.version, veil(opened.form.fields, shown, states),
                {one.code: states[one.id] for one in outer if states[one.id] != "writable"},
                any("delete" in reach.grants[place].actions for place in reached),
                row.created_at, row.created_by, row.updated_at, row.updated_by,
            )
        )  # fmt: skip
    return found


def states_of(fields: tuple[Field, ...], reach: Reach, reached: Sequence[int]) -> dict[str, State]:
    """Return how each field of a record may be used, at any depth.

    It is seen by the grants that allow to view, and written by those that allow to change.
    """
    found: dict[str, State] = {}
    for one in flat(fields, field_kinds):
        seen = reach.state(one.id, reached, "view")
        written = reach.state(one.id, reached, "change")
        found[one.id] = "writable" if written == "writable" else ("read_only" if seen == "writable" else seen)
        found |= states_of(one.fields, reach, reached)
    return found


def veil(fields: tuple[Field, ...], shown: Mapping[str, Any], states: Mapping[str, State]) -> dict[str, Any]:
    """Leave out what is hidden and mask what is masked."""
    found: dict[str, Any] = {}
    for one in flat(fields, field_kinds):
        state, value = states[one.id], shown.get(one.code)
        if state == "hidden":
            continue
        if state == "masked":
            # What is worked out is not known yet, and would tell what it is made of.
            found[one.code] = HIDDEN if field_kinds[one.kind].derive else mask(value, one.mask)
        elif isinstance(value, list) and field_kinds[one.kind].holds == "rows":
            found[one.code] = [veil(one.fields, row, states) for row in value]
        else:
            found[one.code] = value
    return found


def placed(columns: Sequence[Slot], row: Row) -> Iterator[tuple[Slot, Any]]:
    """Give each column in use with its value."""
    taken: dict[str, int] = {}
    for slot in columns:
        if slot.live:
            place = taken.get(slot.field, 0)
            taken[slot.field] = place + 1
            values = row.get(slot.field)
            yield slot, values[place] if values else None


def stored(columns: Sequence[Slot], row: Row) -> list[Any]:
    """Put the values of a row in the order of the columns."""
    return [value for _, value in placed(columns, row)]


def _row(columns: Sequence[Slot], values: Sequence[Any]) -> Row:
    """Gather the columns of one row by field."""
    found: dict[str, Values] = {}
    for slot, value in zip(columns, values, strict=True):
        found[slot.field] = (*found.get(slot.field, ()), value)
    return found
