"""What a user does with print jobs: order, pause, cancel, resolve, confirm, fetch the file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mazhi.engines.labels.printers import store as printer_store
from mazhi.engines.labels.printers.model import Printer
from mazhi.engines.labels.printers.service import known
from mazhi.engines.labels.printing import label_store, store
from mazhi.engines.labels.printing.model import (
    MOST_COPIES,
    MOST_LABELS,
    OVER,
    PRINT,
    RELABELLED,
    REPRINT,
    VIEW,
    Confirmation,
    JobState,
    Line,
    Outcome,
    PrintJob,
    PrintRequest,
    Run,
    Runs,
)
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError, Problem, TooLargeError, invalid
from mazhi.kernel.jobs.files import Files
from mazhi.kernel.jobs.model import StoredFile, new_id
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.scanning.reading import Reading

Read = Callable[[str, Actor], Sequence[Reading]]
KEPT_RUNS = 8
NAMED = 1000
"""So many items a refusal names."""


class Printing:
    """Print jobs of one database."""

    def __init__(self, db: Database, runs: Runs, files: Files, read: Read, wake: Callable[[], None]) -> None:
        """Take what makes runs, where files lie, what reads scans, and whom to tell that there is something to do."""
        self._db = db
        self._runs = runs
        self._files = files
        self._read = read
        self._wake = wake
        self._fresh: dict[str, Run] = {}

    def print(self, actor: Actor, request: PrintRequest) -> str:
        """Order labels and return the job's id; everything is checked before anything is printed.

        Raises:
            ForbiddenError: The right to print is missing, or to print again (codes ``no_right``).
            InvalidInputError: Faults of the request, the template or the data.
            ConflictError: Labels that were printed before, without a reason: all are named (``label_printed_before``);
                or the client key was used with another body (``client_key_reused``).
        """
        actor.require(PRINT)
        hashed = _hash(request.body())
        if request.client_key is not None:
            with self._db.read() as tx:
                present = store.by_client_key(tx, _key(actor, request.client_key))
            if present is not None:
                return _same(present, hashed, request.client_key)
        _check(request)
        with self._db.read() as tx:
            dpi = known(tx, request.printer).dpi
        run = self._runs.prepare(actor, request.label, request.items, request.records, dpi=dpi)
        total = len(run.lines) * request.copies
        if not total:
            raise invalid("/items", "nothing_to_print")
        if total > MOST_LABELS:
            raise TooLargeError("too_many_labels", count=total, limit=MOST_LABELS)
        with self._db.write() as tx:
            store.lock_orders(tx)
            if request.client_key is not None:
                present = store.by_client_key(tx, _key(actor, request.client_key))
                if present is not None:
                    return _same(present, hashed, request.client_key)
            printer = known(tx, request.printer)
            before, older = _printed_before(tx, actor, request, run.lines)
            job = _new(actor, printer, request, run, total)
            key = None if request.client_key is None else _key(actor, request.client_key)
            store.insert(tx, job, request.source(), client_key=key, body_hash=hashed)
            label_store.insert(tx, _rows(job, run, request.copies, before))
            label_store.void_older(tx, job.id, request.label, older, reason=RELABELLED, by=actor.name, now=clock.now())
            master_data.mark_used(tx, printer_store.printer, [printer])
        self._keep(job.id, run)
        self._wake()
        return job.id

    def take_run(self, job_id: str) -> Run | None:
        """Return the run of a job that was ordered a moment ago in this process, so that it need not be made again."""
        return self._fresh.pop(job_id, None)

    def _keep(self, job_id: str, run: Run) -> None:
        self._fresh[job_id] = run
        for old in list(self._fresh)[:-KEPT_RUNS]:
            self._fresh.pop(old, None)

    def test(self, actor: Actor, code: str) -> str:
        """Order a test page from a printer; return the job's id."""
        actor.require(PRINT)
        with self._db.write() as tx:
            printer = known(tx, code)
            job = _blank(actor, printer, kind="test", label="", version=0, total=1)
            store.insert(tx, job, {}, client_key=None, body_hash="")
            label_store.insert(tx, [(job.id, 1, 0, "TEST", "", 1, "", 0, "queued", False)])
            master_data.mark_used(tx, printer_store.printer, [printer])
        self._wake()
        return job.id

    def get(self, actor: Actor, job_id: str) -> tuple[PrintJob, dict[str, int]]:
        """Return a job, and its labels counted by state.

        Raises:
            NotFoundError: There is no such job (code ``unknown_print_job``).
        """
        actor.require(VIEW)
        with self._db.read() as tx:
            return _known(tx, job_id), label_store.counts(tx, job_id)

    def page(
        self,
        actor: Actor,
        *,
        states: Sequence[str] | None = None,
        printer: str | None = None,
        label: str | None = None,
        mine: bool = False,
        after: str | None = None,
        limit: int = 100,
    ) -> tuple[list[PrintJob], str | None]:
        """Return jobs, newest first, and where the next page begins."""
        actor.require(VIEW)
        with self._db.read() as tx:
            printer_id = None
            if printer is not None:
                found = printer_store.by_codes(tx, [printer]).get(printer)
                if found is None:
                    return [], None
                printer_id = found.id
            rows = store.page(
                tx, states=None if states is None else list(states), printer_id=printer_id, label=label,
                created_by=actor.name if mine else None, before=after, limit=limit + 1,
            )  # fmt: skip
        return rows[:limit], rows[limit - 1].id if len(rows) > limit else None

    def pause(self, actor: Actor, job_id: str) -> PrintJob:
        """Stop a job; what is under way is finished.

        Raises:
            ConflictError: It is over (code ``print_job_over``), or waits for a decision (``print_job_doubtful``).
        """
        return self._wish(actor, job_id, "pause", "paused")

    def resume(self, actor: Actor, job_id: str) -> PrintJob:
        """Go on with a paused job.

        Raises:
            ConflictError: It is over (code ``print_job_over``), or waits for a decision (``print_job_doubtful``).
        """
        actor.require(PRINT)
        with self._db.write() as tx:
            job = _known(tx, job_id, lock=True)
            _open_to_change(job, doubtful=False)
            if job.state == "paused":
                store.change(tx, job_id, state="queued", wish="")
            elif job.wish == "pause":
                store.change(tx, job_id, wish="")
            changed = _known(tx, job_id)
        self._wake()
        return changed

    def cancel(self, actor: Actor, job_id: str) -> PrintJob:
        """End a job; what is under way is finished or called back, what was printed stays printed.

        Raises:
            ConflictError: It is over (code ``print_job_over``).
        """
        return self._wish(actor, job_id, "cancel", "cancelled")

    def _wish(self, actor: Actor, job_id: str, wish: str, state: JobState) -> PrintJob:
        actor.require(PRINT)
        with self._db.write() as tx:
            job = _known(tx, job_id, lock=True)
            _open_to_change(job, doubtful=wish == "cancel")
            if job.state == "ready" and wish == "pause":
                raise ConflictError("print_job_over", job=job_id)
            if job.state == "running" or job.first or job.state == "doubtful":
                store.change(tx, job_id, wish=wish)
                if job.state == "paused":
                    store.change(tx, job_id, state="queued")
            elif wish == "cancel":
                end(tx, job, "cancelled", clock.now())
            else:
                store.change(tx, job_id, state=state)
            changed = _known(tx, job_id)
        self._wake()
        return changed

    def resolve(
        self, actor: Actor, job_id: str, outcomes: Mapping[int, Outcome], rest: Outcome | None = None
    ) -> PrintJob:
        """Say of doubtful labels which came out; the others are printed again, and the job goes on.

        Raises:
            ConflictError: Labels that are not in doubt: all are named (code ``label_not_doubtful``).
        """
        actor.require(PRINT)
        now = clock.now()
        with self._db.write() as tx:
            job = _known(tx, job_id, lock=True)
            open_ = label_store.numbers_in(tx, job_id, "doubtful")
            wrong = sorted(set(outcomes) - set(open_))
            if wrong or not open_:
                problems = [Problem("label_not_doubtful", {"n": n}, "/labels", str(n)) for n in wrong[:NAMED]]
                raise ConflictError("label_not_doubtful", problems=problems, n=wrong[0] if wrong else 0)
            found = {n: outcome for n in open_ if (outcome := outcomes.get(n, rest)) is not None}
            printed = [n for n, outcome in found.items() if outcome == "printed"]
            again = [n for n, outcome in found.items() if outcome == "again"]
            label_store.resolve(tx, job_id, printed, "printed", now)
            label_store.resolve(tx, job_id, again, "cancelled" if job.wish == "cancel" else "queued", now)
            left = len(open_) - len(found)
            store.change(tx, job_id, printed=job.printed + len(printed), doubtful=left)
            if not left:
                _go_on(tx, job, now)
            changed = _known(tx, job_id)
        self._wake()
        return changed

    def confirm(self, actor: Actor, job_id: str, raw: str) -> Confirmation:
        """Compare a scan with the job's first label; the answer is kept with the job.

        Raises:
            NotFoundError: There is no such job.
            ConflictError: Nothing of it was printed yet (code ``nothing_printed_yet``).
        """
        actor.require(PRINT)
        readings = self._read(raw, actor)
        with self._db.write() as tx:
            job = _known(tx, job_id, lock=True)
            first = next((row for row in label_store.lines(tx, job_id, 1, 1)), None)
            if first is None or not job.printed:
                raise ConflictError("nothing_printed_yet")
            right = any(one.item_id == first.item_id for one in readings) if first.item_id else False
            right = right or first.code in {raw.strip(), *(one.value for one in readings)}
            read = next((one.item["code"] for one in readings if one.item), readings[0].value if readings else raw)
            found = Confirmation(right, raw[:500], first.code, str(read)[:500], clock.now(), actor.name)
            store.change(tx, job_id, confirmed=json.dumps(asdict(found), ensure_ascii=False))
        return found

    def file(self, actor: Actor, job_id: str) -> StoredFile:
        """Return the file of a job that a person prints; with that its labels count as printed.

        Raises:
            NotFoundError: It has none, or its time is over (code ``unknown_file``).
        """
        actor.require(PRINT)
        with self._db.read() as tx:
            job = _known(tx, job_id)
        if job.file is None:
            raise NotFoundError("unknown_file")
        stored = self._files.get(job.file)
        if job.state == "ready":
            now = clock.now()
            with self._db.write() as tx:
                present = _known(tx, job_id, lock=True)
                if present.state == "ready":
                    count = label_store.mark(tx, job_id, 1, job.total, "printed", was="sent", now=now)
                    store.change(tx, job_id, state="done", printed=count, finished_at=now)
        return stored


def end(tx: Tx, job: PrintJob, state: JobState, now: int) -> None:
    """End a job; what was not sent is cancelled."""
    label_store.mark(tx, job.id, 1, job.total, "cancelled", was="queued", now=now)
    if job.state == "ready":
        label_store.mark(tx, job.id, 1, job.total, "cancelled", was="sent", now=now)
    store.change(
        tx, job.id, state=state, wish="", window_first=0, window_last=0, memo="", trouble="[]", trouble_at=None,
        finished_at=now,
    )  # fmt: skip


def _go_on(tx: Tx, job: PrintJob, now: int) -> None:
    """Go on with a job whose doubts are settled."""
    if job.wish == "cancel":
        end(tx, job, "cancelled", now)
    elif job.wish == "pause":
        store.change(tx, job.id, state="paused", wish="", trouble="[]", trouble_at=None)
    else:
        store.change(tx, job.id, state="queued", trouble="[]", trouble_at=None)


def _open_to_change(job: PrintJob, *, doubtful: bool) -> None:
    if job.state in OVER:
        raise ConflictError("print_job_over", job=job.id)
    if job.state == "doubtful" and not doubtful:
        raise ConflictError("print_job_doubtful", job=job.id, count=job.doubtful)


def _known(tx: Tx, job_id: str, *, lock: bool = False) -> PrintJob:
    job = None if "\0" in job_id else store.get(tx, job_id, lock=lock)
    if job is None:
        raise NotFoundError("unknown_print_job", job=job_id)
    return job


def _check(request: PrintRequest) -> None:
    if not 1 <= request.copies <= MOST_COPIES:
        raise invalid("/copies", "number_out_of_range", value=request.copies, least=1, most=MOST_COPIES)


def _printed_before(
    tx: Tx, actor: Actor, request: PrintRequest, lines: Sequence[Line]
) -> tuple[dict[tuple[int, str], int], set[int]]:
    """Return which items have such a label already, and which have one with an earlier code.

    Printing the former again needs a reason and the right (补打); the latter's old labels become void (换标).
    """
    pairs = {(line.item_id, line.code) for line in lines if line.item_id}
    found = label_store.labels_of(tx, request.label, {item_id for item_id, _ in pairs}) if pairs else {}
    before = {pair: found[pair] for pair in pairs if pair in found}
    if before:
        if not request.reason.strip():
            problems = [
                Problem("label_printed_before", {"count": count}, "/items", code)
                for (_, code), count in list(before.items())[:NAMED]
            ]
            first = next(iter(before))
            raise ConflictError("label_printed_before", problems=problems, count=before[first], item=first[1])
        actor.require(REPRINT)
    return before, {item_id for item_id, _ in found.keys() - pairs}


def _new(actor: Actor, printer: Printer, request: PrintRequest, run: Run, total: int) -> PrintJob:
    return _blank(
        actor, printer, kind="labels", label=request.label, version=run.version, total=total,
        copies=request.copies, start=request.start, reason=request.reason.strip(), document=request.document,
    )  # fmt: skip


def _blank(actor: Actor, printer: Printer, **about: Any) -> PrintJob:
    told = {"reason": "", "document": "", "copies": 1, "start": 1, "dpi": printer.dpi, **about}
    return PrintJob(
        **told, id=new_id(), printer_id=printer.id, state="queued", wish="", printed=0, doubtful=0, actor=actor,
        first=0, last=0, memo="", trouble=None, trouble_at=None, errors=[], confirmed=None, file=None,
        created_at=clock.now(), started_at=None, finished_at=None,
    )  # fmt: skip


def _rows(job: PrintJob, run: Run, copies: int, before: Mapping[tuple[int, str], int]) -> list[tuple[Any, ...]]:
    """Write a row for each label: the copies of one item follow each other."""
    rows: list[tuple[Any, ...]] = []
    seen: set[tuple[int, str]] = set()
    for line in run.lines:
        pair = (line.item_id, line.code)
        again = pair in before or (line.item_id != 0 and pair in seen)
        seen.add(pair)
        for copy in range(1, copies + 1):
            rows.append(
                (job.id, len(rows) + 1, line.item_id, line.code, line.record, copy, job.label, job.version, "queued",
                 again)
            )  # fmt: skip
    return rows


def _key(actor: Actor, client_key: str) -> str:
    return f"{actor.name}:{client_key}"


def _hash(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _same(present: tuple[str, str], hashed: str, client_key: str) -> str:
    job_id, before = present
    if before != hashed:
        raise ConflictError("client_key_reused", client_key=client_key)
    return job_id
