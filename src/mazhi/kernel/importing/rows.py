"""From the rows of a spreadsheet to drafts: what each cell says as the field that its column fills."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from mazhi.kernel.importing.fields import CODE, kind_of
from mazhi.kernel.importing.model import Draft, Fault
from mazhi.kernel.spreadsheets import model as cells
from mazhi.kernel.spreadsheets.dates import moment_of
from mazhi.kernel.spreadsheets.headers import Header
from mazhi.kernel.spreadsheets.model import Row, Value
from mazhi.kernel.spreadsheets.packages import column_letters
from mazhi.kernel.spreadsheets.reading import Spreadsheet

_TOTALS = ("合计", "总计", "小计", "total", "sum")
_ENOUGH = 0.8


class Reader:
    """Reads the data rows of one sheet as drafts."""

    def __init__(
        self, sheet: Spreadsheet, header: Header, mapping: Mapping[int, str], defaults: Mapping[str, str]
    ) -> None:
        self._sheet = sheet
        self._header = header
        self._mapping = dict(sorted(mapping.items()))
        self._defaults = dict(defaults)
        self._columns = {column.number: column for column in header.columns}
        self._titles = [column.title for column in header.columns]
        self._code_column = self.column_of(CODE) or 0
        self._zeros: dict[int, int] | None = None
        self.cleaned = 0
        """How many cells held invisible or full-width characters that were put right."""

    def rows(self) -> Iterator[Row]:
        """Read every data row that holds anything."""
        for row in self._sheet.rows():
            if row.number > self._header.last and not all(map(cells.is_blank, row.values)):
                yield row

    def drafts(self) -> Iterator[Draft]:
        """Read every data row that holds anything as a draft."""
        for row in self.rows():
            yield self.draft(row)

    def draft(self, row: Row) -> Draft:
        """Read one row."""
        draft = Draft(row.number)
        whole = self._whole_row(row)
        if whole is not None:
            draft.faults.append(self.fault(row.number, None, "", "", whole, {}))
            return draft
        for number, name in self._mapping.items():
            value = row.values[number - 1] if number <= len(row.values) else None
            self._take(draft, number, name, value)
        for name, given in self._defaults.items():
            if name not in draft.codes and name not in draft.dates and name not in draft.unreadable:
                self._take(draft, 0, name, given)
        for place in range(len(self._columns), len(row.values)):
            if not cells.is_blank(row.values[place]):
                shown = cells.shown(row.values[place])
                draft.faults.append(self.fault(row.number, place + 1, "", shown, "cell_without_column", {}))
        return draft

    def fault(
        self,
        row: int,
        number: int | None,
        name: str,
        value: str,
        code: str,
        params: Mapping[str, object],
        suggestion: str | None = None,
    ) -> Fault:
        """Name a fault of a row by the column that it is in."""
        column = self._columns.get(number or 0)
        letters = column.letters if column else column_letters(number) if number else ""
        title = column.name if column else letters or name
        cell = f"{letters}{row}" if letters else ""
        return Fault(row, title, cell, name, value, code, params, suggestion)

    def column_of(self, name: str) -> int | None:
        """Return the number of the column that fills a field."""
        return next((number for number, field in self._mapping.items() if field == name), None)

    def _take(self, draft: Draft, number: int, name: str, value: Value) -> None:
        if cells.is_blank(value):
            return
        taken: str | datetime | cells.Fault
        if kind_of(name) == "date":
            taken = moment_of(value, base_1904=self._sheet.base_1904)
        else:
            taken = self._without_zeros(number, value) or cells.code_of(value)
        if isinstance(taken, cells.Fault):
            draft.unreadable.add(name)
            params = {"item": cells.shown(value), **taken.params}
            suggestion = str(params["expected"]) if "expected" in params else None
            shown = cells.shown(value)
            draft.faults.append(self.fault(draft.row, number, name, shown, taken.code, params, suggestion))
        elif isinstance(taken, datetime):
            draft.dates[name] = taken
        elif taken:
            draft.codes[name] = taken
            self.cleaned += isinstance(value, str) and value.strip() != taken

    def _whole_row(self, row: Row) -> str | None:
        """Recognise rows that are no data: the header again, and sums."""
        number = self._code_column
        value = row.values[number - 1] if 0 < number <= len(row.values) else None
        code = _plain(value)
        if code and code not in _TOTALS and code != _plain(self._titles[number - 1]):
            return None  # nearly every row: what stands for its serial is neither
        if [cells.clean(cells.shown(one)) for one in row.values[: len(self._titles)]] == self._titles:
            return "header_again"
        if any(_plain(one) in _TOTALS for one in row.values):
            return "total_row"
        return None

    # -- leading zeros --------------------------------------------------------------------------------------

    def _leading_zeros(self) -> dict[int, int]:
        """Find columns whose texts of digits begin with zeros and have one length; return that length.

        A number in such a column, or a shorter text in a file without cell types, has lost its zeros.
        """
        mapped = [number for number, name in self._mapping.items() if kind_of(name) == "code"]
        lengths: dict[int, Counter[int]] = {number: Counter() for number in mapped}
        zeros: Counter[int] = Counter()
        for row in self.rows():
            for number in mapped:
                value = row.values[number - 1] if number <= len(row.values) else None
                # Most cells are told by their last sign already; a full-width digit is a digit too.
                if isinstance(value, str) and value[-1:].isdigit() and (digits := cells.digits_of(value)):
                    lengths[number][len(digits)] += 1
                    zeros[number] += digits[0] == "0"
        found: dict[int, int] = {}
        for number, counts in lengths.items():
            if zeros[number]:
                length, count = counts.most_common(1)[0]
                if count >= _ENOUGH * sum(counts.values()) and length > 1:
                    found[number] = length
        return found

    def _without_zeros(self, number: int, value: Value) -> cells.Fault | None:
        if self._zeros is None:
            self._zeros = self._leading_zeros()
        length = self._zeros.get(number)
        if length is None or (isinstance(value, str) and self._sheet.format != "csv"):
            return None
        digits = cells.digits_of(value)
        if digits is None or len(digits) >= length:
            return None
        return cells.Fault("leading_zeros_lost", {"value": digits, "expected": digits.zfill(length)})


def _plain(value: Value) -> str:
    return cells.clean(value).rstrip(":：").replace(" ", "").lower() if isinstance(value, str) else cells.shown(value)


def samples(sheet: Spreadsheet, header: Header, count: int) -> list[list[str]]:
    """Return the first rows with content as texts, one cell for each column of the header."""
    found: list[list[str]] = []
    width = len(header.columns)
    for row in sheet.rows():
        if row.number > header.last and not all(map(cells.is_blank, row.values)):
            texts = [cells.shown(value) for value in row.values[:width]]
            found.append(texts + [""] * (width - len(texts)))
            if len(found) == count:
                break
    return found
