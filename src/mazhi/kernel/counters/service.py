"""Handing out numbers: never twice, in a short transaction of its own."""

from __future__ import annotations

import threading

from mazhi.kernel.counters import store
from mazhi.kernel.db import Database


class Counters:
    """Blocks of numbers from named counters.

    A block is taken in its own transaction, before the caller's opens: a gap is harmless, a duplicate is a recall,
    and a counter row locked until a long posting commits would stop everybody.
    """

    def __init__(self, db: Database) -> None:
        self._db = db

    def take(self, name: str, count: int, *, limit: int | None = None) -> int | None:
        """Reserve ``count`` numbers and return the first; None if fewer than ``count`` are left below ``limit``."""
        with self._db.write() as tx:
            last = store.advance(tx, name, count, limit)
        return None if last is None else last - count + 1


class Ids:
    """Row ids of one table, taken from its counter in blocks and kept in memory."""

    def __init__(self, counters: Counters, name: str, *, block: int = 1000) -> None:
        self._counters = counters
        self._name = f"id:{name}"
        self._block = block
        self._lock = threading.Lock()
        self._next = 1
        self._last = 0

    def take(self, count: int) -> range:
        """Return ``count`` consecutive ids."""
        with self._lock:
            if self._last - self._next + 1 < count:
                size = max(self._block, count)
                first = self._counters.take(self._name, size)
                assert first is not None  # noqa: S101 - ids have no limit below 2**62
                self._next, self._last = first, first + size - 1
            return self._cut(count)

    def at_hand(self, count: int) -> range | None:
        """Return ``count`` consecutive ids if they can be had at once, without asking the database or waiting.

        So it may be asked within a transaction; ids of one that is taken back are gone.
        """
        if not self._lock.acquire(blocking=False):  # whoever has it may wait for the caller's transaction
            return None
        try:
            return self._cut(count) if self._last - self._next + 1 >= count else None
        finally:
            self._lock.release()

    def _cut(self, count: int) -> range:
        first = self._next
        self._next += count
        return range(first, first + count)
