"""Working one printer: job after job, window after window, so that each label comes out exactly once.

The order is what matters. The driver's memo and the labels' state ``sent`` are committed before the first byte of a
window is sent; the state ``printed`` when the printer has told so. Whatever breaks in between, the window is still
open in the table, and whoever works the printer next asks the driver what came of it: labels that came out are
printed, the others are sent again. Where the printer can't tell, the labels of that one window are in doubt, and a
person decides.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from dataclasses import replace

from sqlalchemy.exc import DBAPIError

from mazhi.engines.labels.printers import store as printer_store
from mazhi.engines.labels.printers.driver import Driver, Look, PrinterError, Session
from mazhi.engines.labels.printers.model import Printer, drivers
from mazhi.engines.labels.printing import label_store, store
from mazhi.engines.labels.printing.hands import Hands, LeaveError
from mazhi.engines.labels.printing.leases import Lease, LeaseLostError
from mazhi.engines.labels.printing.model import LabelState, PrintJob, Run, Target
from mazhi.engines.labels.printing.service import end
from mazhi.kernel import clock
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, PlatformError, Problem
from mazhi.kernel.jobs.model import crash, dump_problems, problems_of

FIRST_LOOK = 0.002
LONGEST_LOOK = 0.5
CALL_BACK_AFTER = 0.1
"""So long, in seconds, a pause between two looks must be before it pays to see whether somebody cancelled."""
_log = logging.getLogger("mazhi.printing")


class Worker:
    """Works one printer, whose lease it holds."""

    def __init__(self, db: Database, lease: Lease, hands: Hands, stopping: threading.Event) -> None:
        self._db = db
        self._lease = lease
        self._hands = hands
        self._stopping = stopping
        self._changed = threading.Event()
        self._mute: set[str] = set()
        self._failures = 0
        self._run: tuple[str, Run] | None = None
        self._codes: list[str] = []
        self._trouble: tuple[str, str] | None = None
        self._printer: Printer | None = None

    def wake(self) -> None:
        """Tell that somebody changed something: a pause is cut short."""
        self._changed.set()

    def work(self) -> None:
        """Work until nothing is left to do, somebody pauses the printer, or the process stops."""
        while not self._stopping.is_set():
            with self._db.read() as tx:
                job = store.next_job(tx, self._lease.printer_id)
                printer = printer_store.by_ids(tx, [self._lease.printer_id]).get(self._lease.printer_id)
            if job is None or printer is None or (printer.paused and not job.wish):
                return
            self._printer = printer
            self._attempt(printer, job)

    def _attempt(self, printer: Printer, job: PrintJob) -> None:
        try:
            self._do(printer, drivers[printer.driver], job)
        except LeaveError:
            self._failures = 0
        except PrinterError as error:
            self._failures += 1
            self._trouble_is(job, Problem(error.code, dict(error.params)))
            if not self._gave_up(job) and not self._stopping.is_set():
                self._changed.wait(self._hands.pauses.after(self._failures) / clock.MICROS_PER_SECOND)
                self._changed.clear()
        except LeaseLostError:
            raise
        except PlatformError as error:
            self._fail(job, problems_of(error))
        except DBAPIError:
            raise
        except Exception as error:  # noqa: BLE001 - the edge of a job: whatever it was, log it whole
            _log.exception("print job %s", job.id)
            self._fail(job, crash(error, 1))

    def _do(self, printer: Printer, driver: Driver, job: PrintJob) -> None:
        if not job.first:
            self._boundary(job)
        if driver.by_hand:
            self._hands.write_file(job, self._run_of(job), self._target(printer, job, 1))
            return
        fresh = job.first == 0
        while True:
            with self._hands.open(printer, self._hands.pace, self._mute) as session:
                if not fresh:
                    self._recover(session, job)
                    fresh = True
                while not session.spent:
                    self._window(session, printer, driver, job)

    # -- one window ---------------------------------------------------------------------------------------------

    def _window(self, session: Session, printer: Printer, driver: Driver, job: PrintJob) -> None:
        """Send the next window and see it come out; a job without another one is done."""
        run = self._run_of(job)
        with self._db.read() as tx:
            window = label_store.next_window(tx, job.id, self._size(session, printer, driver))
        if window is None:
            self._finish(job)
            raise LeaveError
        first, last = self._on_whole_sheets(run, job, *window)
        target = replace(self._target(printer, job, first), last=last == job.total)
        # Written before anything is sent: what can't be written must not be half printed.
        data = b"".join(run.chunks(target, self._places(job, first, last), job.total, job.created_at))
        self._come_to_rest(session, job, 0.0)
        memo = session.begin(f"{job.id[:13]}-{first}-{secrets.token_hex(3)}", last - first + 1)
        with self._db.write() as tx:
            self._lease.hold(tx)
            self._may_go_on(tx, job)
            label_store.mark(tx, job.id, first, last, "sent", was="queued", now=clock.now())
            store.change(tx, job.id, state="running", window_first=first, window_last=last, memo=memo)
        self._lease.check()
        session.send(data, lambda code: self._waiting(job, code))
        session.complete()
        self._see_it_out(session, job, memo, first, last)

    def _see_it_out(self, session: Session, job: PrintJob, memo: str, first: int, last: int) -> None:
        """Look until everything sent came out, or nothing more will; then close the window."""
        count, called_back = last - first + 1, False
        pause, still_since, before = FIRST_LOOK, time.monotonic(), -1
        while True:
            look = session.look(memo)
            if not look.busy and look.printed is None:
                if called_back or look.trouble is not None:
                    self._doubt(job)
                return self._settle(job, first, last, count, missing="doubtful")
            if not look.busy and look.printed is not None and look.printed >= count:
                return self._settle(job, first, last, count, missing="doubtful")
            if look.busy or look.printed != before:
                still_since, before = time.monotonic(), -1 if look.printed is None else look.printed
            elif time.monotonic() - still_since > self._hands.pace.settle:
                missing: LabelState = "cancelled" if called_back else "doubtful"
                return self._settle(job, first, last, max(0, look.printed or 0), missing=missing)
            if pause > CALL_BACK_AFTER and not called_back and self._is_cancelled(job):
                session.cancel()
                called_back = True
            self._waiting(job, look.trouble)
            self._pause(pause)
            pause = min(pause * 1.5, LONGEST_LOOK)

    def _recover(self, session: Session, job: PrintJob) -> None:
        """Find out what came of the window that was open when the line broke, or the process died."""
        self._come_to_rest(session, job, self._hands.pace.settle)
        session.mend()
        count = job.last - job.first + 1
        look = session.look(job.memo) if job.memo else Look(None, busy=False)
        since, before, pause = time.monotonic(), look.printed, FIRST_LOOK
        while look.busy or (look.printed is not None and time.monotonic() - since < self._hands.pace.settle):
            self._waiting(job, look.trouble)
            self._pause(pause)
            pause = min(pause * 1.5, LONGEST_LOOK)
            look = session.look(job.memo)
            if look.busy or look.printed != before:
                since, before = time.monotonic(), look.printed
        if look.printed is None or not 0 <= look.printed <= count:
            self._doubt(job)
        else:
            self._settle(job, job.first, job.last, look.printed, missing="queued")

    def _come_to_rest(self, session: Session, job: PrintJob, seconds: float) -> None:
        """Wait until nothing has come out for a while.

        What the broken line brought may still be on its way; to make the printer forget half a label before that would
        hit another one. And what somebody else prints must not be counted as ours.
        """
        since, pause = time.monotonic(), FIRST_LOOK
        while (look := session.rest()) is not None:
            if look.busy or (seconds and look.trouble is not None):
                since = time.monotonic()
            elif time.monotonic() - since >= seconds:
                return
            self._waiting(job, look.trouble)
            self._pause(pause)
            pause = min(pause * 1.5, LONGEST_LOOK)

    def _settle(self, job: PrintJob, first: int, last: int, printed: int, *, missing: LabelState) -> None:
        """Close a window: so many labels came out; the others get the state ``missing``.

        After a broken line they are sent again. Where the line held and the counter all the same stayed behind, nobody
        knows why, and sending again might go on for ever: so they are in doubt.
        """
        now, short = clock.now(), last - first + 1 - printed
        with self._db.write() as tx:
            self._lease.hold(tx)
            present = store.get(tx, job.id, lock=True) or job
            values = {"window_first": 0, "window_last": 0, "memo": "", "printed": present.printed + printed}
            if printed:
                label_store.mark(tx, job.id, first, first + printed - 1, "printed", was="sent", now=now)
                self._failures = 0
            if short:
                label_store.mark(tx, job.id, first + printed, last, missing, was="sent", now=now)
                if missing == "doubtful":
                    values |= {"state": "doubtful", "doubtful": present.doubtful + short}
            store.change(tx, job.id, **values)
            self._untroubled(tx, present, now)
            left = (bool(short) and missing == "doubtful") or self._obey(tx, store.get(tx, job.id) or present)
        if left:
            raise LeaveError

    def _doubt(self, job: PrintJob) -> None:
        """Leave it to a person which labels of the open window came out."""
        with self._db.write() as tx:
            self._lease.hold(tx)
            present = store.get(tx, job.id, lock=True) or job
            count = label_store.mark(tx, job.id, present.first, present.last, "doubtful", was="sent", now=clock.now())
            store.change(
                tx, job.id, state="doubtful", doubtful=present.doubtful + count, window_first=0, window_last=0, memo=""
            )
            self._untroubled(tx, present, clock.now())
        raise LeaveError

    # -- between windows ----------------------------------------------------------------------------------------

    def _boundary(self, job: PrintJob) -> None:
        """Do what was asked of a job; leave it where it may not go on."""
        with self._db.write() as tx:
            self._lease.hold(tx)
            present = store.get(tx, job.id, lock=True)
            left = present is None or self._obey(tx, present)
        if left:
            raise LeaveError

    def _obey(self, tx: Tx, present: PrintJob) -> bool:
        """Do what was asked of a job between two windows; tell whether it is to be left."""
        if present.wish == "cancel":
            end(tx, present, "cancelled", clock.now())
            return True
        if present.wish == "pause":
            store.change(tx, present.id, state="paused", wish="")
            return True
        printer = printer_store.by_ids(tx, [present.printer_id]).get(present.printer_id)
        if printer is None or printer.paused or self._stopping.is_set():
            store.change(tx, present.id, state="queued")
            return True
        if present.started_at is None:
            store.change(tx, present.id, started_at=clock.now())
        return present.state not in {"queued", "running"}

    def _may_go_on(self, tx: Tx, job: PrintJob) -> None:
        present = store.get(tx, job.id, lock=True)
        if present is None or present.wish or present.state not in {"queued", "running"}:
            raise LeaveError

    def _finish(self, job: PrintJob) -> None:
        with self._db.write() as tx:
            self._lease.hold(tx)
            present = store.get(tx, job.id, lock=True)
            if present is not None and present.state in {"queued", "running"}:
                end(tx, present, "done", clock.now())

    def _fail(self, job: PrintJob, problems: list[Problem]) -> None:
        """End a job that can't be printed."""
        with self._db.write() as tx:
            self._lease.hold(tx)
            self._end_uncertainly(tx, store.get(tx, job.id, lock=True) or job, failed=True)
            store.change(tx, job.id, errors=dump_problems(problems))

    def _gave_up(self, job: PrintJob) -> bool:
        """Give up a job that somebody cancelled while its printer can't be reached."""
        with self._db.write() as tx:
            self._lease.hold(tx)
            present = store.get(tx, job.id, lock=True)
            if present is None or present.wish != "cancel":
                return False
            self._end_uncertainly(tx, present, failed=False)
            return True

    def _end_uncertainly(self, tx: Tx, present: PrintJob, *, failed: bool) -> None:
        """End a job; where a window is open, nobody knows what of it came out, so that is settled by a person first."""
        now = clock.now()
        if not present.first:
            end(tx, present, "failed" if failed else "cancelled", now)
            return
        count = label_store.mark(tx, present.id, present.first, present.last, "doubtful", was="sent", now=now)
        label_store.mark(tx, present.id, 1, present.total, "cancelled", was="queued", now=now)
        store.change(
            tx, present.id, state="doubtful", wish="cancel", doubtful=present.doubtful + count, window_first=0,
            window_last=0, memo="",
        )  # fmt: skip

    # -- waiting ------------------------------------------------------------------------------------------------

    def _waiting(self, job: PrintJob, code: str | None) -> None:
        """Say what a job waits for; leave it where the process stops or somebody asked for an end."""
        self._lease.check()
        if self._stopping.is_set():
            raise LeaveError
        if code is not None:
            self._trouble_is(job, Problem(code))
        elif self._trouble is not None:
            with self._db.write() as tx:
                self._lease.hold(tx)
                self._untroubled(tx, job, clock.now())

    def _is_cancelled(self, job: PrintJob) -> bool:
        with self._db.read() as tx:
            present = store.get(tx, job.id)
        return present is None or present.wish == "cancel"

    def _pause(self, seconds: float) -> None:
        if self._stopping.is_set():
            raise LeaveError
        self._changed.wait(seconds)
        self._changed.clear()
        self._lease.check()

    def _trouble_is(self, job: PrintJob, problem: Problem) -> None:
        """Write down what keeps a job from going on, once."""
        if self._trouble == (job.id, problem.code):
            return
        self._trouble = (job.id, problem.code)
        with self._db.write() as tx:
            self._lease.hold(tx)
            store.set_trouble(tx, job, problem, clock.now())

    def _untroubled(self, tx: Tx, job: PrintJob, now: int) -> None:
        """Write down that a printer works."""
        self._trouble = None
        store.set_trouble(tx, job, None, now)

    # -- what is printed ----------------------------------------------------------------------------------------

    def _run_of(self, job: PrintJob) -> Run:
        if self._run is None or self._run[0] != job.id:
            run = self._hands.prepare(job)
            self._run, self._codes = (job.id, run), [line.code for line in run.lines]
        return self._run[1]

    def _places(self, job: PrintJob, first: int, last: int) -> list[int]:
        """Return the places of some labels in the run.

        Raises:
            ConflictError: An item has another code since the job was ordered (code ``print_source_changed``).
        """
        self._run_of(job)
        with self._db.read() as tx:
            rows = label_store.lines(tx, job.id, first, last)
        found: list[int] = []
        for row in rows:
            place = (row.n - 1) // job.copies
            if place >= len(self._codes) or self._codes[place] != row.code:
                raise ConflictError("print_source_changed", item=row.code)
            found.append(place)
        return found

    def _size(self, session: Session, printer: Printer, driver: Driver) -> int:
        if printer.window:
            return printer.window
        counted, blind = driver.window
        if counted == blind:
            return counted
        return counted if session.counter() is not None else blind

    def _on_whole_sheets(self, run: Run, job: PrintJob, first: int, last: int) -> tuple[int, int]:
        """Let a window end where a sheet ends, if it fills one; the first sheet may have been begun by another job."""
        begun = job.start - 1 if first == 1 else 0
        whole = (last - first + 1 + begun) // run.per_sheet * run.per_sheet - begun
        return (first, first + whole - 1) if whole > 0 and last < job.total else (first, last)

    def _target(self, printer: Printer, job: PrintJob, first: int) -> Target:
        return Target(
            language=printer.language,
            dpi=printer.dpi,
            media=printer.media,
            start=job.start if first == 1 else 1,
            printer=printer.code,
        )
