"""From the rows of a spreadsheet to records: cells as values, rows of sub-tables with the record above them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mazhi.engines.forms.exchange.cells import read
from mazhi.engines.forms.exchange.model import Draft
from mazhi.engines.forms.exchange.targets import NUMBER, Target, guess, knows
from mazhi.engines.forms.model import Field
from mazhi.kernel.errors import PlatformError
from mazhi.kernel.importing.model import Fault
from mazhi.kernel.spreadsheets import model as sheets
from mazhi.kernel.spreadsheets.headers import Column, Header
from mazhi.kernel.spreadsheets.model import Row, Value
from mazhi.kernel.spreadsheets.packages import column_letters
from mazhi.kernel.spreadsheets.reading import Spreadsheet, open_spreadsheet

_SHEET_NAME = {ord(sign): "_" for sign in "[]:*?/\\'"}
LONGEST_SHEET_NAME = 31


def sheet_name(title: str) -> str:
    """Return what the sheet of a sub-table is called: a workbook does not take every name."""
    return title.translate(_SHEET_NAME)[:LONGEST_SHEET_NAME] or "_"


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet of its own with the rows of a sub-table (子表单的工作表).

    Attributes:
        table: The sub-table.
        sheet: The sheet's name.
        join: The target by which its rows find their record.
        join_column: The column that holds it.
        mapping: Its columns, by number.
    """

    table: Field
    sheet: str
    join: str
    join_column: int
    mapping: Mapping[int, Target]
    opened: Spreadsheet
    header: Header


@dataclass(slots=True)
class _Lines:
    """The rows of a sheet of a sub-table that belong to one record."""

    rows: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    spoiled: set[str] = field(default_factory=set)


class Reader:
    """Reads the records of a file; what each column stands for is settled."""

    def __init__(
        self,
        opened: Spreadsheet,
        header: Header,
        mapping: Mapping[int, str],
        known: Mapping[str, Target],
        keys: Sequence[str] = (),
        sub: Sequence[TableSheet] = (),
    ) -> None:
        self.header = header
        self._opened = opened
        self._mapping = {number: known[name] for number, name in sorted(mapping.items())}
        self._columns = {column.number: column for column in header.columns}
        self._keys = frozenset(keys)
        self._sub = sub
        self._held: dict[str, dict[str, _Lines]] | None = None
        self._titles = [column.title for column in header.columns]
        self._first = next(((place, title) for place, title in enumerate(self._titles) if title), (0, ""))
        self._inner = [(number, one) for number, one in self._mapping.items() if one.table is not None]
        self._outer = [(number, one) for number, one in self._mapping.items() if one.table is None]

    def rows(self) -> Iterator[Row]:
        """Read every data row that holds anything; the header again, as it stands on every printed page, is none."""
        for row in self._opened.rows():
            if row.number <= self.header.last or all(map(sheets.is_blank, row.values)):
                continue
            if not self._is_header(row):
                yield row

    def _is_header(self, row: Row) -> bool:
        place, title = self._first
        if place >= len(row.values) or row.values[place] != title:
            return False
        return [sheets.clean(sheets.shown(one)) for one in row.values[: len(self._titles)]] == self._titles

    def count(self) -> int:
        """Count the records."""
        return sum(not self.goes_on(row) for row in self.rows())

    def drafts(self) -> Iterator[Draft]:
        """Read every record with the rows of its sub-tables."""
        draft: Draft | None = None
        for row in self.rows():
            if draft is not None and self.goes_on(row):
                self._lines(draft, row)
                continue
            if draft is not None:
                yield self._complete(draft)
            draft = self._begin(row)
        if draft is not None:
            yield self._complete(draft)

    def orphans(self) -> Iterator[list[Fault]]:
        """Give the rows of other sheets that no record has taken; to be asked when all records were read."""
        for one in self._sub:
            for join, lines in self._lines_of(one).items():
                for row, _ in lines.rows:
                    cell = f"{one.sheet}!{column_letters(one.join_column)}{row}"
                    yield [Fault(row, one.sheet, cell, one.join, join, "import_line_without_record", {})]

    def fault(self, draft: Draft, name: str, code: str, params: Mapping[str, object], line: int | None = None) -> Fault:
        """Name a fault of a record by the column that it is in."""
        table = name.split(".", maxsplit=1)[0] if line is not None else ""
        places = draft.lines.get(table, [])
        sheet, row = places[line] if line is not None and line < len(places) else ("", draft.row)
        number = next((number for number, one in self._mapping.items() if one.name == name), None)
        column: Column | None = self._columns.get(number or 0)
        if sheet:
            for one in self._sub:
                inner = {target.name: number for number, target in one.mapping.items()}
                if one.sheet == sheet and name in inner:
                    column = next(found for found in one.header.columns if found.number == inner[name])
        where = f"{column.letters}{row}" if column else ""
        title = column.name if column else name
        value = _word(params.get("value") or params.get("item") or _value_at(draft, name, line))[:200]
        # In the answer the row of the record, so that its faults stand together.
        return Fault(draft.row, title, f"{sheet}!{where}" if sheet else where, name, value, code, params)

    # -- rows -----------------------------------------------------------------------------------------------------

    def goes_on(self, row: Row) -> bool:
        """Tell whether a row only adds to the sub-tables of the record above."""
        if not self._inner or not all(sheets.is_blank(_cell(row, number)) for number, _ in self._outer):
            return False
        return not all(sheets.is_blank(_cell(row, number)) for number, _ in self._inner)

    def _begin(self, row: Row) -> Draft:
        draft = Draft(row.number)
        for number, target in self._outer:
            value = _cell(row, number)
            if target.field is None:
                draft.number = sheets.clean(sheets.shown(value))
            else:
                found = self._take(draft, target, value, row.number, self._columns[number])
                if found is not None:
                    draft.values[target.field.code] = found
        if self._inner:
            self._lines(draft, row)
        return draft

    def _lines(self, draft: Draft, row: Row) -> None:
        """Take the part of a row that belongs to sub-tables."""
        lines: dict[str, dict[str, Any]] = {}
        for number, target in self._inner:
            if target.table is None or target.field is None or sheets.is_blank(_cell(row, number)):
                continue
            line = lines.setdefault(target.table.code, {})
            found = self._take(draft, target, _cell(row, number), row.number, self._columns[number])
            if found is not None:
                line[target.field.code] = found
        for code, line in lines.items():
            draft.values.setdefault(code, []).append(line)
            draft.lines.setdefault(code, []).append(("", row.number))

    def _take(self, draft: Draft, target: Target, value: Value, row: int, column: Column) -> Any:
        if target.field is None or target.kind is None:
            return None
        found = read(target.field, target.kind, value, base_1904=self._opened.base_1904)
        if not isinstance(found, sheets.Fault):
            return found
        draft.spoiled.add(target.name)
        params = {"field": target.field.title, "item": sheets.shown(value), **found.params}
        cell = f"{column.letters}{row}"
        draft.faults.append(
            Fault(draft.row, column.name, cell, target.name, sheets.shown(value)[:200], found.code, params)
        )
        return None

    # -- other sheets -----------------------------------------------------------------------------------------------

    def _complete(self, draft: Draft) -> Draft:
        for one in self._sub:
            key = draft.number if one.join == NUMBER else _word(draft.values.get(one.join))
            lines = self._lines_of(one).pop(key, None) if key else None
            if lines is None:
                continue
            code = one.table.code
            draft.values.setdefault(code, []).extend(line for _, line in lines.rows)
            draft.lines.setdefault(code, []).extend((one.sheet, row) for row, _ in lines.rows)
            draft.faults += [replace(fault, row=draft.row) for fault in lines.faults]
            draft.spoiled |= lines.spoiled
        return draft

    def _lines_of(self, one: TableSheet) -> dict[str, _Lines]:
        if self._held is None:
            self._held = {sub.table.code: _read_sheet(sub) for sub in self._sub}
        return self._held[one.table.code]


def _read_sheet(one: TableSheet) -> dict[str, _Lines]:
    """Read the rows of a sub-table's sheet by what leads to their record."""
    found: dict[str, _Lines] = {}
    columns = {column.number: column for column in one.header.columns}
    for row in one.opened.rows():
        if row.number <= one.header.last or all(map(sheets.is_blank, row.values)):
            continue
        join = sheets.clean(sheets.shown(_cell(row, one.join_column)))
        held = found.setdefault(join, _Lines())
        line: dict[str, Any] = {}
        for number, target in one.mapping.items():
            if target.field is None or target.kind is None:
                continue
            value = _cell(row, number)
            taken = read(target.field, target.kind, value, base_1904=one.opened.base_1904)
            if isinstance(taken, sheets.Fault):
                cell = f"{one.sheet}!{columns[number].letters}{row.number}"
                params = {"field": target.field.title, "item": sheets.shown(value), **taken.params}
                shown = sheets.shown(value)[:200]
                held.faults.append(
                    Fault(row.number, columns[number].name, cell, target.name, shown, taken.code, params)
                )
                held.spoiled.add(target.name)
            elif taken is not None:
                line[target.field.code] = taken
        held.rows.append((row.number, line))
    return found


def find_sheets(
    path: Path, opened: Spreadsheet, mapping: Mapping[int, str], known: Mapping[str, Target]
) -> list[TableSheet]:
    """Find the sheets that hold the rows of sub-tables: called like them, with a column that leads to the record."""
    mapped = set(mapping.values())
    codes = {one.table.code: one.table for one in known.values() if one.table is not None and one.writable}
    found = []
    for code, table in codes.items():
        name = next((one for one in opened.sheets if one in {sheet_name(table.title), code}), None)
        if name is None or name == opened.sheet or any(target.startswith(f"{code}.") for target in mapped):
            continue
        try:
            sub = open_spreadsheet(path, sheet=name)
        except PlatformError:
            continue  # a sheet that cannot be read is none of ours
        inner = {key: one for key, one in known.items() if one.table is None or one.table.code == code}
        titles = {**inner, **{one.field.title: one for one in inner.values() if one.table and one.field}}
        header = sub.header(knows(titles))
        if header is None:
            continue
        named = guess(header.columns, inner, table=code)
        join = next((number for number, one in named.items() if "." not in one and one in mapped), None)
        if join is None:
            continue
        columns = {number: known[one] for number, one in named.items() if "." in one and known[one].writable}
        if columns:
            found.append(TableSheet(table, name, named[join], join, columns, sub, header))
    return found


def _cell(row: Row, number: int) -> Value:
    return row.values[number - 1] if number <= len(row.values) else None


def _value_at(draft: Draft, name: str, line: int | None) -> Any:
    """Return what a record has at a target."""
    table, _, code = name.rpartition(".")
    if not table:
        return draft.values.get(code)
    rows = draft.values.get(table) or []
    return rows[line].get(code) if line is not None and line < len(rows) else None


def _word(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return "" if value is None else sheets.clean(str(value))
