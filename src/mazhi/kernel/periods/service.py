"""Closing a period (关账), so that nothing can be entered late into it, and opening it again."""

from __future__ import annotations

import json

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.periods.model import Period, check_closing
from mazhi.kernel.posting.period import CLOSED_UNTIL, lock_period
from mazhi.kernel.settings.store import read_setting, write_setting

RIGHT = "ledger.close_period"
CLOSED_BY = "ledger.closed_by"


class Periods:
    """The closed period of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self) -> Period:
        """Return up to when the books are closed; everybody may know, since it decides what they may enter."""
        with self._db.read() as tx:
            return _read(tx)

    def close(self, actor: Actor, until: int | None, *, reason: str = "") -> Period:
        """Close the books up to a moment; None, or an earlier moment than before, opens them again.

        Corrections stay possible, since they happen now. Entries on their way are waited for.

        Raises:
            ForbiddenError: The actor may not close periods.
            InvalidInputError: The moment lies ahead, or opening again lacks a reason.
        """
        actor.require(RIGHT)
        reason = reason.strip()
        with self._db.write() as tx:
            lock_period(tx, closing=True)
            now = clock.now()
            present = _read(tx)
            check_closing(present, until, reason, now)
            period = Period(until, actor.name, now, reason)
            write_setting(tx, CLOSED_UNTIL, "" if until is None else str(until))
            write_setting(tx, CLOSED_BY, json.dumps([actor.name, now, reason], ensure_ascii=False))
            audit.record(
                tx,
                actor,
                subject="period",
                key="ledger",
                action="close" if until is not None and until >= (present.closed_until or 0) else "reopen",
                before={"closed_until": _text(present.closed_until)},
                after={"closed_until": _text(until), "reason": reason},
            )
            return period


def _read(tx: Tx) -> Period:
    until = read_setting(tx, CLOSED_UNTIL)
    who, when, why = json.loads(read_setting(tx, CLOSED_BY) or '["", null, ""]')
    return Period(int(until) if until else None, who, when, why)


def _text(moment: int | None) -> str | None:
    return None if moment is None else clock.to_text(moment)
