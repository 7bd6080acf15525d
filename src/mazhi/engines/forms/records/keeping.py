"""Columns of sub-tables that are not somebody's to write, while they hand in its rows: what stands there stays.

The rows of a sub-table are given whole and have no names of their own. So a row that is given is taken for the stored
one that shows the same in the columns which are not the writer's; where they give none of these, for the one in the
same place. What they see there they may give as it was shown, and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.engines.forms.family import field_kinds
from mazhi.engines.forms.live.entries import Entry, Row
from mazhi.engines.forms.model import Field
from mazhi.engines.forms.records.loading import Stored
from mazhi.engines.forms.records.model import flat, is_empty, show
from mazhi.engines.forms.records.opened import Opened, codes_in
from mazhi.engines.forms.rights.model import State, mask
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem

Shown = Mapping[str, Any]
"""What somebody sees of a row in the columns that are not theirs to write, by their codes."""


@dataclass(slots=True)
class Kept:
    """What is given, and what stays beneath it.

    Attributes:
        values: What is given, without what was only shown.
        rows: By sub-table for each row that is given what stays of the stored one; None for a new row.
        problems: Rows that were added or taken away by who may not.
    """

    values: Mapping[str, Any]
    rows: dict[str, list[Row | None]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def put(self, lines: Mapping[str, Sequence[Entry]]) -> None:
        """Let what stays stand in the rows as they will be written."""
        for table, rows in self.rows.items():
            for line, row in zip(lines.get(table, ()), rows, strict=False):
                for key, held in (row or {}).items():
                    line.row.setdefault(key, held)


def keep(
    tx: Tx, opened: Opened, stored: Stored, values: Mapping[str, Any], fixed: Collection[str] = (), place: str = ""
) -> Kept:
    """Find what stays of sub-tables whose rows are given; to those that are ``fixed`` no row is added or taken away.

    ``place``: which of many records it is, where its problems begin.
    """
    found = Kept(values)
    for one in flat(opened.form.fields, field_kinds):
        given, shut = values.get(one.code), _shut(one, stored.states)
        if shut and isinstance(given, list) and all(isinstance(row, Mapping) for row in given):
            before = [row for _, row in stored.lines.get(one.id, [])]
            told = codes_in(tx, opened, before)
            shown = [_shown(shut, show(one.fields, row, {}, field_kinds, told), stored.states) for row in before]
            echoed = any(not is_empty(row.get(code)) for row in given for code in shut if code in (shown or [{}])[0])
            matched = _matched(given, shown) if echoed else _in_place(given, shown)
            left = len(before) - sum(number is not None for number in matched)
            if (left and given and not echoed) or (one.id in fixed and (left or None in matched)):
                problem = Problem("record_rows_stay", {"field": one.title}, f"{place}/values/{one.code}")
                found.problems.append(problem)
            keys = {column.id for column in shut.values()}
            found.rows[one.id] = [
                None if number is None else {key: held for key, held in before[number].items() if key in keys}
                for number in matched
            ]
            rows = [
                _own(row, shut, None if number is None else shown[number])
                for row, number in zip(given, matched, strict=True)
            ]
            found.values = {**found.values, one.code: rows}
    return found


def _shut(table: Field, states: Mapping[str, State]) -> dict[str, Field]:
    """Return the columns of a sub-table that hold values and are not the writer's, by their codes."""
    if field_kinds[table.kind].holds != "rows" or states.get(table.id, "writable") != "writable":
        return {}
    return {
        one.code: one
        for one in flat(table.fields, field_kinds)
        if states.get(one.id, "writable") != "writable" and field_kinds[one.kind].derive is None
    }


def _shown(shut: Mapping[str, Field], row: Mapping[str, Any], states: Mapping[str, State]) -> Shown:
    return {
        code: mask(row.get(code), one.mask) if states[one.id] == "masked" else row.get(code)
        for code, one in shut.items()
        if states[one.id] != "hidden"
    }


def _in_place(given: Sequence[Shown], shown: Sequence[Shown]) -> list[int | None]:
    return [number if number < len(shown) else None for number in range(len(given))]


def _matched(given: Sequence[Shown], shown: Sequence[Shown]) -> list[int | None]:
    """Return for each row that is given which stored one it is: the first that shows the same and is none yet."""
    free, found = list(range(len(shown))), list[int | None]()
    for row in given:
        fits = (one for one in free if all(_same(row.get(code), held) for code, held in shown[one].items()))
        number = next(fits, None)
        found.append(number)
        if number is not None:
            free.remove(number)
    return found


def _own(row: Mapping[str, Any], shut: Mapping[str, Field], shown: Shown | None) -> dict[str, Any]:
    """Return a row without what was only shown, and without columns of others about which it says nothing."""
    return {
        code: value
        for code, value in row.items()
        if code not in shut
        or not (is_empty(value) or (shown is not None and code in shown and _same(value, shown[code])))
    }


def _same(given: Any, shown: Any) -> bool:
    """Tell whether a value is given as it was shown; files are shown with more than is given of them."""
    if isinstance(shown, list) and any(isinstance(one, Mapping) for one in shown):
        return True
    return given == shown or str(given) == str(shown) or (is_empty(given) and is_empty(shown))
