"""What a user does to bring existing serials in: look at the file, check it, import it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, Problem
from mazhi.kernel.importing.fields import CODE, guess, knows, read_mapping
from mazhi.kernel.importing.model import AT_ONCE, CHECKED_AT_ONCE, Fault, ImportRequest, ItemWriter, Report
from mazhi.kernel.importing.passes import Pass
from mazhi.kernel.importing.report import write_template
from mazhi.kernel.importing.rows import Reader, samples
from mazhi.kernel.jobs.model import Job, StoredFile
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.spreadsheets.headers import Header
from mazhi.kernel.spreadsheets.reading import Spreadsheet, open_spreadsheet
from mazhi.kernel.spreadsheets.writing import XLSX
from mazhi.kernel.texts import Language

JOB = "import_items"
RIGHT = "items.import"
MOST_BYTES = 64 << 20
SAMPLES = 20


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file looks like, and which column is probably what."""

    upload: str
    name: str
    format: str
    encoding: str
    sheets: list[str]
    sheet: str
    header: Header
    samples: list[list[str]]
    mapping: dict[str, str] = field(default_factory=dict)


class Importing:
    """Imports items from spreadsheets."""

    def __init__(self, db: Database, jobs: Jobs, life_cycles: LifeCycles, writer: ItemWriter) -> None:
        self._db = db
        self._jobs = jobs
        self._life_cycles = life_cycles
        self._writer = writer
        jobs.handler(JOB, self._run)

    def upload(self, actor: Actor, source: BinaryIO, name: str) -> str:
        """Store a file to be imported and return its id.

        Raises:
            TooLargeError: It is too large (code ``file_too_large``).
        """
        actor.require(RIGHT)
        path = self._jobs.files.receive(source, MOST_BYTES)
        with self._db.write() as tx:
            stored = self._jobs.files.keep(
                tx, path, name=name[:200] or "upload", media_type="application/octet-stream", actor=actor
            )
        return stored.id

    def guess(self, actor: Actor, upload: str, *, sheet: str | None = None, header_row: int | None = None) -> Guess:
        """Look at a stored file: its sheets, header, first rows, and what each column probably is.

        Raises:
            InvalidInputError: It cannot be read, or has no header.
        """
        stored, opened, header = self._open(actor, upload, sheet, header_row)
        first = samples(opened, header, SAMPLES)
        found = guess(header.columns, first)
        names = {column.number: column.name for column in header.columns}
        return Guess(
            upload=stored.id,
            name=stored.name,
            format=opened.format,
            encoding=opened.encoding,
            sheets=opened.sheets,
            sheet=opened.sheet,
            header=header,
            samples=first,
            mapping={names[number]: name for number, name in found.items()},
        )

    def run(self, actor: Actor, request: ImportRequest) -> Report | str:
        """Check or import a stored file; a large one becomes a job whose id is returned.

        Raises:
            InvalidInputError: The file cannot be read, or the mapping is wrong (every fault is named).
            ConflictError: ``import_refused`` with every fault, where ``mode`` is ``all`` and some row is bad.
        """
        actor.require(RIGHT)
        work, count = self._pass(actor, request)
        if request.dry_run and count <= CHECKED_AT_ONCE:
            return work.check()
        small = count <= AT_ONCE and not request.dry_run
        body = {**request.body(), "sha256": self._fingerprint(request)}
        key = None if request.dry_run else request.client_key
        known = self._jobs.by_client_key(actor, JOB, key) if key else None
        if request.mode == "all" and small and known is None:
            work.refuse_any(work.check())
        with self._db.write() as tx:
            job_id = self._jobs.enqueue(
                tx, JOB, body, actor=actor, total=count, client_key=key, may_differ=("upload", "language"),
                reserved=small,
            )  # fmt: skip
        if not small:
            return job_id
        return _answer(self._jobs.run_now(actor, job_id))

    def template(self, path: Path, language: Language) -> None:
        """Write the workbook to fill in."""
        write_template(path, language)

    def bad_rows(self, actor: Actor, report: str) -> StoredFile:
        """Return the file with the bad rows of a check or an import.

        Raises:
            NotFoundError: There is none, it is somebody else's, or its time is over (code ``unknown_file``).
        """
        stored = self._jobs.files.get(report)
        if stored.created_by != actor.name or stored.media_type != XLSX:
            raise NotFoundError("unknown_file")
        return stored

    # -- the work -----------------------------------------------------------------------------------------------

    def _run(self, run: JobRun) -> Mapping[str, object]:
        request = ImportRequest(**{name: value for name, value in run.body.items() if name != "sha256"})
        work, _ = self._pass(run.actor, request)
        report = work.check(run) if request.dry_run else work.write(run, self._writer)
        return report_body(report)

    def _pass(self, actor: Actor, request: ImportRequest) -> tuple[Pass, int]:
        """Open the file for a pass over it; the second value says how many rows it has."""
        stored, opened, header = self._open(actor, request.upload, request.sheet, request.header_row)
        if request.mapping is None:
            mapping = guess(header.columns, samples(opened, header, SAMPLES))
        else:
            mapping = read_mapping(request.mapping, header.columns, request.defaults)
        if CODE not in mapping.values():
            titles = ", ".join(column.name for column in header.columns if column.title)
            raise InvalidInputError(
                "invalid_input", problems=[Problem("code_column_missing", {"known": titles}, "/mapping")]
            )
        reader = Reader(opened, header, mapping, request.defaults)
        work = Pass(self._db, self._jobs.files, self._life_cycles, actor, request, reader, header, stored.name)
        return work, sum(1 for _ in reader.rows())

    def _fingerprint(self, request: ImportRequest) -> str:
        with self._jobs.files.path(self._jobs.files.get(request.upload)).open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()

    def _open(
        self, actor: Actor, upload: str, sheet: str | None, header_row: int | None
    ) -> tuple[StoredFile, Spreadsheet, Header]:
        actor.require(RIGHT)
        stored = self._jobs.files.get(upload)
        if stored.created_by != actor.name:
            raise NotFoundError("unknown_file")
        opened = open_spreadsheet(self._jobs.files.path(stored), sheet=sheet)
        header = opened.header(knows, row=header_row)
        if header is None:
            raise InvalidInputError("spreadsheet_empty")
        return stored, opened, header


def _answer(job: Job) -> Report | str:
    """Turn a small import's job into its answer, as if there had been no job."""
    if job.state == "failed":
        raise ConflictError("import_failed", problems=job.errors, job=job.id)
    if job.state != "done" or job.result is None:
        return job.id  # something broke; the job is tried again by itself
    return report_from(job.result)


def report_from(result: Mapping[str, Any]) -> Report:
    """Read back what :func:`report_body` wrote."""
    return Report(
        rows=result["rows"],
        good=result["good"],
        imported=result["imported"],
        cleaned=result["cleaned"],
        fault_count=result["bad_count"],
        faults=[Fault(**one) for one in result["bad"]],
        events=result["events"],
        by_code=result["by_code"],
        report=result["report"],
    )


def report_body(report: Report) -> dict[str, Any]:
    """Write a report as a job's result."""
    return {
        "rows": report.rows,
        "good": report.good,
        "bad": [fault.body() for fault in report.faults],
        "bad_rows": report.bad_rows,
        "bad_count": report.fault_count,
        "by_code": report.by_code,
        "cleaned": report.cleaned,
        "imported": report.imported,
        "events": report.events,
        "report": report.report,
    }
