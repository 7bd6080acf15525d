"""What a user does to take records away: a list as it is filtered and sorted, with the reader's rights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

from mazhi.engines.forms.exchange.cells import write
from mazhi.engines.forms.exchange.reading import sheet_name
from mazhi.engines.forms.exchange.targets import NUMBER, Target, states, tables, targets
from mazhi.engines.forms.records.opened import look_up, open_form
from mazhi.engines.forms.records.rows import Record
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.rights.compiling import reach
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.designs.service import Designs
from mazhi.kernel.errors import invalid
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.spreadsheets.writing import MEDIA_TYPES, Cell, CsvWriter, XlsxBook, XlsxSheet
from mazhi.kernel.texts import Language

JOB = "export_records"
PAGE = 500
Format = Literal["xlsx", "csv", "csv_gbk"]
_ENCODINGS = {"csv": "utf-8-sig", "csv_gbk": "gb18030"}


class RecordExports:
    """Writes the records of forms as spreadsheets; each is a job whose file is fetched when it is done."""

    def __init__(self, db: Database, jobs: Jobs, records: Records) -> None:
        self._db = db
        self._jobs = jobs
        self._records = records
        jobs.handler(JOB, self._run)

    def start(
        self,
        actor: Actor,
        app: str,
        form: str,
        format_: Format,
        *,
        filter_: object = None,
        sort: str | None = None,
        fields: Sequence[str] = (),
        language: Language = "zh",
    ) -> str:
        """Export what a list shows, as far as the actor may see and export it; return the job's id.

        ``fields`` are the codes of those that are wanted, in their order; none: all of them.

        Raises:
            ForbiddenError: The user may not export records of the form.
            InvalidInputError: Filter, order or fields are wrong; every fault is named.
        """
        known = self._targets(actor, app, form, language)
        for place, code in enumerate(fields):
            if code not in known and code not in tables(known.values()):
                raise invalid(f"/fields/{place}", "record_unknown_field", item=code)
        # What is wrong with filter and order is said now, not by the job.
        self._records.find(actor, app, form, filter_=filter_, sort=sort, limit=1)
        body = {
            "app": app, "form": form, "format": format_, "filter": filter_, "sort": sort, "fields": list(fields),
            "language": language,
        }  # fmt: skip
        with self._db.write() as tx:
            return self._jobs.enqueue(tx, JOB, body, actor=actor)

    def _targets(self, actor: Actor, app: str, form: str, language: Language) -> dict[str, Target]:
        with self._db.read() as tx:
            opened = open_form(tx, app, form)
            may = reach(tx, actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
            may.places("export")
            seen = states(opened, may, "view")
        return targets(opened.form, lambda field: seen[field], language)

    def _run(self, run: JobRun) -> dict[str, Any] | None:
        """Write the file anew (after a restart too: nothing of a half-written one can be trusted)."""
        body, language = run.body, run.body["language"]
        known = _chosen(self._targets(run.actor, body["app"], body["form"], language), body["fields"])
        path = run.files.new()
        kind = "xlsx" if body["format"] == "xlsx" else "csv"
        begin = _Book if kind == "xlsx" else _Text
        out = begin(path, known, body["format"])
        count = 0
        try:
            for record in self._page(run):
                out.record(record)
                count += 1
                if count % PAGE == 0:
                    run.progress(count)
        finally:
            out.close()
        with self._db.write() as tx:
            title = Designs("form").get(tx, f"{body['app']}/{body['form']}").name
            day = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).strftime("%Y%m%d-%H%M")
            stored = run.files.keep(
                tx, path, name=f"{title}-{day}.{kind}", media_type=MEDIA_TYPES[kind], actor=run.actor
            )
            run.total = count
            result = {"rows": count, "file": stored.name, "size": stored.size}
            run.finish(tx, result, file=stored)
        return result

    def _page(self, run: JobRun) -> Iterator[Record]:
        """Read the list page by page, by key; only records that may be exported."""
        body, after = run.body, None
        while True:
            page = self._records.find(
                run.actor, body["app"], body["form"], filter_=body["filter"], sort=body["sort"], after=after,
                limit=PAGE, action="export",
            )  # fmt: skip
            yield from page.rows
            after = page.next
            if after is None:
                return


def _chosen(known: Mapping[str, Target], fields: Sequence[str]) -> list[Target]:
    if not fields:
        return list(known.values())
    found = [known[NUMBER]]
    for code in fields:
        inner = [one for one in known.values() if one.table is not None and one.table.code == code]
        found += inner or ([known[code]] if code in known else [])
    return found


def _cell(target: Target, values: Mapping[str, Any], *, workbook: bool) -> Cell:
    if target.field is None or target.kind is None:
        return None
    return write(target.field, target.kind, values.get(target.field.code), workbook=workbook)


class _Book:
    """A workbook: a sheet of records, and one for each sub-table."""

    def __init__(self, path: Path, known: Sequence[Target], _format: str) -> None:
        self._own = [one for one in known if one.table is None]
        self._book = XlsxBook(path)
        inner = tables(known)
        taken = {sheet_name(one.title) for one in inner.values()}
        main = next(name for name in ("记录", "Records", "记录 (1)") if name not in taken)
        self._main = self._book.sheet(main, [one.title for one in self._own])
        self._tables: list[tuple[str, list[Target], XlsxSheet]] = []
        used: set[str] = {main.lower()}
        for code, table in inner.items():
            columns = [one for one in known if one.table is not None and one.table.code == code]
            name = sheet_name(table.title) if sheet_name(table.title).lower() not in used else code[:31]
            used.add(name.lower())
            titles = [known[0].title, *(one.field.title if one.field else one.title for one in columns)]
            self._tables.append((code, columns, self._book.sheet(name, titles)))

    def record(self, record: Record) -> None:
        """Write a record and the rows of its sub-tables."""
        self._main.row(
            [record.id if one.name == NUMBER else _cell(one, record.values, workbook=True) for one in self._own]
        )
        for code, columns, sheet in self._tables:
            rows = record.values.get(code)
            for row in rows if isinstance(rows, list) else ():
                sheet.row([record.id, *(_cell(one, row, workbook=True) for one in columns)])

    def close(self) -> None:
        """Finish the file."""
        self._book.close()


class _Text:
    """A CSV file: the rows of sub-tables follow their record."""

    def __init__(self, path: Path, known: Sequence[Target], format_: str) -> None:
        self._known = list(known)
        self._tables = list(tables(known))
        self._writer = CsvWriter(path, [one.title for one in known], encoding=_ENCODINGS[format_])

    def record(self, record: Record) -> None:
        """Write a record and the rows of its sub-tables."""
        lines = [record.values.get(code) for code in self._tables]
        rows = [line if isinstance(line, list) else [] for line in lines]
        first = True
        for beside in zip_longest(*rows, fillvalue={}) if any(rows) else [tuple({} for _ in rows)]:
            held = dict(zip(self._tables, beside, strict=True))
            cells: list[Cell] = []
            for one in self._known:
                if one.table is not None:
                    cells.append(_cell(one, held[one.table.code], workbook=False))
                elif not first:
                    cells.append(None)
                else:
                    cells.append(record.id if one.name == NUMBER else _cell(one, record.values, workbook=False))
            first = False
            self._writer.row(cells)

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()
