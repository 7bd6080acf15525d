"""Finding the header of a table: not always the first row, not always one row."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mazhi.kernel.spreadsheets.model import Row, Value, clean, is_blank, narrow, shown
from mazhi.kernel.spreadsheets.packages import column_letters

SEARCHED = 30
"""The header stands in one of the first so many rows."""

Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell, row and column from 0."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its number from 1, the letters that a person sees, its name.

    ``name`` is unique in the table; ``title`` is what is written in the header.
    """

    number: int
    letters: str
    title: str
    name: str


@dataclass(frozen=True, slots=True)
class Header:
    """The header (表头) of a table: from which to which row, and its columns; without a name are those left blank."""

    first: int
    last: int
    columns: tuple[Column, ...]

    @property
    def doubles(self) -> list[str]:
        """Titles that more than one column has."""
        counts = Counter(one.title for one in self.columns if one.title)
        return [title for title, count in counts.items() if count > 1]


def find_header(
    rows: Sequence[Row], merges: Sequence[Merge], knows: Callable[[str], bool], *, row: int | None = None
) -> Header | None:
    """Find the header among the first rows; None where there is no row that could be one.

    The row with the most titles that ``knows`` recognises wins; where none is recognised, the first row with as
    many filled cells as the table is wide. With ``row`` it is that one, whatever it holds.
    """
    filled = [one for one in rows if not all(map(is_blank, one.values))]
    candidates = [one for one in filled if one.number <= SEARCHED]
    if row is not None:
        chosen = next((one for one in filled if one.number == row), None)
        return _compose(rows, chosen, merges) if chosen else None
    if not candidates:
        return None
    best = max(candidates, key=lambda row: (_known(row, knows), -row.number))
    if not _known(best, knows):
        half = max(map(_filled, candidates)) / 2
        titles = (row for row in candidates if half <= _filled(row) == _texts(row))
        best = next(titles, candidates[0])
    return _compose(rows, best, merges)


def _compose(rows: Sequence[Row], found: Row, merges: Sequence[Merge]) -> Header:
    """Take into the header what is merged with its row: above a group's title, below the titles of its parts."""
    here = found.number - 1
    first = last = here
    groups: list[range] = []
    for (top, left), (bottom, right) in merges:
        if top == here == bottom:
            groups.append(range(left, right + 1))
        elif top <= here <= bottom:
            first, last = min(first, top), max(last, bottom)
        elif bottom == here - 1 and left < right and _is_group((top, left), (bottom, right), rows):
            first = min(first, top)
    if groups and _are_parts(next((row for row in rows if row.number == found.number + 1), None), groups):
        last = max(last, here + 1)
    by_number = {row.number: row for row in rows}
    lines = [by_number[number + 1].values if number + 1 in by_number else [] for number in range(first, last + 1)]
    width = max(len(line) for line in lines)
    titles = [_title(lines, column, first, merges) for column in range(width)]
    return Header(first + 1, last + 1, _columns(titles))


def _are_parts(below: Row | None, groups: Sequence[range]) -> bool:
    """Tell the titles of a group's parts from data: they stand under groups and nowhere else."""
    if below is None:
        return False
    filled = [place for place, value in enumerate(below.values) if not is_blank(value)]
    return bool(filled) and all(any(place in group for group in groups) for place in filled)


def _is_group(start: tuple[int, int], end: tuple[int, int], rows: Sequence[Row]) -> bool:
    """Tell a group's title, beside which there are others, from a title over the whole table."""
    width = max((len(row.values) for row in rows), default=0)
    return end[1] - start[1] + 1 < width


def _title(lines: Sequence[Sequence[Value]], column: int, first: int, merges: Sequence[Merge]) -> str:
    """Return the lowest title over a column."""
    for offset in range(len(lines) - 1, -1, -1):
        line = lines[offset]
        value = line[column] if column < len(line) else None
        if is_blank(value):
            value = _merged_value(lines, offset, column, first, merges)
        if not is_blank(value):
            return clean(shown(value)).replace("\n", " ")
    return ""


def _merged_value(
    lines: Sequence[Sequence[Value]], offset: int, column: int, first: int, merges: Sequence[Merge]
) -> Value:
    """Return the value of the merged cell that covers a place; only its first cell carries it."""
    for (top, left), (bottom, right) in merges:
        if top <= first + offset <= bottom and left <= column <= right and top >= first:
            line = lines[top - first]
            return line[left] if left < len(line) else None
    return None


def _columns(titles: Sequence[str]) -> tuple[Column, ...]:
    seen: Counter[str] = Counter()
    columns: list[Column] = []
    for number, title in enumerate(titles, 1):
        letters = column_letters(number)
        seen[title] += 1
        name = title if title and seen[title] == 1 else f"{title} ({letters})".strip()
        columns.append(Column(number, letters, title, name))
    return tuple(columns)


def _known(row: Row, knows: Callable[[str], bool]) -> int:
    return sum(1 for value in row.values if isinstance(value, str) and knows(value))


def _filled(row: Row) -> int:
    return sum(1 for value in row.values if not is_blank(value))


def _texts(row: Row) -> int:
    return sum(1 for value in row.values if isinstance(value, str) and bool(clean(value)))


def title_key(title: str) -> str:
    """Return what two titles share that mean the same: without case, width, units in brackets, blanks and marks."""
    plain = re.sub(r"[(（\[【].*?[)）\]】]", "", narrow(title).lower())
    return re.sub(r"[\s_\-*:：.·、#]+", "", plain)
