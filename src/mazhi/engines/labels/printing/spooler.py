"""The spooler (打印队列): one thread for each printer that has something to do, one that finds such printers."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from dataclasses import dataclass

from mazhi.engines.labels.printing import store
from mazhi.engines.labels.printing.hands import Hands
from mazhi.engines.labels.printing.leases import SECONDS, Lease, LeaseLostError
from mazhi.engines.labels.printing.worker import Worker
from mazhi.kernel import clock
from mazhi.kernel.db import Database
from mazhi.kernel.errors import Problem
from mazhi.kernel.jobs.model import load_problems

LOOK_SECONDS = 0.5
_log = logging.getLogger("mazhi.printing")


@dataclass(frozen=True, slots=True)
class Standing:
    """What a printer is at."""

    worked: bool
    waiting: int
    trouble: Problem | None
    trouble_at: int | None
    seen_at: int | None


class Spooler:
    """Brings print jobs to their printers, in the background."""

    def __init__(self, db: Database, hands: Hands, *, lease: float = SECONDS) -> None:
        self._db = db
        self._hands = hands
        self._lease = lease
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._lock = threading.Lock()
        self._working: dict[int, tuple[Lease, Worker, threading.Thread]] = {}
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start; started twice is once. What a killed process left goes on at once."""
        if self._thread is None:
            self._stopping.clear()
            self._thread = threading.Thread(target=self._watch, name="printing", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Stop in good order: a window under way stays open, and goes on after the next start."""
        self._stopping.set()
        self._woken.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        with self._lock:
            working = list(self._working.values())
        for _, worker, thread in working:
            worker.wake()
            thread.join()
        self._stopping.clear()

    def wake(self) -> None:
        """Tell that something was ordered, or changed."""
        self._woken.set()
        with self._lock:
            working = list(self._working.values())
        for _, worker, _ in working:
            worker.wake()

    def run_pending(self) -> int:
        """Work every printer that has something to do in the calling thread; return how many that were."""
        with self._db.read() as tx:
            due = store.due_printers(tx)
        count = 0
        for printer_id in due:
            lease = Lease(self._db, printer_id, self._lease)
            if lease.claim():
                count += 1
                self._work(lease, Worker(self._db, lease, self._hands, self._stopping))
        return count

    def standing(self, printer_ids: Collection[int]) -> dict[int, Standing]:
        """Tell what printers are at."""
        now, ids = clock.now(), list(printer_ids)
        with self._db.read() as tx:
            works, waiting = store.works(tx, ids), store.waiting(tx, ids)
        found = {}
        for one in ids:
            row = works.get(one)
            troubles = load_problems(row.trouble) if row is not None else []
            found[one] = Standing(
                worked=row is not None and bool(row.worker) and row.lease_until >= now,
                waiting=waiting.get(one, 0),
                trouble=troubles[0] if troubles and waiting.get(one) else None,
                trouble_at=row.trouble_at if row is not None else None,
                seen_at=row.seen_at if row is not None else None,
            )
        return found

    def _watch(self) -> None:
        while not self._stopping.is_set():
            try:
                self._look()
                self._beat()
            except Exception:  # noqa: BLE001 - the edge of a thread: the database may be away for a while
                _log.exception("printing")
            self._woken.wait(LOOK_SECONDS)
            self._woken.clear()

    def _look(self) -> None:
        with self._db.read() as tx:
            due = store.due_printers(tx)
        with self._lock:
            self._working = {one: entry for one, entry in self._working.items() if entry[2].is_alive()}
            fresh = [one for one in due if one not in self._working]
        for printer_id in fresh:
            lease = Lease(self._db, printer_id, self._lease)
            if not lease.claim():
                continue
            worker = Worker(self._db, lease, self._hands, self._stopping)
            thread = threading.Thread(
                target=self._work, args=(lease, worker), name=f"printer-{printer_id}", daemon=True
            )
            with self._lock:
                self._working[printer_id] = (lease, worker, thread)
            thread.start()

    def _beat(self) -> None:
        """Keep the leases of those who wait for a printer."""
        with self._lock:
            alive = [lease for lease, _, thread in self._working.values() if thread.is_alive()]
        for lease in alive:
            lease.refresh()

    def _work(self, lease: Lease, worker: Worker) -> None:
        try:
            worker.work()
        except LeaseLostError:
            _log.warning("printer %d went to another process", lease.printer_id)
            return
        except Exception:  # noqa: BLE001 - the edge of a thread: whatever it was, log it whole; it is tried again
            _log.exception("printer %d", lease.printer_id)
            self._stopping.wait(LOOK_SECONDS)
        lease.release()
