"""What a user does to take lists away: items by filter, the codes that a job made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError
from mazhi.kernel.exporting import store
from mazhi.kernel.exporting.model import CODE_COLUMNS, ITEM_COLUMNS, Format, item_row, titles
from mazhi.kernel.items import store as items_store
from mazhi.kernel.items.service import ItemFilter, Items
from mazhi.kernel.jobs.model import Job
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.spreadsheets.writing import MEDIA_TYPES, Table
from mazhi.kernel.texts import Language

ITEMS_JOB = "export_items"
CODES_JOB = "export_codes"
RIGHT = "items.view"
CHUNK = 2_000
CODES_CHUNK = 10_000

Rows = Iterator[Sequence[Any]]


class Exports:
    """Writes lists as spreadsheets; each is a job whose file is fetched when it is done."""

    def __init__(self, db: Database, jobs: Jobs, items: Items, life_cycles: LifeCycles) -> None:
        self._db = db
        self._jobs = jobs
        self._items = items
        self._life_cycles = life_cycles
        jobs.handler(ITEMS_JOB, self._export_items)
        jobs.handler(CODES_JOB, self._export_codes)

    def items(self, actor: Actor, wanted: ItemFilter, format_: Format, language: Language = "zh") -> str:
        """Export the items of a filter, as far as the actor may see them; return the job's id."""
        actor.require(RIGHT)
        body = {"filter": asdict(wanted), "format": format_, "language": language}
        with self._db.write() as tx:
            return self._jobs.enqueue(tx, ITEMS_JOB, body, actor=actor)

    def codes(self, actor: Actor, job_id: str, format_: Format, language: Language = "zh") -> str:
        """Export the codes that a finished job made or imported, in the order of making; return the job's id.

        Raises:
            NotFoundError: There is no such job.
            ConflictError: It is not done (code ``job_not_done``).
            InvalidInputError: It made no items (code ``job_without_items``).
        """
        actor.require(RIGHT)
        made = self._jobs.get(actor, job_id)
        events = events_of(made)
        body = {"events": events, "format": format_, "language": language}
        total = int((made.result or {}).get("count") or (made.result or {}).get("imported") or 0)
        with self._db.write() as tx:
            return self._jobs.enqueue(tx, CODES_JOB, body, actor=actor, total=total or None)

    def _export_items(self, run: JobRun) -> dict[str, Any] | None:
        language: Language = run.body["language"]
        states: dict[str, tuple[str, str]] = {}
        with self._db.read() as tx:
            for cycle in self._life_cycles.load(tx).values():
                for state in cycle.states:
                    states.setdefault(state.code, (state.zh, state.en))
        wanted = ItemFilter(**run.body["filter"])

        def rows() -> Rows:
            after: str | None = None
            while True:
                found, after = self._items.page(run.actor, wanted, after=after, limit=CHUNK)
                for item in found:
                    yield item_row(item, states, language)
                if after is None:
                    return

        return self._write(run, ITEM_COLUMNS, rows(), {"zh": "序列号清单", "en": "items"}[language])

    def _export_codes(self, run: JobRun) -> dict[str, Any] | None:
        language: Language = run.body["language"]
        name = {"zh": "序列号", "en": "serials"}[language]
        return self._write(run, CODE_COLUMNS, self._codes(run.actor, run.body["events"]), name)

    def _codes(self, actor: Actor, events: Sequence[int]) -> Rows:
        areas = actor.areas(RIGHT)
        for event_id in events:
            after = 0
            while True:
                with self._db.read() as tx:
                    ids = store.born_in(tx, event_id, after, CODES_CHUNK)
                    found = store.codes(tx, ids)
                    products = items_store.codes_of(tx, "product", {row.product_id for row in found})
                    batches = items_store.codes_of(tx, "batch", {row.batch_id for row in found})
                for row in found:
                    if areas is None or row.place_id in areas or row.place_id == 0:
                        yield row.code, products.get(row.product_id), batches.get(row.batch_id)
                if len(ids) < CODES_CHUNK:
                    break
                after = ids[-1]

    def _write(
        self, run: JobRun, columns: Mapping[str, tuple[str, str]], rows: Rows, name: str
    ) -> dict[str, Any] | None:
        """Write the file anew (after a restart too: nothing of a half-written one can be trusted)."""
        format_: Format = run.body["format"]
        path = run.files.new()
        count = 0
        with Table(path, format_, titles(columns, run.body["language"])) as table:
            for row in rows:
                table.write([row])
                count += 1
                if count % CHUNK == 0:
                    run.progress(count)
        day = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).strftime("%Y%m%d-%H%M")
        with self._db.write() as tx:
            stored = run.files.keep(
                tx, path, name=f"{name}-{day}.{format_}", media_type=MEDIA_TYPES[format_], actor=run.actor
            )
            run.total = count
            result = {"rows": count, "file": stored.name, "size": stored.size}
            run.finish(tx, result, file=stored)
        return result


def events_of(job: Job) -> list[int]:
    """Return the events in which a finished job let items be born.

    Raises:
        ConflictError: It is not done yet.
        InvalidInputError: It is no job of that kind.
    """
    if job.state != "done" or job.result is None:
        raise ConflictError("job_not_done", job=job.id)
    events = job.result.get("events")
    if not events:
        raise InvalidInputError("job_without_items", job=job.id)
    return [int(event) for event in events]
