"""Taking the list of a recall away as a spreadsheet, made by a job."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.exporting.model import Format, titles
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.recalls.model import STATUSES, Where
from mazhi.kernel.recalls.reading import RecallReading
from mazhi.kernel.spreadsheets.writing import MEDIA_TYPES, Table
from mazhi.kernel.texts import Language

JOB = "export_recall"
CHUNK = 1000

COLUMNS: Mapping[str, tuple[str, str]] = {
    "code": ("序列号", "Serial number"),
    "role": ("角色", "Role"),
    "product": ("产品", "Product"),
    "batch": ("批次", "Batch"),
    "state": ("现状态", "State now"),
    "place": ("现所在", "Place now"),
    "holder": ("现持有方", "Held by now"),
    "holder_name": ("持有方名称", "Name of holder"),
    "opened_state": ("立案时状态", "State when opened"),
    "opened_place": ("立案时所在", "Place when opened"),
    "opened_holder": ("立案时持有方", "Held by when opened"),
    "cause": ("因何受影响", "Affected by"),
    "status": ("进展", "Status"),
    "measure": ("措施", "Measure"),
    "attempts": ("通知次数", "Attempts"),
    "notified_at": ("最近通知", "Notified"),
    "answered_at": ("答复", "Answered"),
    "due": ("期限", "Due"),
    "handled_at": ("处理完毕", "Handled"),
}
_ROLES: Mapping[str, tuple[str, str]] = {"unit": ("整件", "Unit"), "part": ("随整机", "Part")}


class RecallExport:
    """Writes the list of a recall."""

    def __init__(self, db: Database, jobs: Jobs, reading: RecallReading, life_cycles: LifeCycles) -> None:
        self._db = db
        self._jobs = jobs
        self._reading = reading
        self._life_cycles = life_cycles
        jobs.handler(JOB, self._run)

    def start(self, actor: Actor, number: str, format_: Format, language: Language = "zh") -> str:
        """Export the pieces of a recall, as far as the actor may see them; return the job's id.

        Raises:
            NotFoundError: There is no such recall.
        """
        recall = self._reading.get(actor, number)
        body = {"recall": number, "format": format_, "language": language}
        with self._db.write() as tx:
            return self._jobs.enqueue(tx, JOB, body, actor=actor, total=recall["total"] + recall["parts"])

    def _run(self, run: JobRun) -> dict[str, Any] | None:
        """Write the file anew (after a restart too: nothing of a half-written one can be trusted)."""
        language: Language = run.body["language"]
        format_: Format = run.body["format"]
        states: dict[str, tuple[str, str]] = {}
        with self._db.read() as tx:
            for cycle in self._life_cycles.load(tx).values():
                for state in cycle.states:
                    states.setdefault(state.code, (state.zh, state.en))
        path, count, after = run.files.new(), 0, None
        with Table(path, format_, titles(COLUMNS, language)) as table:
            while True:
                found, after = self._reading.items(run.actor, run.body["recall"], Where(), after=after, limit=CHUNK)
                table.write([_row(row, states, language) for row in found])
                count += len(found)
                run.progress(count)
                if after is None:
                    break
        with self._db.write() as tx:
            name = f"{run.body['recall']}.{format_}"
            stored = run.files.keep(tx, path, name=name, media_type=MEDIA_TYPES[format_], actor=run.actor)
            run.total = count
            result = {"rows": count, "file": stored.name, "size": stored.size}
            run.finish(tx, result, file=stored)
        return result


def _row(row: Mapping[str, Any], states: Mapping[str, tuple[str, str]], language: Language) -> list[Any]:
    english, opened = language == "en", row["opened"]

    def state(code: str | None) -> str | None:
        return None if code is None else states.get(code, (code, code))[english]

    return [
        row["code"], _ROLES[row["role"]][english], row["product"], row["batch"], state(row["state"]), row["place"],
        row["holder"], row["holder_name"], state(opened["state"]), opened["place"], opened["holder"],
        row["cause"]["code"], STATUSES[row["status"]][english], row["measure"], row["attempts"],
        _local(row["notified_at"]), _local(row["answered_at"]), row["due"], _local(row["handled_at"]),
    ]  # fmt: skip


def _local(moment: str | None) -> datetime | None:
    return None if moment is None else datetime.fromisoformat(moment).astimezone(clock.DEFAULT_ZONE)
