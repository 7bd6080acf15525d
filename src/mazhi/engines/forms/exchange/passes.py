"""One pass over a file, chunk by chunk: checking it, and bringing its good records in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from mazhi.engines.forms.exchange.deciding import Decider, Plan
from mazhi.engines.forms.exchange.model import CHUNK, Draft, Outcome, Request
from mazhi.engines.forms.exchange.reading import Reader
from mazhi.engines.forms.records.opened import look_up, open_form
from mazhi.engines.forms.records.refusing import Outcome as Written
from mazhi.engines.forms.records.service import Records
from mazhi.engines.forms.rights.compiling import reach
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import Problem
from mazhi.kernel.importing.log import FaultLog
from mazhi.kernel.importing.report import BadRows
from mazhi.kernel.jobs.files import Files
from mazhi.kernel.jobs.model import StoredFile
from mazhi.kernel.jobs.service import JobRun
from mazhi.kernel.spreadsheets.writing import XLSX


@dataclass(slots=True)
class _Chunk:
    """Some records, decided over and checked."""

    plans: list[Plan]

    def of(self, action: str) -> list[Plan]:
        return [one for one in self.plans if one.action == action]


@dataclass(slots=True)
class _State:
    """How far a job is: what the cursor of its last checkpoint says.

    ``adding`` are the rows whose records were about to be added: they are added by the same key again, which adds
    nothing where it was done already.
    """

    row: int
    log: str
    size: int = 0
    adding: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        return {"row": self.row, "log": self.log, "size": self.size, "adding": self.adding, "counts": self.counts}


class Pass:
    """A pass over one file for one request."""

    def __init__(
        self,
        db: Database,
        files: Files,
        records: Records,
        actor: Actor,
        request: Request,
        reader: Reader,
        decider: Decider,
        file: str,
    ) -> None:
        self._db = db
        self._files = files
        self._records = records
        self._actor = actor
        self._request = request
        self._reader = reader
        self._decider = decider
        self._file = file

    def check(self, run: JobRun) -> Outcome:
        """Check every record and change nothing."""
        outcome = Outcome()
        with closing(FaultLog(self._files.new())) as log:
            for chunk in self._chunks(_State(0, "")):
                self._note(chunk, log)
                for name, action in (("added", "add"), ("changed", "change"), ("same", "same"), ("skipped", "skip")):
                    setattr(outcome, name, getattr(outcome, name) + len(chunk.of(action)))
                outcome.rows += len(chunk.plans)
                run.progress(outcome.rows)
            return self._finish(run, outcome, log)

    def write(self, run: JobRun) -> Outcome:
        """Bring the good records in; goes on after the last chunk that was done."""
        state = _State(**run.cursor) if run.cursor else _State(0, self._files.new().name)
        with closing(FaultLog(self._files.folder / state.log, state.size)) as log:
            for chunk in self._chunks(state):
                self._write_chunk(run, chunk, log, state)
            counts = state.counts
            outcome = Outcome(
                rows=counts.get("rows", 0), added=counts.get("add", 0), changed=counts.get("change", 0),
                same=counts.get("same", 0), skipped=counts.get("skip", 0),
            )  # fmt: skip
            return self._finish(run, outcome, log)

    # -- chunks -----------------------------------------------------------------------------------------------------

    def _chunks(self, state: _State) -> Iterator[_Chunk]:
        """Read and check the file in chunks; records up to the state's row are done, but are remembered."""
        drafts = self._reader.drafts()
        fresh: list[Draft] = []
        for draft in drafts:
            if draft.row > state.row:
                fresh = [draft]
                break
            self._decider.remember(draft)
        fresh += islice(drafts, CHUNK - len(fresh))
        while fresh:
            adding = set(state.adding)
            yield self._again(fresh, adding) if adding else self._judged(fresh)
            fresh = list(islice(drafts, CHUNK))

    def _judged(self, drafts: Sequence[Draft]) -> _Chunk:
        with self._db.read() as tx:
            opened = open_form(tx, self._request.app, self._request.form)
            may = reach(tx, self._actor, opened.id, opened.form, opened.layout.slots, look_up(tx))
            plans = self._decider.decide(tx, opened, may, drafts)
        there = [one.number for one in plans if one.action == "change" and one.number is not None]
        if there:
            found = self._records.get(self._actor, self._request.app, self._request.form, there)
            self._decider.compare(plans, {one.id: one for one in found})
        # What is written is checked when it is written; only of what will not be, the rest of its faults is asked for.
        self._examine([one for one in plans if self._request.dry_run or one.draft.faults])
        for plan in plans:
            if plan.draft.faults:
                plan.action = "bad"
        return _Chunk(plans)

    def _examine(self, plans: Sequence[Plan]) -> None:
        """Say what else is wrong with records."""
        where = (self._actor, self._request.app, self._request.form)
        new = [one for one in plans if one.action == "add"]
        old = [one for one in plans if one.action == "change" and one.number is not None]
        found = self._records.check(*where, [one.values for one in new]) if new else []
        if old:
            found += self._records.check(*where, [one.values for one in old], numbers=[one.number or 0 for one in old])
        for plan, problems in zip([*new, *old], found, strict=True):
            self._tell(plan, problems)

    def _again(self, drafts: Sequence[Draft], adding: set[int]) -> _Chunk:
        """Decide as was decided before the job was killed: what was about to be added is added by its key."""
        fresh = [one for one in drafts if one.row not in adding]
        rest = self._judged(fresh).plans if fresh else []
        for draft in drafts:
            if draft.row in adding:
                self._decider.remember(draft)
        known = {one.draft.row: one for one in rest}
        return _Chunk([known.get(one.row) or Plan(one, "add", self._decider.values_of(one)) for one in drafts])

    def _tell(self, plan: Plan, problems: Sequence[Problem]) -> None:
        """Say at which cells problems are; nothing more is said of cells that could not be read."""
        for problem in problems:
            name, line = _place(problem.pointer)
            if name in plan.draft.spoiled or any(one.field == name and line is None for one in plan.draft.faults):
                continue
            params = dict(problem.params)
            if problem.item is not None:
                params.setdefault("item", problem.item)
            plan.draft.faults.append(self._reader.fault(plan.draft, name, problem.code, params, line))

    # -- writing ----------------------------------------------------------------------------------------------------

    def _write_chunk(self, run: JobRun, chunk: _Chunk, log: FaultLog, state: _State) -> None:
        adding = chunk.of("add")
        rows = [one.draft.row for one in adding]
        if adding and state.adding != rows:
            # Said before it is done: whoever goes on after a kill asks for exactly the same again.
            state.adding = rows
            with self._db.write() as tx:
                run.checkpoint(tx, cursor=state.body())
        self._add(run, adding)
        self._change(chunk.of("change"))
        self._note(chunk, log)
        state.row, state.size, state.adding = chunk.plans[-1].draft.row, log.size, []
        state.counts["rows"] = state.counts.get("rows", 0) + len(chunk.plans)
        for plan in chunk.plans:
            state.counts[plan.action] = state.counts.get(plan.action, 0) + 1
        with self._db.write() as tx:
            run.checkpoint(tx, done=run.done + len(chunk.plans), cursor=state.body())

    def _add(self, run: JobRun, plans: Sequence[Plan]) -> None:
        if plans:
            outcome = self._records.create_good(
                self._actor, self._request.app, self._request.form, [one.values for one in plans],
                client_key=f"import:{run.id}:add:{plans[0].draft.row}",
            )  # fmt: skip
            self._refuse(plans, outcome)

    def _change(self, plans: Sequence[Plan]) -> None:
        """Change records; whatever was changed before a kill is the same now and is not among them."""
        if plans:
            outcome = self._records.change_many(
                self._actor, self._request.app, self._request.form,
                [(one.number or 0, one.version or None, one.values) for one in plans], good_only=True,
            )  # fmt: skip
            self._refuse(plans, outcome)

    def _refuse(self, plans: Sequence[Plan], outcome: Written) -> None:
        for one in outcome.refused:
            plans[one.place].action = "bad"
            self._tell(plans[one.place], one.problems)

    # -- the end ----------------------------------------------------------------------------------------------------

    def _note(self, chunk: _Chunk, log: FaultLog) -> None:
        log.add({one.draft.row: one.draft.faults for one in chunk.plans if one.action == "bad"})

    def _finish(self, run: JobRun, outcome: Outcome, log: FaultLog) -> Outcome:
        """Count what was bad, write the file of bad rows where there are any, and end the job."""
        path = self._files.new()
        book: BadRows | None = None
        source = self._reader.rows()
        row = next(source, None)
        for faults in log.read():
            outcome.add(faults)
            while row is not None and row.number < faults[0].row:
                row = next(source, None)
            book = book or BadRows(path, self._reader.header, self._request.language)
            while row is not None and (row.number == faults[0].row or self._reader.goes_on(row)):
                book.add(row, faults if row.number == faults[0].row else [])
                row = next(source, None)
        for faults in self._reader.orphans():
            outcome.add(faults)
            book = book or BadRows(path, self._reader.header, self._request.language)
            book.add_foreign(faults)
        outcome.rows = max(outcome.rows, outcome.bad_rows)
        stored: StoredFile | None = None
        result = outcome.body()
        if book is not None:
            book.close()
        with self._db.write() as tx:
            if book is not None:
                stem = self._file.rsplit(".", 1)[0]
                name = f"{stem} 错误行.xlsx" if self._request.language == "zh" else f"{stem} bad rows.xlsx"
                stored = self._files.keep(tx, path, name=name, media_type=XLSX, actor=self._actor)
                result["file"] = stored.name
            run.total = outcome.rows
            run.finish(tx, result, file=stored)
        log.remove()
        return outcome


def _place(pointer: str | None) -> tuple[str, int | None]:
    """Return the target that a problem's pointer names, and which row of a sub-table: ``/values/checks/2/good``."""
    parts = (pointer or "").split("/")
    while parts and parts[0] != "values":
        parts.pop(0)
    if len(parts) < 2:
        return "", None
    if len(parts) < 4:
        return parts[1], None
    return f"{parts[1]}.{parts[3]}", int(parts[2]) if parts[2].isdigit() else None
