"""A company whose forms are filled from files."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mazhi.engines.forms.exchange.exporting import RecordExports
from mazhi.engines.forms.exchange.importing import Imports
from mazhi.engines.forms.exchange.model import Request
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.db import Database
from mazhi.kernel.jobs.model import Job
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.spreadsheets.reading import open_spreadsheet
from mazhi.kernel.spreadsheets.writing import XlsxBook
from tests.engines.forms.test_all_fields import Company, field


class Desk(Company):
    """Where files are brought in and taken away; ``card`` has a sub-table."""

    def __init__(self, db: Database, folder: Path) -> None:
        super().__init__(db)
        self.folder = folder
        self.jobs = Jobs(db, folder / "files")
        self.imports = Imports(db, self.jobs, self.records)
        self.exports = RecordExports(db, self.jobs, self.records)

    def draw(self, *fields: dict[str, Any], form: str = "book") -> None:
        self.publish(list(fields), form)

    def send(self, content: bytes, name: str = "a.csv", *, actor: Actor = SYSTEM, form: str = "book") -> str:
        return self.imports.upload(actor, "qc", form, io.BytesIO(content), name)

    def start(self, upload: str, *, actor: Actor = SYSTEM, form: str = "book", **how: Any) -> str:
        guess = self.imports.guess(actor, "qc", form, upload)
        request = Request("qc", form, upload, how.pop("mapping", guess.mapping), **{"dry_run": False, **how})
        return self.imports.start(actor, request)

    def bring(self, rows: Sequence[Sequence[Any]] | bytes, *, encoding: str = "utf-8", **how: Any) -> dict[str, Any]:
        """Import a table and return the result of the job."""
        content = rows if isinstance(rows, bytes) else table(rows).encode(encoding)
        name = how.pop("name", "a.csv")
        upload = self.send(content, name, form=how.get("form", "book"), actor=how.get("actor", SYSTEM))
        return self.result(self.start(upload, **how))

    def result(self, job: str) -> dict[str, Any]:
        found = self.ended(job)
        assert found.state == "done", found.errors
        return found.result or {}

    def ended(self, job: str) -> Job:
        self.jobs.run_pending()
        return self.jobs.get(SYSTEM, job)

    def all(self, form: str = "book") -> list[dict[str, Any]]:
        """Return the values of every record, the oldest first."""
        return [dict(one.values) for one in reversed(self.records.find(SYSTEM, "qc", form, limit=1000).rows)]

    def take(self, format_: Any = "xlsx", *, actor: Actor = SYSTEM, form: str = "book", **how: Any) -> bytes:
        """Export a form and return the file."""
        job = self.ended(self.exports.start(actor, "qc", form, format_, **how))
        assert job.state == "done", job.errors
        return self.jobs.files.path(self.jobs.file(SYSTEM, job.id)).read_bytes()

    def sheet(self, content: bytes, name: str | None = None) -> list[list[Any]]:
        path = self.folder / "look.bin"
        path.write_bytes(content)
        return [row.values for row in open_spreadsheet(path, sheet=name).rows()]


def table(rows: Sequence[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def book(folder: Path, **sheets: Sequence[Sequence[Any]]) -> bytes:
    """Write a workbook of several sheets."""
    path = folder / "made.xlsx"
    made = XlsxBook(path)
    for name, (header, *rows) in sheets.items():
        sheet = made.sheet(name, header)
        for row in rows:
            sheet.row(row)
    made.close()
    return path.read_bytes()


__all__ = ["Desk", "book", "field", "table"]
