"""What a user does with the print log: look, count, declare labels void (作废)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mazhi.engines.labels.printers import store as printer_store
from mazhi.engines.labels.printing import label_store
from mazhi.engines.labels.printing.model import REPRINT, VIEW, LogEntry, LogFilter
from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database
from mazhi.kernel.errors import ConflictError, InvalidInputError, Problem, invalid
from mazhi.kernel.items.service import Items


@dataclass(frozen=True, slots=True, kw_only=True)
class LogQuestion:
    """Which labels somebody wants to see, in codes."""

    item: str | None = None
    namespace: str | None = None
    label: str | None = None
    printer: str | None = None
    user: str | None = None
    state: str | None = None
    reprint: bool | None = None
    since: int | None = None
    until: int | None = None
    job: str | None = None


class PrintLog:
    """The print log of one database."""

    def __init__(self, db: Database, items: Items) -> None:
        self._db = db
        self._items = items

    def page(
        self, actor: Actor, asked: LogQuestion, *, after: str | None = None, limit: int = 100
    ) -> tuple[list[LogEntry], str | None]:
        """Return labels, newest job first, and where the next page begins.

        Raises:
            NotFoundError: There is no such item (code ``unknown_item``).
            InvalidInputError: ``after`` is no mark of ours (code ``bad_page_mark``).
        """
        actor.require(VIEW)
        start = _read_mark(after)
        with self._db.read() as tx:
            item_id = None
            if asked.item is not None:
                item_id = self._items.resolve(tx, actor, asked.item, asked.namespace)
            printer_id = None
            if asked.printer is not None:
                found = printer_store.by_codes(tx, [asked.printer]).get(asked.printer)
                if found is None:
                    return [], None
                printer_id = found.id
            wanted = LogFilter(
                item_id=item_id, label=asked.label, printer_id=printer_id, user=asked.user, state=asked.state,
                reprint=asked.reprint, since=asked.since, until=asked.until, job=asked.job,
                areas=actor.areas(VIEW), viewer=actor.name,
            )  # fmt: skip
            rows = label_store.page(tx, wanted, start, limit + 1)
        more = f"{rows[limit - 1].job}.{rows[limit - 1].n}" if len(rows) > limit else None
        return rows[:limit], more

    def count(self, actor: Actor, item: str, namespace: str | None = None) -> int:
        """Return how many labels an item had.

        Raises:
            NotFoundError: There is no such item (code ``unknown_item``).
        """
        with self._db.read() as tx:
            return label_store.count_of_item(tx, self._items.resolve(tx, actor, item, namespace))

    def void(self, actor: Actor, labels: Sequence[tuple[str, int]], reason: str) -> int:
        """Declare labels void: spoiled, or destroyed; the record of them stays.

        Raises:
            InvalidInputError: There is no reason (code ``reason_missing``).
            ConflictError: Labels that were not printed or are void already; all are named (``label_not_printed``).
        """
        actor.require(REPRINT)
        if not reason.strip():
            raise invalid("/reason", "reason_missing")
        wanted = list(dict.fromkeys(labels))
        with self._db.write() as tx:
            wrong = label_store.void(tx, wanted, reason=reason.strip(), by=actor.name, now=clock.now())
            if wrong:
                places = {one: place for place, one in enumerate(labels)}
                problems = [
                    Problem("label_not_printed", {"n": one[1]}, f"/labels/{places[one]}", f"{one[0]}.{one[1]}")
                    for one in wrong
                ]
                raise ConflictError("label_not_printed", problems=problems, n=wrong[0][1])
            audit.record(
                tx, actor, subject="print_log", key=wanted[0][0] if wanted else "", action="void",
                after={"labels": [f"{job}.{n}" for job, n in wanted[:1000]], "reason": reason.strip()},
            )  # fmt: skip
        return len(wanted)


def _read_mark(after: str | None) -> tuple[str, int] | None:
    if after is None:
        return None
    job, _, n = after.rpartition(".")
    if not job or "\0" in job or not (n.isascii() and n.isdigit()) or len(n) > 9:
        raise InvalidInputError("invalid_input", problems=[Problem("bad_page_mark", {}, "/after")])
    return job, int(n)
