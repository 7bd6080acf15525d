"""Taking a roll away as a spreadsheet: every label, its linked codes, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.exporting.model import Format, titles
from mazhi.kernel.items import store as items
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.rolls import store
from mazhi.kernel.rolls.service import known
from mazhi.kernel.spreadsheets.writing import MEDIA_TYPES, Table
from mazhi.kernel.texts import Language

JOB = "export_roll"
CHUNK = 2_000

COLUMNS: Mapping[str, tuple[str, str]] = {
    "set": ("套号", "Set"),
    "part": ("标签", "Label"),
    "ordinal": ("套内序", "No. in set"),
    "code": ("码", "Code"),
    "state": ("状态", "State"),
    "issue": ("发放批", "Issue"),
    "item": ("绑定的件", "Bound to"),
    "reason": ("作废原因", "Reason"),
    "changed_at": ("最近变动", "Last change"),
    "changed_by": ("经手人", "By"),
}
_STATES: Mapping[str, tuple[str, str]] = {
    "ready": ("在库", "In store"),
    "issued": ("已发放", "Given out"),
    "bound": ("已绑定", "Bound"),
    "spoiled": ("作废", "Spoiled"),
}


class RollExport:
    """Writes rolls as spreadsheets, each by a job."""

    def __init__(self, db: Database, jobs: Jobs) -> None:
        self._db = db
        self._jobs = jobs
        jobs.handler(JOB, self._export)

    def start(
        self, actor: Actor, code: str, format_: Format, *, state: str | None = None, language: Language = "zh"
    ) -> str:
        """Export the labels of a roll, or those in one state (also ``missing``); return the job's id.

        Raises:
            NotFoundError: There is no such roll.
        """
        with self._db.read() as tx:
            known(tx, code)
        body = {"roll": code, "state": state, "format": format_, "language": language}
        with self._db.write() as tx:
            return self._jobs.enqueue(tx, JOB, body, actor=actor)

    def _export(self, run: JobRun) -> dict[str, Any] | None:
        body = run.body
        language: Language = body["language"]
        path = run.files.new()
        after: tuple[int, int, int] | None = None
        total = 0
        with self._db.read() as tx, Table(path, body["format"], titles(COLUMNS, language)) as table:
            roll = known(tx, body["roll"])
            while True:
                rows = store.page_of_labels(tx, roll.id, body["state"], after, CHUNK)
                bound = items.item_codes(tx, {row.item_id for row in rows if row.item_id})
                table.write(
                    (
                        row.set_number,
                        roll.parts[row.part].name,
                        row.ordinal,
                        row.code,
                        _STATES[row.state][language == "en"],
                        row.issue or None,
                        bound.get(row.item_id),
                        row.reason,
                        clock.to_datetime(row.changed_at, clock.DEFAULT_ZONE),
                        row.changed_by,
                    )
                    for row in rows
                )
                total += len(rows)
                if len(rows) < CHUNK:
                    break
                after = (rows[-1].set_number, rows[-1].part, rows[-1].ordinal)
                run.progress(total)
        name = f"{('标签卷', 'roll')[language == 'en']}-{body['roll']}.{body['format']}"
        name = "".join("_" if sign in '\\/:*?"<>|' else sign for sign in name)
        with self._db.write() as tx:
            stored = run.files.keep(tx, path, name=name, media_type=MEDIA_TYPES[body["format"]], actor=run.actor)
            run.total = total
            result = {"rows": total, "file": stored.name, "size": stored.size}
            run.finish(tx, result, file=stored)
        return result
