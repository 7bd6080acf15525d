"""Posting what a recall does to pieces: marks set and taken away, in chunks where there are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import NotFoundError
from mazhi.kernel.items import store as items
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.posting.model import MILLION, ItemRef, Outcome, PostRequest, QuantityLine
from mazhi.kernel.posting.service import Posting
from mazhi.kernel.recalls import store
from mazhi.kernel.recalls.model import MOST_AT_ONCE

JOB = "recall_marks"
OWN = frozenset({"recall_mark", "recall_clear"})
"""The operations that whoever manages recalls may carry out through one."""


class Marking:
    """Posts operations on the pieces of a recall."""

    def __init__(self, db: Database, posting: Posting, jobs: Jobs, event_ids: Ids) -> None:
        self._db = db
        self._posting = posting
        self._jobs = jobs
        self.event_ids = event_ids
        jobs.handler(JOB, self._run)

    def post(
        self, tx: Tx, actor: Actor, kind: str, number: str, ids: Sequence[int], event_id: int, *,
        at: int | None = None, note: str = "",
    ) -> Outcome:  # fmt: skip
        """Post an operation on pieces, as many as it takes; what is refused is in the answer."""
        request = PostRequest(
            kind=kind, items=[ItemRef("", item_id=item_id) for item_id in ids], document=number, note=note,
            occurred_at=at, mode="partial", data={"recall": number} if kind in OWN else {"reason": number},
        )  # fmt: skip
        return self._posting.post_in(tx, entitled(actor, kind), request, range(event_id, event_id + 1))

    def many(
        self, tx: Tx, actor: Actor, kind: str, recall: Any, event_id: int, *, at: int | None, handled_only: bool = False
    ) -> tuple[Outcome | None, str | None]:
        """Mark (or clear) a whole scope: at once, or by a job whose id is returned."""
        total = store.count_items(tx, recall.id, handled_only=handled_only)
        if not total:
            return None, None
        if total > MOST_AT_ONCE:
            body = {"recall": recall.number, "kind": kind, "handled_only": handled_only, "at": at}
            return None, self._jobs.enqueue(tx, JOB, body, actor=actor, total=total)
        ids = store.next_items(tx, recall.id, 0, MOST_AT_ONCE, handled_only=handled_only)
        return self._chunk(tx, actor, kind, recall, ids, event_id, at), None

    def _chunk(
        self, tx: Tx, actor: Actor, kind: str, recall: Any, ids: Sequence[int], event_id: int, at: int | None
    ) -> Outcome:
        outcome = self.post(tx, actor, kind, recall.number, ids, event_id, at=at)
        if kind == "recall_mark":
            store.note_held(tx, recall.id, ids[0], ids[-1], clock.now() if at is None else at)
        return outcome

    def _run(self, run: JobRun) -> dict[str, Any]:
        """Do a marking job: chunk by chunk, each with its own event, going on after the last one committed."""
        kind, only = run.body["kind"], run.body["handled_only"]
        while True:
            event_id = self.event_ids.take(1)[0]
            cursor = run.cursor or {"after": 0, "marked": 0, "events": 0}
            with self._db.write() as tx:
                recall = store.by_number(tx, run.body["recall"])
                if recall is None:
                    raise NotFoundError("unknown_recall", recall=run.body["recall"])
                ids = store.next_items(tx, recall.id, cursor["after"], MOST_AT_ONCE, handled_only=only)
                if not ids:
                    return {"recall": recall.number, **cursor}
                outcome = self._chunk(tx, run.actor, kind, recall, ids, event_id, run.body["at"])
                run.errors += outcome.refused[:100]
                cursor = {
                    "after": ids[-1], "marked": cursor["marked"] + outcome.accepted, "events": cursor["events"] + 1,
                }  # fmt: skip
                run.checkpoint(tx, done=run.done + len(ids), cursor=cursor)

    def hold_stock(self, tx: Tx, actor: Actor, recall: Any, events: range, *, at: int | None) -> int:
        """Hold the quantities of a scope that stand somewhere, an event a place; return how many balances are held."""
        rows = [row for row in store.stock_of(tx, recall.id) if row.place_id and not row.blocked]
        held = 0
        for event_id, here in self._post_stock(tx, actor, "hold", recall, rows, events, at=at):
            store.hold_stock(tx, recall.id, [row.line for row in here], event_id)
            held += len(here)
        return held

    def release_stock(self, tx: Tx, actor: Actor, recall: Any, events: Sequence[int]) -> int:
        """Release what of the quantities that this recall held is still where it was; return how many balances."""
        rows = store.held_stock(tx, recall.id)
        return sum(len(here) for _, here in self._post_stock(tx, actor, "release", recall, rows, events, at=None))

    def _post_stock(
        self,
        tx: Tx,
        actor: Actor,
        kind: str,
        recall: Any,
        rows: Sequence[Any],
        events: Sequence[int],
        *,
        at: int | None,
    ) -> Iterator[tuple[int, list[Any]]]:
        """Post an operation on quantities of a scope, an event a place; yield each event with its balances."""
        at_place: dict[int, list[Any]] = {}
        for row in rows:
            at_place.setdefault(row.place_id, []).append(row)
        names = {
            name: items.codes_of(tx, name, {getattr(row, f"{name}_id") for row in rows})
            for name in ("product", "batch", "place")
        }
        owners = items.codes_of(tx, "partner", {row.owner_id for row in rows})
        for event_id, (place_id, here) in zip(events, at_place.items(), strict=False):
            lines = [
                QuantityLine(
                    names["product"][row.product_id], Decimal(row.quantity) / MILLION, names["batch"].get(row.batch_id),
                    owners.get(row.owner_id), row.quality, row.state,
                )
                for row in here
            ]  # fmt: skip
            request = PostRequest(
                kind=kind, quantities=lines, from_place=names["place"][place_id], document=recall.number,
                occurred_at=at, mode="partial", data={"reason": recall.number},
            )  # fmt: skip
            self._posting.post_in(tx, entitled(actor, kind), request, range(event_id, event_id + 1))
            yield event_id, here


def entitled(actor: Actor, kind: str) -> Actor:
    """Let whoever manages a recall do through it what belongs to recalling, wherever the pieces are."""
    return replace(actor, rights={**actor.rights, f"operation.{kind}": None})
