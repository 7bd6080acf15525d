"""What a user does with count sessions (盘点单).

A session goes ``open`` → ``counted`` → ``approved`` → ``posting`` → ``posted``, or is ``cancelled`` before it is
posted; back to ``open`` it goes only to count some of it again. Every step stands in the audit trail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.counts import judging, opening
from mazhi.kernel.counts.adjusting import Adjusting
from mazhi.kernel.counts.model import Decision, OpenRequest, ScanRequest, Unit
from mazhi.kernel.counts.reading import CountReading
from mazhi.kernel.counts.scanning import Desk
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.jobs.service import Jobs
from mazhi.kernel.posting.repeating import Request
from mazhi.kernel.posting.service import Posting
from mazhi.kernel.scanning.service import Scanning


class Counts:
    """Count sessions; ``reading`` shows them."""

    def __init__(self, db: Database, scanning: Scanning, posting: Posting, jobs: Jobs, event_ids: Ids) -> None:
        self._db = db
        self._desk = Desk(db, scanning)
        self._adjusting = Adjusting(db, posting, jobs, event_ids)
        self.reading = CountReading(db)

    def open(self, actor: Actor, request: OpenRequest) -> dict[str, Any]:
        """Open a session: what stands in its places is frozen."""
        with self._db.write() as tx:
            asked = Request(tx, "count", actor, request.client_key, {**asdict(request), "client_key": None})
            number = str(asked.answer["number"]) if asked.answer else opening.open_session(tx, actor, request)
            if not asked.answer:
                asked.store({"number": number})
        return self.reading.get(actor, number)

    def open_in(self, tx: Tx, actor: Actor, request: OpenRequest) -> str:
        """Open a session in the caller's transaction and return its number."""
        return opening.open_session(tx, actor, request)

    def state_in(self, tx: Tx, number: str) -> str:
        """Return where a session stands.

        Raises:
            NotFoundError: There is none.
        """
        return str(opening.session_of(tx, number).state)

    def begun_in(self, tx: Tx, number: str) -> bool:
        """Tell whether somebody has begun with a session: counted something, or taken it further.

        Raises:
            NotFoundError: There is none.
        """
        found = opening.session_of(tx, number)
        return bool(found.last > 0 or found.state != "open")

    def scan(self, actor: Actor, number: str, request: ScanRequest) -> dict[str, Any]:
        """Answer one scan."""
        return self._desk.scan(actor, number, request)

    def undo(self, actor: Actor, number: str, seq: int) -> int:
        """Take a scan back; return how many counted."""
        return self._desk.undo(actor, number, seq)

    def finish(self, actor: Actor, number: str) -> dict[str, Any]:
        """End the counting and return the totals."""
        with self._db.write() as tx:
            return judging.finish(tx, actor, number)

    def recount(self, actor: Actor, number: str, units: Sequence[Unit] | None = None) -> int:
        """Have some of it counted again, by default what differs; return how many places and products."""
        with self._db.write() as tx:
            return judging.recount(tx, actor, number, units)

    def decide(self, actor: Actor, number: str, decisions: Sequence[Decision]) -> int:
        """Note what is to be done about differences; return how many."""
        with self._db.write() as tx:
            return judging.decide(tx, actor, number, decisions)

    def approve(self, actor: Actor, number: str) -> None:
        """Agree to the differences and what is to be done about them."""
        with self._db.write() as tx:
            judging.approve(tx, actor, number)

    def post(self, actor: Actor, number: str) -> dict[str, Any]:
        """Post what was agreed to: at once, or by a job."""
        return self._adjusting.post(actor, number)

    def cancel(self, actor: Actor, number: str) -> None:
        """Give a session up; nothing is posted."""
        with self._db.write() as tx:
            judging.cancel(tx, actor, number)

    def cancel_in(self, tx: Tx, actor: Actor, number: str) -> None:
        """Give a session up in the caller's transaction."""
        judging.cancel(tx, actor, number)
