"""What an import of records takes and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from mazhi.kernel.importing.model import FAULTS_SHOWN, Fault
from mazhi.kernel.texts import Language

CHUNK = 1_000
"""So many records are checked, and so many written, at once."""
MOST_ROWS = 1_000_000

Existing = Literal["update", "skip", "refuse"]
"""What becomes of a row whose record is there: 更新, 跳过, 当作出错."""
Missing = Literal["add", "skip"]
"""What becomes of a row whose record is not there: 新增, 跳过."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, and how.

    Attributes:
        app: The app.
        form: The form.
        upload: The id of the stored file.
        mapping: Name of a column → name of its target.
        sheet: Which sheet; empty: the first.
        header_row: The number of the header's last row; None: find it.
        keys: By which targets records are found that are there; none: every row is new.
        existing: What becomes of those.
        missing: What becomes of the others.
        clear: Whether a blank cell empties a field of a record that is there; else it stays.
        dry_run: Only check.
        language: Of the file with the bad rows.
    """

    app: str
    form: str
    upload: str
    mapping: Mapping[str, str]
    sheet: str = ""
    header_row: int | None = None
    keys: Sequence[str] = ()
    existing: Existing = "update"
    missing: Missing = "add"
    clear: bool = False
    dry_run: bool = True
    language: Language = "zh"

    def body(self) -> dict[str, Any]:
        """Write it as plain data, for a job."""
        return {
            "app": self.app, "form": self.form, "upload": self.upload, "mapping": dict(self.mapping),
            "sheet": self.sheet, "header_row": self.header_row, "keys": list(self.keys), "existing": self.existing,
            "missing": self.missing, "clear": self.clear, "dry_run": self.dry_run, "language": self.language,
        }  # fmt: skip


@dataclass(slots=True)
class Draft:
    """One record as a file has it.

    Attributes:
        row: The number of its first row.
        values: As clients would give them, by the codes of the fields.
        number: The record's number, where the file says it.
        faults: What is wrong with it so far.
        spoiled: The targets whose cells could not be read; nothing more is said of them.
        lines: Of each row of a sub-table where it stands, by the sub-table's code: sheet and number of the row.
    """

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    number: str = ""
    faults: list[Fault] = field(default_factory=list)
    spoiled: set[str] = field(default_factory=set)
    lines: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """What came of a check or an import; ``good`` rows are added, changed, the same already, or passed over."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    skipped: int = 0
    bad_rows: int = 0
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    by_code: dict[str, int] = field(default_factory=dict)

    def add(self, faults: Sequence[Fault]) -> None:
        """Count a bad row."""
        self.bad_rows += 1
        self.fault_count += len(faults)
        self.faults += faults[: max(0, FAULTS_SHOWN - len(self.faults))]
        for fault in faults:
            self.by_code[fault.code] = self.by_code.get(fault.code, 0) + 1

    def body(self) -> dict[str, Any]:
        """Write it as a job's result; messages are made for each reader."""
        return {
            "rows": self.rows, "added": self.added, "changed": self.changed, "same": self.same,
            "skipped": self.skipped, "bad_rows": self.bad_rows, "bad_count": self.fault_count,
            "bad": [fault.body() for fault in self.faults], "by_code": self.by_code,
        }  # fmt: skip
