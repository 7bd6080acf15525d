"""Leases of printers: only one thread of one process works a printer, and a dead one's lease is free at once."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
import threading
import time

from mazhi.engines.labels.printing import store
from mazhi.kernel import clock
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError

SECONDS = 30.0
_PROCESS = secrets.token_hex(4)


class LeaseLostError(ConflictError):
    """Somebody else works the printer by now; the transaction must not commit, and nothing more may be sent."""


class Lease:
    """One printer's lease, held by one thread."""

    def __init__(self, db: Database, printer_id: int, seconds: float = SECONDS) -> None:
        self.printer_id = printer_id
        self.worker = f"{_host()}:{os.getpid()}:{_PROCESS}:{secrets.token_hex(4)}"
        self._db = db
        self._seconds = seconds
        self._good_until = 0.0
        self._lock = threading.Lock()

    def claim(self) -> bool:
        """Take it; False where somebody else holds it."""
        now, started = clock.now(), time.monotonic()
        with self._db.read() as tx:
            row = store.worker_of(tx, self.printer_id)
        held = "" if row is None else row.worker
        dead = held if held and is_dead(held, one_machine=self._db.dialect == "sqlite") else ""
        if held and not dead and row is not None and row.lease_until >= now:
            return False
        with self._db.write() as tx:
            taken = store.claim_printer(tx, self.printer_id, self.worker, now=now, until=self._until(now), dead=dead)
        self._good_until = started + self._seconds if taken else 0.0
        return taken

    def hold(self, tx: Tx) -> None:
        """Prolong it in a transaction, which can only commit with it.

        Raises:
            LeaseLostError: Somebody else has it.
        """
        started = time.monotonic()
        if not store.prolong(tx, self.printer_id, self.worker, self._until(clock.now())):
            self._good_until = 0.0
            raise LeaseLostError("lease_lost")
        self._good_until = started + self._seconds

    def beat(self) -> None:
        """Prolong it in a transaction of its own."""
        with self._db.write() as tx:
            self.hold(tx)

    def refresh(self) -> None:
        """Prolong it where a third of it is over; whoever lost it learns that at the next step."""
        if 0 < self._good_until < time.monotonic() + self._seconds * 2 / 3:
            with contextlib.suppress(LeaseLostError):
                self.beat()

    def check(self) -> None:
        """Make sure that it still holds, by our own clock: a process that slept too long must not send any more.

        Raises:
            LeaseLostError: It is over.
        """
        if time.monotonic() >= self._good_until:
            raise LeaseLostError("lease_lost")

    def release(self) -> None:
        """Give it back."""
        with self._db.write() as tx:
            store.release_printer(tx, self.printer_id, self.worker)

    def _until(self, now: int) -> int:
        return now + int(self._seconds * clock.MICROS_PER_SECOND)


def is_dead(worker: str, *, one_machine: bool) -> bool:
    """Tell whether the process behind a lease is known to be gone; a SQLite file has one machine."""
    host, pid, token, _ = worker.rsplit(":", 3)
    if host != _host():
        return one_machine
    if int(pid) == os.getpid():
        return token != _PROCESS
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _host() -> str:
    return socket.gethostname()
