"""What an import takes and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, Protocol

from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.texts import Language

CHUNK = 5_000
"""So many rows are checked, and so many items written, in one transaction."""
AT_ONCE = 2_000
"""An import of up to so many rows answers at once; a larger one becomes a job."""
CHECKED_AT_ONCE = 20_000
"""The same for a dry run, which writes nothing."""
FAULTS_SHOWN = 10_000
"""So many faults an answer lists at the most; the file of bad rows holds them all."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is to be imported, and how.

    Attributes:
        upload: The id of the stored file.
        mapping: Column (title, letters, or number from 1) → field; None: guess it.
        defaults: Field → value for rows that have none.
        header_row: The number of the header's last row; None: find it.
        dry_run: Only check.
        mode: ``partial`` imports the good rows; ``all`` imports nothing when any row is bad.
    """

    upload: str
    mapping: Mapping[str, str] | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int | None = None
    dry_run: bool = True
    mode: Literal["partial", "all"] = "partial"
    document: str = ""
    client_key: str | None = None
    language: Language = "zh"

    def body(self) -> dict[str, Any]:
        """Write it as plain data, for a job."""
        return {
            "upload": self.upload,
            "mapping": None if self.mapping is None else dict(self.mapping),
            "defaults": dict(self.defaults),
            "sheet": self.sheet,
            "header_row": self.header_row,
            "dry_run": self.dry_run,
            "mode": self.mode,
            "document": self.document,
            "language": self.language,
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one row.

    ``column`` is the column's name (empty: the row as a whole), ``cell`` what a spreadsheet program calls the
    place, ``suggestion`` what was probably meant.
    """

    row: int
    column: str
    cell: str
    field: str
    value: str
    code: str
    params: Mapping[str, object]
    suggestion: str | None = None

    def problem(self) -> Problem:
        """Return it as one problem of a refused request."""
        params = {"item": self.value, **self.params}
        return Problem(self.code, params, f"/rows/{self.row}/{self.column}", self.value or None)

    def body(self) -> dict[str, Any]:
        """Write it as plain data; its message is made for each reader."""
        return {
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "field": self.field,
            "value": self.value,
            "code": self.code,
            "params": dict(self.params),
            "suggestion": self.suggestion,
        }


@dataclass(slots=True)
class Draft:
    """One row as read: what each field says, and what is wrong with it so far."""

    row: int
    codes: dict[str, str] = field(default_factory=dict)
    dates: dict[str, datetime] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportedItem:
    """One good row: an item to be born as the row says. 0 and None mean "none".

    ``born_at`` is in microseconds, None where the row does not say; ``identifiers`` are (value, namespace) besides
    the code itself.
    """

    row: int
    code: str
    namespace: str
    product_id: int
    batch_id: int
    state: str
    quality: str
    owner_id: int
    holder_id: int
    place_id: int
    born_at: int | None
    warranty_start: date | None
    warranty_end: date | None
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer did: the events it wrote, and which items (by position) turned out to be taken meanwhile."""

    events: list[int]
    refused: list[tuple[int, Problem]]


Checkpoint = Callable[[Tx, Written], None]
"""Called last in the writer's transaction."""


class ItemWriter(Protocol):
    """Writes imported items into the ledger."""

    def write(
        self, actor: Actor, items: Sequence[ImportedItem], *, document: str, file: str, checkpoint: Checkpoint
    ) -> Written:
        """Let the items be born in one transaction, leaving out those whose identifiers are taken."""
        ...


@dataclass(slots=True)
class Report:
    """What came of an import or of a dry run.

    ``rows`` counts rows with content; ``good`` those without a fault. ``faults`` lists at the most
    ``FAULTS_SHOWN`` of ``fault_count``; the file ``report`` holds all bad rows.
    """

    rows: int = 0
    good: int = 0
    imported: int = 0
    cleaned: int = 0
    fault_count: int = 0
    faults: list[Fault] = field(default_factory=list)
    events: list[int] = field(default_factory=list)
    by_code: dict[str, int] = field(default_factory=dict)
    report: str | None = None

    @property
    def bad_rows(self) -> int:
        """How many rows have a fault."""
        return self.rows - self.good

    def add(self, faults: Sequence[Fault]) -> None:
        """Count the faults of one row."""
        self.fault_count += len(faults)
        self.faults += faults[: max(0, FAULTS_SHOWN - len(self.faults))]
        for fault in faults:
            self.by_code[fault.code] = self.by_code.get(fault.code, 0) + 1
