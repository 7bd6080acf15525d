"""From rows to records and back: the columns of a field together, sub-tables with their record, codes looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.layout import MAIN, Slot
from mazhi.engines.forms.model import Field, FieldKind, keeper
from mazhi.engines.forms.records import store
from mazhi.engines.forms.records.model import Row, flat
from mazhi.engines.forms.records.opened import Opened, codes_in
from mazhi.engines.forms.rights.compiling import Reach
from mazhi.engines.forms.rights.model import HIDDEN, State, mask
from mazhi.engines.forms.showing import Told, shown
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
        expanded: Of linked records the values, by the code of the field and their number, as far as they were asked
            for and the reader may see them.
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
    expanded: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)


def records(tx: Tx, opened: Opened, reach: Reach, rows: Sequence[Any]) -> list[Record]:
    """Complete records with the rows of their sub-tables, one statement a table, as the reader may see them.

    What the reader may see hangs on the grants that reach a record, and most records of a list are reached by the
    same ones: how they are shown is worked out once for each set of grants.
    """
    columns = opened.columns(MAIN)
    places = _places(columns, len(store.OWN))
    width = len(store.OWN) + len(columns)
    own = [tuple(row) for row in rows]
    held: dict[str, _Lines] = {}
    named: list[tuple[Mapping[str, tuple[int, ...]], Sequence[Sequence[Any]]]] = [(places, own)]
    for grid in opened.layout.grids:
        if grid.live and grid.number != MAIN and rows:
            inner = opened.columns(grid.number)
            found = [
                tuple(line) for line in store.read_lines(tx, opened.id, grid.number, inner, [row[0] for row in own])
            ]
            held[grid.field] = _Lines(_places(inner, len(store.LINE)), found)
            named.append((held[grid.field].places, found))
    told = codes_in(tx, opened, _named(opened, named))
    ways: dict[tuple[Any, ...], _Shown] = {}
    made = []
    for row, one in zip(rows, own, strict=True):
        flags = one[width:]
        if flags not in ways:
            reached = [place for place, flag in enumerate(flags) if flag]
            ways[flags] = _Shown.of(opened, reach, reached, places, held, told)
        how = ways[flags]
        made.append(
            Record(
                row.id, row.version, {code: read(one) for code, read in how.reads}, how.states, how.deletable,
                row.created_at, row.created_by, row.updated_at, row.updated_by,
            )
        )  # fmt: skip
    return made


_Read = Callable[[Sequence[Any]], Any]
"""From a row as the database gives it to the value of one field."""


@dataclass(slots=True)
class _Lines:
    """The rows of a sub-table: where each field stands in them, and those of each record."""

    places: Mapping[str, tuple[int, ...]]
    rows: Sequence[Sequence[Any]]
    by_record: dict[int, list[Sequence[Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.rows:
            self.by_record.setdefault(line[store.LINE.index("record_id")], []).append(line)


@dataclass(frozen=True, slots=True)
class _Shown:
    """How records are shown that the same grants reach: the fields that are seen, each with the way it is read."""

    reads: Sequence[tuple[str, _Read]]
    states: Mapping[str, State]
    deletable: bool

    @classmethod
    def of(
        cls,
        opened: Opened,
        reach: Reach,
        reached: Sequence[int],
        places: Mapping[str, tuple[int, ...]],
        held: Mapping[str, _Lines],
        told: Told,
    ) -> _Shown:
        fields = opened.form.fields
        states = states_of(fields, reach, reached)
        return cls(
            _reads(fields, states, places, held, told),
            {one.code: states[one.id] for one in flat(fields, field_kinds) if states[one.id] != "writable"},
            any("delete" in reach.grants[place].actions for place in reached),
        )


def _reads(
    fields: tuple[Field, ...],
    states: Mapping[str, State],
    places: Mapping[str, tuple[int, ...]],
    held: Mapping[str, _Lines],
    told: Told,
) -> list[tuple[str, _Read]]:
    """Return how the fields of one table are read: what is hidden is left out, what is masked is masked."""
    found = []
    for one in flat(fields, field_kinds):
        state, kind = states[one.id], field_kinds[one.kind]
        if state == "hidden":
            continue
        if kind.holds == "rows":
            lines = held[one.id]
            read = _lines(_reads(one.fields, states, lines.places, {}, told), lines.by_record)
        else:
            read = _value(keeper(one, field_kinds), places.get(one.id, ()), told)
        if state == "masked":
            # What is worked out is not known yet, and would tell what it is made of.
            read = _hidden if kind.derive else _masked(read, one.mask)
        found.append((one.code, read))
    return found


def _hidden(_row: Sequence[Any]) -> str:
    return HIDDEN


def _masked(read: _Read, style: str) -> _Read:
    return lambda row: mask(read(row), style)


def _value(kind: FieldKind, places: tuple[int, ...], told: Told) -> _Read:
    if len(places) != 1 or kind.reference is not None:
        return lambda row: shown(kind, tuple([row[place] for place in places]), told)
    (place,), show = places, kind.show
    return lambda row: None if row[place] is None else show((row[place],))


def _lines(reads: Sequence[tuple[str, _Read]], by_record: Mapping[int, Sequence[Sequence[Any]]]) -> _Read:
    return lambda row: [{code: read(line) for code, read in reads} for line in by_record.get(row[0], ())]


def _places(columns: Sequence[Slot], start: int) -> dict[str, tuple[int, ...]]:
    """Return where the columns of each field stand in a row that begins with others."""
    found: dict[str, tuple[int, ...]] = {}
    for place, slot in enumerate(columns, start):
        found[slot.field] = (*found.get(slot.field, ()), place)
    return found


def _named(
    opened: Opened, tables: Iterable[tuple[Mapping[str, tuple[int, ...]], Sequence[Sequence[Any]]]]
) -> Iterator[Row]:
    """Give of each row what names something else."""
    naming = {one.id for one in opened.form.walk() if field_kinds[one.kind].reference is not None}
    for places, rows in tables:
        some = [(key, place) for key, (place, *_) in places.items() if key in naming]
        if some:
            yield from ({key: (row[place],) for key, place in some} for row in rows)


def reached(opened: Opened, row: Any) -> list[int]:
    """Return which of the reader's grants reach a record, from a row as ``store.read`` gives it."""
    flags = tuple(row)[len(store.OWN) + len(opened.columns(MAIN)) :]
    return [place for place, flag in enumerate(flags) if flag]


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
