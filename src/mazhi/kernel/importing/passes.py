"""One pass over a file, chunk by chunk: checking it, and writing its good rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.batches import store as batches
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.importing import store
from mazhi.kernel.importing.check import Checker, Lookup, identifiers, wanted_names
from mazhi.kernel.importing.fields import CODE
from mazhi.kernel.importing.log import FaultLog
from mazhi.kernel.importing.model import (
    CHUNK,
    Draft,
    Fault,
    ImportedItem,
    ImportRequest,
    ItemWriter,
    Report,
    Written,
)
from mazhi.kernel.importing.report import BadRows
from mazhi.kernel.importing.rows import Reader
from mazhi.kernel.jobs.files import Files
from mazhi.kernel.jobs.service import JobRun
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.partners import store as partners
from mazhi.kernel.places import store as places
from mazhi.kernel.posting.period import CLOSED_UNTIL
from mazhi.kernel.products import store as products
from mazhi.kernel.settings.store import read_setting
from mazhi.kernel.spreadsheets.headers import Header
from mazhi.kernel.spreadsheets.writing import XLSX


@dataclass(slots=True)
class _Chunk:
    """Some rows, checked: the good ones as items, the faults of the others by row."""

    last_row: int
    rows: int
    items: list[ImportedItem]
    faults: dict[int, Sequence[Fault]]


class Pass:
    """A pass over one file for one request."""

    def __init__(
        self,
        db: Database,
        files: Files,
        life_cycles: LifeCycles,
        actor: Actor,
        request: ImportRequest,
        reader: Reader,
        header: Header,
        file: str,
    ) -> None:
        self._db = db
        self._files = files
        self._life_cycles = life_cycles
        self._actor = actor
        self._request = request
        self._reader = reader
        self._header = header
        self._file = file
        self._known: dict[str, list[tuple[str, str]]] = {}

    def check(self, run: JobRun | None = None) -> Report:
        """Check every row and change nothing."""
        rows = 0
        with closing(FaultLog(self._files.new())) as log:
            for chunk in self._chunks(0):
                log.add(chunk.faults)
                rows += chunk.rows
                if run is not None:
                    run.progress(rows)
            return self._report(log, rows, [])

    def write(self, run: JobRun, writer: ItemWriter) -> Report:
        """Import the good rows; goes on after the last chunk that was committed.

        Raises:
            ConflictError: ``import_refused`` with every fault, where nothing may be imported unless all is good.
        """
        if self._request.mode == "all" and run.cursor is None:
            self.refuse_any(self.check())
        cursor = run.cursor or {"row": 0, "log": self._files.new().name, "size": 0, "events": []}
        with closing(FaultLog(self._files.folder / cursor["log"], cursor["size"])) as log:
            for chunk in self._chunks(cursor["row"]):
                cursor = self._write_chunk(run, writer, chunk, log, cursor)
            report = self._report(log, run.total or 0, cursor["events"])
        report.imported = report.good
        return report

    def refuse_any(self, report: Report) -> None:
        """Refuse everything if anything is wrong.

        Raises:
            ConflictError: Something is (code ``import_refused``).
        """
        if report.fault_count:
            problems = [fault.problem() for fault in report.faults]
            raise ConflictError("import_refused", problems=problems, rows=report.rows, bad=report.bad_rows)

    def _write_chunk(
        self, run: JobRun, writer: ItemWriter, chunk: _Chunk, log: FaultLog, cursor: dict[str, object]
    ) -> dict[str, object]:
        after: dict[str, object] = {}

        def checkpoint(tx: Tx, written: Written) -> None:
            # Whatever was bound by somebody else since the check is a fault like any other.
            for position, problem in written.refused:
                item = chunk.items[position]
                number = self._reader.column_of(CODE)
                value = problem.item or item.code
                params = {"item": value, **problem.params}
                chunk.faults[item.row] = [self._reader.fault(item.row, number, CODE, value, problem.code, params)]
            log.add(chunk.faults)
            events = [*cursor["events"], *written.events]  # type: ignore[misc]
            after.update(row=chunk.last_row, log=log.path.name, size=log.size, events=events)
            run.checkpoint(tx, done=run.done + chunk.rows, cursor=after)

        writer.write(self._actor, chunk.items, document=self._request.document, file=self._file, checkpoint=checkpoint)
        return after

    def _chunks(self, after_row: int) -> Iterator[_Chunk]:
        """Read and check the file in chunks; rows up to ``after_row`` were done before, but are remembered."""
        checker = Checker(self._reader)
        drafts = self._reader.drafts()
        while chunk := list(islice(drafts, CHUNK)):
            fresh: list[Draft] = []
            for draft in chunk:
                if draft.row <= after_row:
                    checker.remember(draft)
                else:
                    fresh.append(draft)
            if fresh:
                yield self._checked(checker, fresh)

    def _checked(self, checker: Checker, drafts: Sequence[Draft]) -> _Chunk:
        with self._db.read() as tx:
            look = self._look_up(tx, drafts)
        items: list[ImportedItem] = []
        faults: dict[int, Sequence[Fault]] = {}
        for draft in drafts:
            item = checker.check(draft, look)
            if draft.faults:
                faults[draft.row] = draft.faults
            elif item is not None:
                items.append(item)
        return _Chunk(drafts[-1].row, len(drafts), items, faults)

    def _look_up(self, tx: Tx, drafts: Sequence[Draft]) -> Lookup:
        """Ask the database for everything that these rows name, in a handful of statements."""
        closed = read_setting(tx, CLOSED_UNTIL)
        look = Lookup(self._actor, clock.now(), int(closed) if closed else None)
        codes = wanted_names(drafts, "product")
        look.products = products.by_codes(tx, codes)
        pairs = {
            (look.products[draft.codes["product"]].id, draft.codes["batch"])
            for draft in drafts
            if draft.codes.get("product") in look.products and "batch" in draft.codes
        }
        look.batches = batches.by_codes(tx, pairs)
        missing = {code for _, code in pairs - look.batches.keys()}
        look.batch_products = store.products_of_batches(tx, missing) if missing else {}
        place_codes = wanted_names(drafts, "place")
        look.places = places.by_codes(tx, place_codes)
        partner_codes = wanted_names(drafts, "owner") | wanted_names(drafts, "holder")
        look.partners = partners.by_codes(tx, partner_codes)
        look.cycles = self._life_cycles.load(tx)
        keys = {key for draft in drafts for key in identifiers(draft, draft.codes.get("namespace", "own"))}
        look.taken = store.taken_identifiers(tx, keys)
        for table, unknown in (
            ("product", codes - look.products.keys()),
            ("place", place_codes - look.places.keys()),
            ("partner", partner_codes - look.partners.keys()),
        ):
            if unknown and table not in self._known:
                names = store.names(tx, table)
                self._known[table] = names if len(names) <= store.MOST_CODES else []
        look.known = self._known
        return look

    def _report(self, log: FaultLog, rows: int, events: list[int]) -> Report:
        """Put the report together from the log, and write the workbook of bad rows where there are any."""
        report = Report(rows=rows, good=rows, cleaned=self._reader.cleaned, events=events)
        path = self._files.new()
        book: BadRows | None = None
        source = self._reader.rows()
        for faults in log.read():
            report.add(faults)
            report.good -= 1
            row = next(row for row in source if row.number == faults[0].row)
            book = book or BadRows(path, self._header, self._request.language)
            book.add(row, faults)
        if book is not None:
            book.close()
            stem = self._file.rsplit(".", 1)[0]
            name = f"{stem} 错误行.xlsx" if self._request.language == "zh" else f"{stem} bad rows.xlsx"
            with self._db.write() as tx:
                report.report = self._files.keep(tx, path, name=name, media_type=XLSX, actor=self._actor).id
        log.remove()
        return report
