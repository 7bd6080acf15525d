"""What a print job and the print log are; no database here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from mazhi.engines.labels.printers.driver import Language
from mazhi.kernel.access.model import Actor
from mazhi.kernel.errors import Problem

JobState = Literal["queued", "running", "paused", "doubtful", "ready", "done", "cancelled", "failed"]
"""``doubtful``: a person must look which labels came out. ``ready``: the file waits to be fetched (browser)."""
LabelState = Literal["queued", "sent", "printed", "doubtful", "spoiled", "cancelled"]
OPEN: tuple[JobState, ...] = ("queued", "running")
OVER: tuple[JobState, ...] = ("done", "cancelled", "failed")
Wish = Literal["", "pause", "cancel"]
"""What somebody asked of a job under way; it comes true when the window under way is settled."""
MOST_LABELS = 100_000
MOST_COPIES = 999
REPRINT = "labels.reprint"
PRINT = "labels.print"
VIEW = "items.view"
RELABELLED = "relabelled"
"""The reason of labels that a new code made void (换标)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintRequest:
    """What somebody wants printed.

    Attributes:
        label: Code of the template.
        printer: Code of the printer.
        items: Identifiers, each with its namespace or None.
        records: Records; beside items there is one for each.
        copies: How often each label is printed.
        reason: Why labels are printed again (补打).
        client_key: The same key again is the same job.
        start: On sheets: the first place that is still free, 1 is the upper left.
        document: What it was printed for, such as the event that made the codes.
    """

    label: str
    printer: str
    items: Sequence[tuple[str, str | None]] = ()
    records: Sequence[Mapping[str, Any]] = ()
    copies: int = 1
    reason: str = ""
    client_key: str | None = None
    start: int = 1
    document: str = ""

    def source(self) -> dict[str, Any]:
        """Write what is printed as plain data, so that it can be prepared again."""
        return {
            "items": [list(one) for one in self.items],
            "records": [dict(one) for one in self.records],
        }

    def body(self) -> dict[str, Any]:
        """Write all that a repeat with the same key must have in common."""
        return {
            "label": self.label,
            "printer": self.printer,
            "reason": self.reason,
            "document": self.document,
            "copies": self.copies,
            "start": self.start,
            **self.source(),
        }


@dataclass(frozen=True, slots=True)
class Line:
    """What one label is printed for: an item, or a record (item 0)."""

    item_id: int
    code: str
    record: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What a printer must be given."""

    language: Language
    dpi: int
    media: Mapping[str, Any] = field(default_factory=dict)
    start: int = 1
    printer: str = ""
    last: bool = True
    """Whether the job ends with these labels, so that what is to be cut off at the end is cut off."""


class Run(Protocol):
    """A version of a template with checked data: what one job prints."""

    @property
    def version(self) -> int:
        """The version of the template."""

    @property
    def lines(self) -> Sequence[Line]:
        """What is printed, a line a label, copies not counted."""

    @property
    def per_sheet(self) -> int:
        """How many labels stand on one sheet; 1 where there are no sheets."""

    def chunks(self, target: Target, labels: Sequence[int], total: int, at: int) -> Iterator[bytes]:
        """Write labels in a printer's language, as many chunks as is convenient.

        ``labels`` are places in ``lines``, from 0; a copy is the same place again. ``total`` is how many labels the
        whole job has, ``at`` is when it was ordered (µs).
        """


class Runs(Protocol):
    """Makes runs; ``prepare`` checks everything before anything is printed."""

    def prepare(
        self,
        actor: Actor,
        label: str,
        items: Sequence[tuple[str, str | None]],
        records: Sequence[Mapping[str, Any]],
        *,
        version: int | None = None,
        dpi: int = 203,
    ) -> Run:
        """Prepare a run with the published version, or a certain one.

        Raises:
            PlatformError: Every fault of template and data.
        """


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What came of scanning a label back."""

    right: bool
    raw: str
    expected: str
    read: str
    at: int
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """One print job as it stands in the table.

    Attributes:
        trouble: What keeps it from going on.
        first, last: The window under way, 0 where there is none.
        memo: How the driver finds that window again.
    """

    id: str
    kind: Literal["labels", "test"]
    printer_id: int
    label: str
    version: int
    state: JobState
    wish: Wish
    total: int
    printed: int
    doubtful: int
    copies: int
    start: int
    dpi: int
    reason: str
    document: str
    actor: Actor
    first: int
    last: int
    memo: str
    trouble: Problem | None
    trouble_at: int | None
    errors: list[Problem]
    confirmed: Confirmation | None
    file: str | None
    created_at: int
    started_at: int | None
    finished_at: int | None

    @property
    def created_by(self) -> str:
        """Who ordered it."""
        return self.actor.name


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One label of the print log (打印记录), with what its job says of it."""

    job: str
    n: int
    item: str | None
    code: str
    record: str
    copy: int
    label: str
    version: int
    printer: str
    state: LabelState
    reprint: bool
    reason: str
    user: str
    created_at: int
    sent_at: int | None
    printed_at: int | None
    void_reason: str
    void_by: str
    void_at: int | None
    replaced_by: tuple[str, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """Which labels the log shows; None leaves a question open.

    Attributes:
        areas: Only labels of items at these places, or at none, and those that ``viewer`` ordered.
    """

    item_id: int | None = None
    label: str | None = None
    printer_id: int | None = None
    user: str | None = None
    state: str | None = None
    reprint: bool | None = None
    since: int | None = None
    until: int | None = None
    job: str | None = None
    areas: frozenset[int] | None = None
    viewer: str = ""


Outcome = Literal["printed", "again"]
"""What an operator found of a doubtful label."""


def first_id(micros: int) -> str:
    """Return what the ids of all jobs ordered from a moment on are not below; they begin with the time."""
    millis = max(0, micros // 1000) & (1 << 48) - 1
    return f"{millis >> 16:08x}-{millis & 0xFFFF:04x}"
