"""What a user does to bring records in: look at the file, check it, import it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from mazhi.engines.forms.exchange.deciding import Decider
from mazhi.engines.forms.exchange.model import MOST_ROWS, Request
from mazhi.engines.forms.exchange.passes import Pass
from mazhi.engines.forms.exchange.reading import Reader, TableSheet, find_sheets
from mazhi.engines.forms.exchange.targets import Target, guess, knows, read_mapping, states, targets
from mazhi.engines.forms.exchange.template import write_template
from mazhi.engines.forms.records.opened import look_up, open_form
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.rights.compiling import reach
from mazhi.engines.forms.rights.model import State, most
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import InvalidInputError, NotFoundError, TooLargeError
from mazhi.kernel.importing.rows import samples
from mazhi.kernel.jobs.model import StoredFile
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.spreadsheets.headers import Header
from mazhi.kernel.spreadsheets.reading import Spreadsheet, open_spreadsheet
from mazhi.kernel.texts import Language

JOB = "import_records"
MOST_BYTES = 64 << 20
SAMPLES = 20


@dataclass(frozen=True, slots=True)
class Guess:
    """What a file looks like, and what each column probably stands for.

    Attributes:
        mapping: Name of a column → name of its target.
        known: What columns can stand for.
        tables: Sheets that hold the rows of sub-tables, and by which target they find their record.
    """

    upload: str
    name: str
    format: str
    encoding: str
    sheets: list[str]
    sheet: str
    header: Header
    samples: list[list[str]]
    mapping: dict[str, str]
    known: list[Target]
    tables: list[TableSheet]


class Imports:
    """Imports records of forms from spreadsheets."""

    def __init__(self, db: Database, jobs: Jobs, records: Records) -> None:
        self._db = db
        self._jobs = jobs
        self._records = records
        jobs.handler(JOB, self._run)

    def upload(self, actor: Actor, app: str, form: str, source: BinaryIO, name: str) -> str:
        """Store a file to be imported and return its id.

        Raises:
            ForbiddenError: The user may not import records of the form.
            TooLargeError: It is too large (code ``file_too_large``).
        """
        self._targets(actor, app, form)
        path = self._jobs.files.receive(source, MOST_BYTES)
        with self._db.write() as tx:
            stored = self._jobs.files.keep(
                tx, path, name=name[:200] or "upload", media_type="application/octet-stream", actor=actor
            )
        return stored.id

    def guess(
        self, actor: Actor, app: str, form: str, upload: str, *, sheet: str = "", header_row: int | None = None,
        language: Language = "zh",
    ) -> Guess:  # fmt: skip
        """Look at a stored file: its sheets, header, first rows, and what each column probably stands for.

        Raises:
            InvalidInputError: It cannot be read, or has no header.
        """
        known = self._targets(actor, app, form, language)
        stored, opened, header = self._open(actor, upload, sheet, header_row, known)
        found = guess(header.columns, known)
        names = {column.number: column.name for column in header.columns}
        mapped = {number: name for number, name in found.items() if known[name].writable or known[name].can_be_key}
        return Guess(
            upload=stored.id, name=stored.name, format=opened.format, encoding=opened.encoding, sheets=opened.sheets,
            sheet=opened.sheet, header=header, samples=samples(opened, header, SAMPLES),
            mapping={names[number]: name for number, name in mapped.items()},
            known=[one for one in known.values() if one.writable or one.can_be_key],
            tables=find_sheets(self._jobs.files.path(stored), opened, mapped, known),
        )  # fmt: skip

    def start(self, actor: Actor, request: Request, *, client_key: str | None = None) -> str:
        """Check or import a stored file as a job and return the job's id.

        Raises:
            InvalidInputError: The file cannot be read, or the mapping is wrong; every fault is named.
            ForbiddenError: The user may not import, or not add or change as is asked for.
        """
        stored, reader, _ = self._reader(actor, request)
        total = reader.count()
        if total > MOST_ROWS:
            raise TooLargeError("import_too_many_rows", limit=MOST_ROWS)
        with self._jobs.files.path(stored).open("rb") as source:
            digest = hashlib.file_digest(source, "sha256").hexdigest()
        body = {**request.body(), "sha256": digest}
        with self._db.write() as tx:
            return self._jobs.enqueue(
                tx, JOB, body, actor=actor, total=total, client_key=client_key, may_differ=("upload", "language")
            )

    def template(self, actor: Actor, app: str, form: str, path: Path, language: Language) -> None:
        """Write the workbook to fill in."""
        write_template(path, list(self._targets(actor, app, form, language).values()), language)

    # -- the work -----------------------------------------------------------------------------------------------------

    def _run(self, run: JobRun) -> Mapping[str, object] | None:
        request = Request(**{name: value for name, value in run.body.items() if name != "sha256"})
        stored, reader, mapped = self._reader(run.actor, request)
        known = self._targets(run.actor, request.app, request.form, request.language)
        decider = Decider(request, reader, known, mapped)
        work = Pass(self._db, self._jobs.files, self._records, run.actor, request, reader, decider, stored.name)
        outcome = work.check(run) if request.dry_run else work.write(run)
        return outcome.body()

    def _reader(self, actor: Actor, request: Request) -> tuple[StoredFile, Reader, Sequence[str]]:
        known = self._targets(actor, request.app, request.form, request.language, request)
        stored, opened, header = self._open(actor, request.upload, request.sheet, request.header_row, known)
        mapping = read_mapping(request.mapping, header.columns, known, request.keys)
        sub = find_sheets(self._jobs.files.path(stored), opened, mapping, known)
        mapped = [*mapping.values(), *(one.name for sheet in sub for one in sheet.mapping.values())]
        return stored, Reader(opened, header, mapping, known, request.keys, sub), mapped

    def _targets(
        self, actor: Actor, app: str, form: str, language: Language = "zh", request: Request | None = None
    ) -> dict[str, Target]:
        """Return what columns can stand for, as the user may write the fields.

        Raises:
            ForbiddenError: The user may not import records of the form, or not add or change as is asked for.
        """
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            may = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
        may.places("import")
        if request is not None and not (request.keys and request.missing == "skip"):
            may.places("create")
        if request is not None and request.keys and request.existing == "update":
            may.places("change")
        created, changed, seen = (states(opened, may, one) for one in ("create", "change", "view"))

        def state(field: str) -> State:
            written: State = most([created[field], changed[field]])
            return "writable" if written == "writable" else min(seen[field], "read_only", key=_ORDER.index)

        return targets(opened.form, state, language)

    def _open(
        self, actor: Actor, upload: str, sheet: str, header_row: int | None, known: Mapping[str, Target]
    ) -> tuple[StoredFile, Spreadsheet, Header]:
        stored = self._jobs.files.get(upload)
        if stored.created_by != actor.name:
            raise NotFoundError("unknown_file")
        opened = open_spreadsheet(self._jobs.files.path(stored), sheet=sheet or None)
        header = opened.header(knows(known), row=header_row)
        if header is None:
            raise InvalidInputError("spreadsheet_empty")
        damaged = [one.title for one in header.columns if "\ufffd" in one.title or "锟斤拷" in one.title]
        if damaged:
            raise InvalidInputError("import_encoding", found=opened.encoding, item=damaged[0][:50])
        return stored, opened, header


_ORDER: list[Any] = ["hidden", "masked", "read_only", "writable"]
