"""The pool of connections: one that was given up closes what still comes back to it."""

from __future__ import annotations

import logging

from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool
from sqlalchemy.pool.base import ConnectionPoolEntry


class ClosingPool(QueuePool):
    """A pool that leaves no connection open once it was disposed of.

    Disposing closes what lies in the pool. What a thread has in its hands at that moment comes back later, to a pool
    that nobody knows any more: there it would stay open until the garbage collector finds it.
    """

    _over = False

    def dispose(self) -> None:
        """Close what lies in the pool, and from now on whatever comes back."""
        self._over = True
        super().dispose()

    def _do_return_conn(self, record: ConnectionPoolEntry) -> None:
        super()._do_return_conn(record)
        # Looked at afterwards: it is found here, or by whoever disposes at the same moment.
        if self._over:
            super().dispose()


def give_back(engine: Engine) -> None:
    """Give every connection of an engine back; one that is opened after all is closed when it is not used any more."""
    engine.dispose()
    engine.pool.dispose()


# SQLAlchemy calls a pool's log after the class, so that it is no more under the level of its own logs.
logging.getLogger(f"{ClosingPool.__module__}.{ClosingPool.__name__}").setLevel(logging.WARNING)
