"""Posting a session: what was found is recorded, and the books are put right, chunk by chunk.

A chunk is one event, and all of it or nothing: its postings, the note on its differences and how far the job is commit
together. So a job that was killed goes on after the last chunk, and posts nothing twice. What cannot be posted (a piece
was moved since, built in …) is told on its line and stays as it is; the others go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.counts import adjusting_store, judging_store, sight, store
from mazhi.kernel.counts.model import APPROVE, GONE, MANAGE
from mazhi.kernel.counts.opening import session_of
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.items.store import all_codes
from mazhi.kernel.jobs import store as jobs_store
from mazhi.kernel.jobs.service import JobRun, Jobs
from mazhi.kernel.posting import store as posting_store
from mazhi.kernel.posting.model import MILLION, ItemRef, PostRequest, QuantityLine
from mazhi.kernel.posting.service import Posting

JOB = "count_post"
CHUNK = 5_000
AT_ONCE = 10_000
"""Up to so many pieces and differences are posted while the caller waits."""
_KINDS = {"lost": "adjust", "in_stock": "adjust", "move": "move", "adjust": "adjust"}


class Adjusting:
    """Posts sessions."""

    def __init__(self, db: Database, posting: Posting, jobs: Jobs, event_ids: Ids) -> None:
        self._db = db
        self._posting = posting
        self._jobs = jobs
        self._event_ids = event_ids
        jobs.handler(JOB, self._run)

    def post(self, actor: Actor, number: str) -> dict[str, Any]:
        """Post an approved session: at once where it is small, else by a job; sent again it tells how far it is.

        Raises:
            ConflictError: It is not approved (code ``count_wrong_state``).
        """
        actor.require(MANAGE if actor.may(MANAGE) else APPROVE)
        with self._db.write() as tx:
            session = session_of(tx, number, lock=True, states=("approved", "posting", "posted"))
            sight.require(tx, actor, session, "manage", "approve")
            job, small = str(session.job), False
            # A job that was cancelled or gave up is followed by another, which goes on where it stopped.
            if session.state == "approved" or (session.state == "posting" and self._is_over(tx, job)):
                total = judging_store.found_pieces(tx, session.id) + adjusting_store.left(tx, session.id)
                small = total <= AT_ONCE
                body = {"count": number, "cursor": self._cursor(tx, job)}
                job = self._jobs.enqueue(tx, JOB, body, actor=actor, total=total, reserved=small)
                store.change(tx, session.id, state="posting", job=job)
                audit.record(tx, actor, subject="count", key=number, action="post", after={"job": job})
        if small:
            self._jobs.run_now(actor, job)
        with self._db.read() as tx:
            session = session_of(tx, number)
            return {"state": session.state, "job": job, **adjusting_store.outcome(tx, session.id)}

    def _is_over(self, tx: Tx, job: str) -> bool:
        found = jobs_store.get(tx, job)
        return found is None or found.state == "failed"

    def _cursor(self, tx: Tx, job: str) -> Any:
        found = jobs_store.get(tx, job) if job else None
        return found.cursor if found is not None else None

    def _run(self, run: JobRun) -> dict[str, Any]:
        number = str(run.body["count"])
        while True:
            event_id = self._event_ids.take(1)[0]
            cursor: dict[str, int] = run.cursor or run.body["cursor"] or {"piece": 0, "place": 0, "events": 0}
            with self._db.write() as tx:
                session = session_of(tx, number, lock=True)
                done, cursor = self._chunk(tx, run.actor, session, cursor, event_id)
                if not done:
                    result = {"count": number, **adjusting_store.outcome(tx, session.id), "events": cursor["events"]}
                    _close(tx, run.actor, session, result)
                    run.finish(tx, result)
                    return result
                run.checkpoint(tx, done=run.done + done, cursor=cursor)

    def _chunk(
        self, tx: Tx, actor: Actor, session: Any, cursor: Mapping[str, int], event_id: int
    ) -> tuple[int, dict[str, int]]:
        """Post the next chunk; return how many it was (0: all is posted), and the cursor after it."""
        after = {**cursor, "events": cursor["events"] + 1}
        pieces = adjusting_store.found_after(tx, session.id, cursor["piece"], CHUNK) if cursor["piece"] >= 0 else []
        if pieces:
            self._post(tx, actor, session, event_id, "count", items=pieces)
            return len(pieces), {**after, "piece": pieces[-1]}
        if cursor["place"] >= 0:
            place, lines = adjusting_store.counted_quantities(tx, session.id, cursor["place"])
            if place:
                self._count_quantities(tx, actor, session, event_id, place, lines)
                return len(lines), {**after, "piece": -1, "place": place}
        rows = adjusting_store.next_chunk(tx, session.id, CHUNK)
        if rows:
            self._adjust(tx, actor, session, event_id, rows)
        return len(rows), {**after, "piece": -1, "place": -1}

    def _post(
        self, tx: Tx, actor: Actor, session: Any, event_id: int, kind: str, *, items: Sequence[int] = (),
        quantities: Sequence[QuantityLine] = (), place: str | None = None, data: Mapping[str, Any] | None = None,
    ) -> list[Problem]:  # fmt: skip
        """Post one event of the session; return what is refused, each with the place among what was given."""
        request = PostRequest(
            kind=kind, items=[ItemRef("", item_id=one) for one in items], quantities=quantities, place=place,
            document=session.number, mode="partial", data={"session": session.number} if data is None else data,
        )  # fmt: skip
        # Pieces that the books have elsewhere are taken from there only by who may manage counts there as well.
        areas = None if kind == "count" else actor.areas(MANAGE if actor.may(MANAGE) else APPROVE)
        entitled = replace(actor, rights={**actor.rights, f"operation.{kind}": areas})
        return self._posting.post_in(tx, entitled, request, range(event_id, event_id + 1)).refused

    def _count_quantities(
        self, tx: Tx, actor: Actor, session: Any, event_id: int, place: int,
        lines: Sequence[tuple[str, str | None, int]],
    ) -> None:  # fmt: skip
        code = all_codes(tx, {"place": [place]})["place"][place]
        quantities = [QuantityLine(product, Decimal(amount) / MILLION, batch) for product, batch, amount in lines]
        self._post(tx, actor, session, event_id, "count", quantities=quantities, place=code)

    def _adjust(self, tx: Tx, actor: Actor, session: Any, event_id: int, rows: Sequence[Any]) -> None:
        """Put right what one chunk says, and note on every line what came of it."""
        action = rows[0].action
        data = {"reason": session.number}
        place = all_codes(tx, {"place": [rows[0].place_id]})["place"][rows[0].place_id]
        if action == "adjust":
            self._adjust_quantities(tx, actor, session, event_id, rows, place, data)
            return
        problems = _moved(tx, rows)
        good = [row for row in rows if row.line not in problems]
        if good:
            refused = self._post(
                tx, actor, session, event_id, _KINDS[action], items=[row.item_id for row in good],
                place=None if action == "lost" else place, data=data if action == "move" else {**data, "to": action},
            )  # fmt: skip
            problems |= {good[_position(problem)].line: problem for problem in refused}
        _note(tx, session.id, rows, problems, event_id)

    def _adjust_quantities(
        self, tx: Tx, actor: Actor, session: Any, event_id: int, rows: Sequence[Any], place: str, data: dict[str, Any]
    ) -> None:
        """Add what is too much to sound goods of ours; take what is missing from those first, then from the others."""
        balances = posting_store.lock_pool(tx, {row.product_id for row in rows})
        codes = all_codes(
            tx,
            {
                "product": {row.product_id for row in rows}, "batch": {row.batch_id for row in rows},
                "partner": {key.owner_id for key in balances},
            },
        )  # fmt: skip
        lines: list[QuantityLine] = []
        owners: list[int] = []
        problems: dict[int, Problem] = {}
        for row in rows:
            product, batch = codes["product"][row.product_id], codes["batch"].get(row.batch_id)
            difference = row.counted - row.expected
            parts = [(difference, "in_stock", "released", 0)] if difference > 0 else _drawn(row, balances, -difference)
            if not parts:
                problems[row.line] = Problem("not_enough", {"left": "0", "wanted": str(Decimal(-difference) / MILLION)})
            for amount, state, quality, owner in parts:
                known = codes["partner"].get(owner)
                lines.append(QuantityLine(product, Decimal(amount) / MILLION, batch, known, quality, state))
                owners.append(row.line)
        if lines:
            refused = self._post(tx, actor, session, event_id, "adjust", quantities=lines, place=place, data=data)
            problems |= {owners[_position(problem)]: problem for problem in refused}
        _note(tx, session.id, rows, problems, event_id)


def _drawn(row: Any, balances: Mapping[Any, int], missing: int) -> list[tuple[int, str, str, int]]:
    """Say what to take a missing quantity from; empty where the books do not have so much any more."""
    here = [
        (key, left)
        for key, left in balances.items()
        if left > 0
        and (key.product_id, key.batch_id, key.place_id) == (row.product_id, row.batch_id, row.place_id)
        and key.state not in GONE
    ]
    here.sort(key=lambda pair: (pair[0].state != "in_stock", pair[0].quality != "released", pair[0].owner_id, pair[0]))
    groups: dict[tuple[str, str, int], int] = {}
    for key, left in here:
        amount = min(left, missing)
        missing -= amount
        if amount:
            group = (key.state, key.quality, key.owner_id)
            groups[group] = groups.get(group, 0) - amount
    return [] if missing else [(amount, *group) for group, amount in groups.items()]


def _moved(tx: Tx, rows: Sequence[Any]) -> dict[int, Problem]:
    """Lock the pieces of a chunk and say which the books have moved since the differences were worked out."""
    codes = {item: code for item, (_, code, _) in posting_store.lock_items(tx, [row.item_id for row in rows]).items()}
    moved = adjusting_store.moved_since(tx, {row.item_id: row.item_seq for row in rows})
    return {
        row.line: Problem("count_moved_since", {"item": codes.get(row.item_id, "")})
        for row in rows
        if row.item_id in moved
    }


def _position(problem: Problem) -> int:
    """Return which of the things given a refusal is about."""
    return int(str(problem.pointer).rsplit("/", 1)[-1])


def _note(tx: Tx, session_id: int, rows: Sequence[Any], problems: Mapping[int, Problem], event_id: int) -> None:
    adjusting_store.posted(tx, session_id, [row.line for row in rows if row.line not in problems], event_id)
    adjusting_store.refused(tx, session_id, problems)


def _close(tx: Tx, actor: Actor, session: Any, result: Mapping[str, Any]) -> None:
    store.change(tx, session.id, state="posted", ended_at=clock.now(), ended_by=actor.name)
    audit.record(tx, actor, subject="count", key=session.number, action="posted", after=result)
