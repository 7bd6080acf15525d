"""Records as they are stored, whole, for whoever is about to change them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.layout import MAIN, Slot
from mazhi.engines.forms.live.entries import Row
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.opened import Opened
from mazhi.engines.forms.records.rows import states_of
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.engines.forms.rights.model import State
from mazhi.kernel.db import Tx


@dataclass(slots=True)
class Stored:
    """A record as it is stored.

    Attributes:
        id: Its number.
        version: Its version.
        row: What its columns hold, by the ids of the fields.
        states: How whoever writes may use each field, by their ids; the same object for the same rights.
        deletable: Whether they may delete it.
        lines: The rows of its sub-tables with their numbers, by the ids of these.
    """

    id: int
    version: int
    row: Row
    states: Mapping[str, State]
    deletable: bool
    lines: dict[str, list[tuple[int, Row]]] = field(default_factory=dict)


def load(
    tx: Tx, opened: Opened, may: Reach, ids: Sequence[int], *, deleted: bool = False, lock: bool = True
) -> dict[int, Stored]:
    """Return records within somebody's reach, by their numbers, and hold them until the transaction ends."""
    columns = opened.columns(MAIN)
    width = len(store.OWN) + len(columns)
    ways: dict[tuple[Any, ...], tuple[Mapping[str, State], bool]] = {}
    found: dict[int, Stored] = {}
    for row in store.read(tx, opened.id, columns, may, ids, deleted=deleted, lock=lock):
        values = tuple(row)
        flags = values[width:]
        if flags not in ways:
            reached = [place for place, flag in enumerate(flags) if flag]
            deletable = any("delete" in may.grants[place].actions for place in reached)
            ways[flags] = (states_of(opened.form.fields, may, reached), deletable)
        states, deletable = ways[flags]
        found[row.id] = Stored(row.id, row.version, _row(columns, values[len(store.OWN) : width]), states, deletable)
    for grid in opened.layout.grids:
        if grid.live and grid.number != MAIN and found:
            inner = opened.columns(grid.number)
            for one in found.values():
                one.lines[grid.field] = []
            for line in store.read_lines(tx, opened.id, grid.number, inner, list(found)):
                row = _row(inner, tuple(line)[len(store.LINE) :])
                found[line.record_id].lines[grid.field].append((line.id, row))
    return found


def _row(columns: Sequence[Slot], values: Sequence[Any]) -> Row:
    """Gather the columns of one row by field; empty fields are left out."""
    found: Row = {}
    for slot, value in zip(columns, values, strict=True):
        found[slot.field] = (*found.get(slot.field, ()), value)
    return {key: held for key, held in found.items() if any(value is not None for value in held)}
