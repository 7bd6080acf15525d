"""Records while they are worked out: what their columns hold, and the same as formulas read it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from mazhi.engines.forms.live.plan import Plan, Table
from mazhi.engines.forms.model import Values
from mazhi.engines.formula.evaluating import Situation
from mazhi.engines.formula.values import Value

Row = dict[str, Values]
_NO_LINES: Mapping[str, list[Row]] = {}
_NONE: frozenset[str] = frozenset()


class Known(dict[str, Value]):
    """What formulas read of a row, and behind it what they read of the record around it."""

    __slots__ = ("outer",)

    def __init__(self, outer: Known | None) -> None:
        super().__init__()
        self.outer = outer

    def __missing__(self, key: str) -> Value:
        if self.outer is None:
            raise KeyError(key)
        return self.outer[key]


class Entry:
    """A record, or a row of a sub-table, while it is worked out.

    Attributes:
        row: What its columns hold, by the ids of the fields.
        before: What they held before it was changed; None for what is new.
        given: The ids of the fields for which whoever writes it has given something, other than the default.
        lines: The rows of its sub-tables, by their ids.
        lines_before: What these rows held before.
        known: What formulas read.
        situation: What formulas are worked out in.
        absent: The ids of the fields that are not there since a rule does not show them.
        set: The ids of the fields that a rule has set.
        first: What the columns held before anything was worked out.
        mark: Whatever its owner wants to know again.
    """

    __slots__ = (
        "absent", "before", "first", "given", "known", "lines", "lines_before", "mark", "row", "set", "situation",
    )  # fmt: skip

    def __init__(
        self, row: Row, at: datetime, *, before: Row | None = None, outer: Entry | None = None, mark: Any = None
    ) -> None:
        self.row = row
        self.before = before
        self.given: set[str] = set()
        self.lines: dict[str, list[Entry]] = {}
        self.lines_before: Mapping[str, list[Row]] = _NO_LINES
        self.known: Known = Known(None if outer is None else outer.known)
        self.situation = Situation(self.known.__getitem__, at)
        self.absent: frozenset[str] = _NONE
        self.set: frozenset[str] = _NONE
        self.first: Row | None = None
        self.mark = mark

    def empty(self, key: str) -> bool:
        """Tell whether a field holds nothing."""
        return says_nothing(self.row.get(key))


def says_nothing(values: Values | None) -> bool:
    """Tell whether columns hold nothing."""
    return not values or (values[0] is None and all(part is None for part in values))


def of_table(entries: Iterable[Entry], table: str) -> Iterator[Entry]:
    """Give the entries of one table: the records themselves (empty id), or the rows of a sub-table."""
    if not table:
        yield from entries
        return
    for entry in entries:
        yield from entry.lines.get(table, ())


def fill(entry: Entry, table: Table) -> None:
    """Read what formulas want to know of an entry, but for what names other things."""
    row, known = entry.row, entry.known
    for one in table.reads:
        values = row.get(one.of.id)
        if one.read is None or says_nothing(values):
            known[one.of.code] = None
        else:
            known[one.of.code] = one.read(values or ())


def fill_all(plan: Plan, entries: Iterable[Entry]) -> None:
    """Read what formulas want to know of records and all their rows."""
    tables = [table for key, table in plan.tables.items() if key]
    for entry in entries:
        fill(entry, plan.tables[""])
        for table in tables:
            for line in entry.lines.get(table.id, ()):
                fill(line, table)
