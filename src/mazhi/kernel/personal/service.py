"""What a user does with personal data of events: erase it."""

from __future__ import annotations

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.personal import store

RIGHT = "ledger.erase"


class Personal:
    """Erases personal data; the ledger keeps the salted hash, so every proof stays valid."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def erase(self, actor: Actor, event_id: int) -> None:
        """Erase the personal data of an event; once erased it stays so.

        Raises:
            NotFoundError: The event has none (code ``no_personal_data``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            if event_id >= 2**63 or not store.of_events(tx, [event_id]):
                raise NotFoundError("no_personal_data", event=event_id)
            if store.erase(tx, event_id, clock.now(), actor.name):
                audit.record(tx, actor, subject="personal", key=str(event_id), action="erase")
