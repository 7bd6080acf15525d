"""Files of an import: the template to fill in, and the bad rows with their reasons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from pathlib import Path

from mazhi.kernel import texts
from mazhi.kernel.importing.fields import FIELDS, Field
from mazhi.kernel.importing.model import Fault
from mazhi.kernel.spreadsheets.headers import Header
from mazhi.kernel.spreadsheets.model import Odd, Row, Value, shown
from mazhi.kernel.spreadsheets.writing import Cell, Table
from mazhi.kernel.texts import Language

_REASON = {"zh": "哪里不对，怎么办", "en": "What is wrong, and what to do"}
_ROW = {"zh": "原行号", "en": "Row in the file"}
_SHEET = {"zh": "错误行", "en": "Bad rows"}
_TEMPLATE = {"zh": "序列号导入", "en": "Serials"}


def say(fault: Fault, language: Language) -> str:
    """Say what is wrong with a row."""
    params = {"item": fault.value, "value": fault.value, **fault.params}
    return texts.message(fault.code, language, params)


def advise(fault: Fault, language: Language) -> str:
    """Say what to do about it."""
    params = {"item": fault.value, "value": fault.value, **fault.params}
    advice = texts.advice(fault.code, language, params)
    if fault.suggestion:
        likely = texts.message("likely_meant", language, {"suggestion": fault.suggestion})
        return f"{likely} {advice}".strip()
    return advice


class BadRows:
    """A workbook of bad rows: the row's number, the row as it was, and the reasons.

    Its header row is the file's own, so the corrected workbook can be imported as it is. Cells keep their types,
    so that what was refused is refused again until somebody corrects it.
    """

    def __init__(self, path: Path, header: Header, language: Language) -> None:
        self._titles = [column.title for column in header.columns]
        self._names = [column.name for column in header.columns]
        self._language = language
        names = [*self._names, _ROW[language], _REASON[language]]
        widths = [18] * len(self._titles) + [10, 80]
        self._table = Table(path, "xlsx", names, sheet=_SHEET[language], widths=widths, marked=len(self._titles) + 1)

    def add_foreign(self, faults: Sequence[Fault]) -> None:
        """Write what is wrong with a row of another sheet; the row itself is not written."""
        reasons = [f"{one.cell}：{self._reason(one)}" for one in faults]
        self._table.write([[*[None] * len(self._titles), faults[0].row, "\n".join(reasons)]])

    def _reason(self, fault: Fault) -> str:
        where = f"{fault.column}：" if fault.column else ""
        return f"{where}{say(fault, self._language)} {advise(fault, self._language)}".strip()

    def add(self, row: Row, faults: Sequence[Fault]) -> None:
        """Write one bad row."""
        reasons = [self._reason(fault) for fault in faults]
        width = len(self._titles)
        cells = [_kept(value) for value in row.values[:width]]
        cells += [None] * (width - len(cells))
        for fault in faults:
            if fault.code == "leading_zeros_lost" and fault.column in self._names:
                cells[self._names.index(fault.column)] = None  # without its neighbours it would pass as whole
        self._table.write([[*cells, row.number, "\n".join(reasons)]])

    def close(self) -> None:
        """Finish the file."""
        self._table.close()


def _kept(value: Value) -> Cell:
    """Return what is written for a cell; formulas are not, so one without a result leaves its cell empty."""
    if isinstance(value, Odd):
        return value.text
    if isinstance(value, (time, timedelta)):
        return shown(value)
    return value


def write_template(path: Path, language: Language) -> None:
    """Write an empty workbook with a column for each field; a note at each title says what goes in."""
    titles = [(field.zh if language == "zh" else field.en) + "*" * field.needed for field in FIELDS.values()]
    notes = [_note(field, language) for field in FIELDS.values()]
    widths = [22, *[16] * len(titles)]
    Table(path, "xlsx", titles, sheet=_TEMPLATE[language], widths=widths, notes=notes).close()


def _note(field: Field, language: Language) -> str:
    params: dict[str, object] = {"example": field.example}
    lines = [texts.message(f"template_{field.kind}", language, params)]
    if field.needed:
        lines.append(texts.message("template_needed", language, {}))
    if field.example:
        lines.append(texts.message("template_example", language, params))
    return "\n".join(lines)
