"""When something may be said to have happened: late entry (补录) and closed periods (关账)."""

from __future__ import annotations

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, Problem
from mazhi.kernel.settings.store import read_setting

TOLERANCE = 5 * 60 * clock.MICROS_PER_SECOND
"""So far a client's clock may be ahead, and so long an entry may take, before it is late."""
CLOSED_UNTIL = "ledger.closed_until"
"""The setting: µs, or "" where the books are open."""
PERIOD_LOCK = 0x6D7A_0002
"""The advisory lock on PostgreSQL; any number that nothing else uses."""


def check_time(tx: Tx, actor: Actor, occurred_at: int, now: int) -> None:
    """Let only those moments pass at which something may be said to have happened.

    Raises:
        ConflictError: It lies in the future (``bad_time``) or in a closed period (``closed_period``).
        ForbiddenError: It lies in the past, and the actor may not enter late.
    """
    if occurred_at > now + TOLERANCE:
        raise _refused(Problem("bad_time", {"occurred_at": clock.to_text(occurred_at)}, "/occurred_at"))
    if occurred_at < now - TOLERANCE and not actor.may("ledger.late_entry"):
        raise ForbiddenError("no_right", right="ledger.late_entry")
    if occurred_at >= now:
        return
    lock_period(tx)
    closed = read_setting(tx, CLOSED_UNTIL)
    if closed and occurred_at < int(closed):
        until = clock.to_text(int(closed))
        raise _refused(Problem("closed_period", {"closed_until": until}, "/occurred_at"))


def lock_period(tx: Tx, *, closing: bool = False) -> None:
    """Let nobody close the period while something is entered into it; who closes waits for what is on its way.

    SQLite has one writer anyway.
    """
    if tx.dialect == "postgresql":
        shared = "" if closing else "_shared"
        tx.run(f"SELECT pg_advisory_xact_lock{shared}(:key)", key=PERIOD_LOCK)


def _refused(problem: Problem) -> ConflictError:
    return ConflictError("operation_refused", problems=[problem], refused=1)
