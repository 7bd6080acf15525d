"""When something may be said to have happened: late entry (补录) and closed periods (关账)."""

from __future__ import annotations

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.settings.store import read_setting

TOLERANCE = 5 * 60 * clock.MICROS_PER_SECOND
"""So far a client's clock may be ahead, and so long an entry may take, before it is late."""
CLOSED_UNTIL = "ledger.closed_until"


def check_time(tx: Tx, actor: Actor, occurred_at: int, now: int) -> Problem | None:
    """Refuse a moment in the future or in a closed period, and a late one without the right to enter late."""
    if occurred_at > now + TOLERANCE:
        return Problem("bad_time", {"occurred_at": clock.to_text(occurred_at)}, "/occurred_at")
    if occurred_at >= now - TOLERANCE:
        return None
    if not actor.may("ledger.late_entry"):
        return Problem("no_right", {"right": "ledger.late_entry"}, "/occurred_at")
    closed = read_setting(tx, CLOSED_UNTIL)
    if closed is not None and occurred_at < int(closed):
        return Problem("closed_period", {"closed_until": clock.to_text(int(closed))}, "/occurred_at")
    return None
