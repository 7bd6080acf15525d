"""Where a form's values are kept: its tables and columns, and how they change from one version to the next.

Nothing is ever taken away. A field that is deleted only leaves the layout: its columns stay, and come back with
their values when the field does. A field of another kind gets new columns, which are filled from the old ones; these
keep their values too, until somebody changes the value in that record. So what still stands in a column that is not
in use is what the record says, even where a later kind could not take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mazhi.engines.forms.model import ColumnType, Field, FieldKind, Form, keeper
from mazhi.kernel.registry import Registry

MAIN = 0
"""The number of the form's own table."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One column of a form's table.

    Attributes:
        number: Unique within the form and never used again; the column is ``c_<number>``.
        table: The number of its table.
        field: The id of the field that it belongs to.
        suffix: Which of the field's columns it is.
        type: What it holds.
        kind: The kind of field that wrote its values.
        left: The version of the form that left it; 0 while it is in use.
        unique: Whether an index lets no two records share its value.
        indexed: Whether it has an index of another kind.
    """

    number: int
    table: int
    field: str
    suffix: str
    type: ColumnType
    kind: str
    left: int = 0
    unique: bool = False
    indexed: bool = False

    @property
    def name(self) -> str:
        """The name of its column."""
        return f"c_{self.number}"

    @property
    def live(self) -> bool:
        """Whether the version in force uses it."""
        return self.left == 0


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a form: its own (number 0), or that of a sub-table.

    Attributes:
        number: Unique within the form and never used again.
        field: The id of the sub-table's field; empty for the form's own table.
        live: Whether the version in force uses it.
    """

    number: int
    field: str
    live: bool = True


@dataclass(frozen=True, slots=True)
class Layout:
    """All tables and columns that a form has or ever had."""

    grids: tuple[Grid, ...] = ()
    slots: tuple[Slot, ...] = ()

    def grid_of(self, field: str) -> Grid | None:
        """Return the table of a sub-table's field, or with an empty id the form's own."""
        return next((grid for grid in self.grids if grid.field == field), None)

    def live_slots(self, field: str, table: int) -> tuple[Slot, ...]:
        """Return the columns that a field has now, in the order of its kind."""
        return tuple(slot for slot in self.slots if slot.field == field and slot.table == table and slot.live)


@dataclass(frozen=True, slots=True)
class MakeGrid:
    """Make a table."""

    grid: Grid


@dataclass(frozen=True, slots=True)
class ShowGrid:
    """Use a table again that an earlier version had."""

    grid: Grid


@dataclass(frozen=True, slots=True)
class HideGrid:
    """Leave a table alone from now on."""

    grid: Grid


@dataclass(frozen=True, slots=True)
class AddSlot:
    """Add a column."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class ShowSlot:
    """Use a column again, with the values that it had."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class HideSlot:
    """Leave a column alone from now on."""

    slot: Slot


@dataclass(frozen=True, slots=True)
class Convert:
    """Fill a field's columns from those that it had as other kinds.

    Attributes:
        field: As it is now.
        table: The number of its table.
        sources: The columns of each kind that it had, the last one first; each names the kind that wrote it.
        new: The columns that it has.
    """

    field: Field
    table: int
    sources: tuple[tuple[Slot, ...], ...]
    new: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class SetIndex:
    """Give a column the index that it should have, or none."""

    before: Slot
    after: Slot


Step = MakeGrid | ShowGrid | HideGrid | AddSlot | ShowSlot | HideSlot | Convert | SetIndex


@dataclass(frozen=True, slots=True)
class Placed:
    """A field that stores values, and the id of the sub-table that it stands in (empty: the form itself)."""

    field: Field
    within: str


def placed(form: Form, kinds: Registry[FieldKind]) -> Iterator[Placed]:
    """Give every field that stores values, with where it stands."""
    yield from _placed(form.fields, "", kinds)


def _placed(fields: tuple[Field, ...], within: str, kinds: Registry[FieldKind]) -> Iterator[Placed]:
    for one in fields:
        holds = kinds[one.kind].holds
        if holds == "value":
            yield Placed(one, within)
        else:
            yield from _placed(one.fields, one.id if holds == "rows" else within, kinds)


def tables(form: Form, kinds: Registry[FieldKind]) -> list[str]:
    """Return the ids of the fields that have a table of their own, the form itself first as an empty id."""
    return ["", *(one.id for one in form.walk() if kinds[one.kind].holds == "rows")]


class _Planning:
    """Works out the steps from one layout to the next."""

    def __init__(self, layout: Layout, version: int, kinds: Registry[FieldKind]) -> None:
        self._version = version
        self._kinds = kinds
        self.grids = list(layout.grids)
        self.slots = {slot.number: slot for slot in layout.slots}
        self.steps: list[Step] = []

    def set_grids(self, wanted: list[str]) -> None:
        for place, grid in enumerate(self.grids):
            if grid.live != (grid.field in wanted):
                self.grids[place] = replace(grid, live=not grid.live)
                self.steps.append((HideGrid if grid.live else ShowGrid)(self.grids[place]))
        known = {grid.field for grid in self.grids}
        for one in wanted:
            if one not in known:
                grid = Grid(max((grid.number for grid in self.grids), default=-1) + 1, one)
                self.grids.append(grid)
                self.steps.append(MakeGrid(grid))

    def table(self, within: str) -> int:
        return next(grid.number for grid in self.grids if grid.field == within)

    def hide_others(self, wanted: set[tuple[str, int]]) -> None:
        for slot in list(self.slots.values()):
            if slot.live and (slot.field, slot.table) not in wanted:
                self._hide(slot)

    def set_field(self, one: Placed) -> None:
        table = self.table(one.within)
        shape = _shape(one.field, self._kinds)
        mine = [slot for slot in self.slots.values() if (slot.field, slot.table) == (one.field.id, table)]
        # What it has now, or what it had when it was deleted.
        source = [slot for slot in mine if slot.live] or _last_used(mine)
        if [(slot.suffix, slot.type) for slot in source] == shape and all(self._fits(one, slot) for slot in source):
            chosen = [self._show(slot) for slot in source]
        else:
            chosen = self._take(one, table, shape, mine)
            for slot in source:
                self._hide(slot)
            taken = {slot.number for slot in chosen}
            sources = _by_age(self.slots[slot.number] for slot in mine if slot.number not in taken)
            if sources and self._kinds[one.field.kind].compute is None:
                self.steps.append(Convert(one.field, table, sources, tuple(chosen)))
        self._index(chosen, one.field)

    def _fits(self, one: Placed, slot: Slot) -> bool:
        """Tell whether what a column holds means the same to a field: a number of a product is none of a customer."""
        before, after = self._kinds[slot.kind], keeper(one.field, self._kinds)
        return before.name == after.name or (before.reference is None and after.reference is None)

    def _take(self, one: Placed, table: int, shape: list[tuple[str, ColumnType]], mine: list[Slot]) -> list[Slot]:
        """Return columns of that shape: those that the field had before, or new ones."""
        spare = {(slot.suffix, slot.type): slot for slot in mine if not slot.live and self._fits(one, slot)}
        if all(wanted in spare for wanted in shape):
            return [self._show(spare[wanted]) for wanted in shape]
        return [self._add(one, table, suffix, type_) for suffix, type_ in shape]

    def _add(self, one: Placed, table: int, suffix: str, type_: ColumnType) -> Slot:
        number = max(self.slots, default=0) + 1
        slot = Slot(number, table, one.field.id, suffix, type_, one.field.stored_as or one.field.kind)
        self.slots[slot.number] = slot
        self.steps.append(AddSlot(slot))
        return slot

    def _show(self, slot: Slot) -> Slot:
        if slot.live:
            return slot
        shown = self.slots[slot.number] = replace(slot, left=0)
        self.steps.append(ShowSlot(shown))
        return shown

    def _hide(self, slot: Slot) -> None:
        if not slot.live:
            return
        plain = replace(slot, unique=False, indexed=False)
        if plain != slot:
            # What is hidden holds nobody back: a deleted field must not refuse a value.
            self.steps.append(SetIndex(slot, plain))
        self.slots[slot.number] = replace(plain, left=self._version)
        self.steps.append(HideSlot(self.slots[slot.number]))

    def _index(self, slots: list[Slot], one: Field) -> None:
        for place, slot in enumerate(slots):
            unique = one.unique and place == 0
            after = replace(slot, unique=unique, indexed=one.indexed and place == 0 and not unique)
            if after != slot:
                self.steps.append(SetIndex(slot, after))
            self.slots[slot.number] = replace(after, kind=one.stored_as or one.kind)

    def layout(self) -> Layout:
        return Layout(tuple(self.grids), tuple(self.slots[number] for number in sorted(self.slots)))


COMPUTED = "computed"
"""The suffix of columns that the server fills, so that no value that people wrote is ever written over."""


def _shape(one: Field, kinds: Registry[FieldKind]) -> list[tuple[str, ColumnType]]:
    suffix = COMPUTED if kinds[one.kind].compute is not None else ""
    return [(suffix or column.suffix, column.type) for column in keeper(one, kinds).columns]


def _last_used(slots: list[Slot]) -> list[Slot]:
    newest = max((slot.left for slot in slots), default=0)
    return [slot for slot in slots if slot.left == newest]


def _by_age(slots: Iterable[Slot]) -> tuple[tuple[Slot, ...], ...]:
    """Gather columns that were left together, the last ones first."""
    ages: dict[int, list[Slot]] = {}
    for slot in slots:
        ages.setdefault(slot.left, []).append(slot)
    return tuple(tuple(ages[left]) for left in sorted(ages, reverse=True))


def plan(layout: Layout, form: Form, version: int, kinds: Registry[FieldKind]) -> tuple[list[Step], Layout]:
    """Work out what must happen so that a form's tables fit its next version, ``version``; nothing is done yet."""
    planning = _Planning(layout, version, kinds)
    planning.set_grids(tables(form, kinds))
    fields = list(placed(form, kinds))
    planning.hide_others({(one.field.id, planning.table(one.within)) for one in fields})
    for one in fields:
        planning.set_field(one)
    return planning.steps, planning.layout()
