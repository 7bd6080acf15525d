"""Opening and closing recalls: what criteria would mean, the scope that is frozen, its marks set and taken away."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.counters.store import advance
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError, Problem, invalid
from mazhi.kernel.items import store as items
from mazhi.kernel.posting import store as posting_store
from mazhi.kernel.posting.period import check_time
from mazhi.kernel.recalls import log_store, scope_store, store
from mazhi.kernel.recalls.criteria_reading import read_criteria
from mazhi.kernel.recalls.grouping import breakdown, quantities
from mazhi.kernel.recalls.marking import Marking
from mazhi.kernel.recalls.model import A_HANDFUL, MANAGE, MOST_AT_ONCE, VIEW, OpenRequest, Seeds, canonical, hash_lines

SAMPLE = 20
SHOWN_CODES = 100
SPARE_EVENTS = 16
LONGEST_NAME = 200


class RecallCases:
    """Opens and closes recalls."""

    def __init__(self, db: Database, marking: Marking, recall_ids: Ids, log_ids: Ids) -> None:
        self._db = db
        self.marking = marking
        self._ids = recall_ids
        self._log_ids = log_ids

    def preview(self, actor: Actor, criteria: Mapping[str, Any]) -> dict[str, Any]:
        """Say what a recall with these criteria would hold, without opening one.

        Raises:
            InvalidInputError: Some criteria are wrong; all faults are listed.
        """
        actor.require(VIEW)
        with self._db.read() as tx:
            seeds, products = read_criteria(tx, criteria)
            groups = scope_store.count(tx, seeds, products)
            units = sum(group.pieces for group in groups if group.role == "unit")
            parts = sum(group.pieces for group in groups if group.role == "part")
            stock = scope_store.balances(tx, _batches(seeds))
            questions = _questions(tx, seeds, units, parts, len(stock))
            picked = sorted(group.one for group in groups if group.role == "unit")[:SAMPLE]
            if len(picked) < SAMPLE and units <= MOST_AT_ONCE:
                picked = scope_store.first_units(tx, seeds, products, SAMPLE)
            return {
                "total": units,
                "parts": parts,
                **breakdown(tx, groups),
                "quantities": quantities(tx, stock),
                "sample": list(items.item_codes(tx, picked).values()),
                "nothing": any(one.code == "recall_matches_nothing" for one in questions),
                "everything": any(one.code == "recall_matches_everything" for one in questions),
                "unknown_codes": [code for one in seeds for code in one.unknown][:SHOWN_CODES],
                "warnings": [one.code for one in questions],
            }

    def open(self, actor: Actor, request: OpenRequest) -> dict[str, Any]:
        """Open a recall: work its scope out, freeze it, and mark what is in it (a mock recall marks nothing).

        Raises:
            InvalidInputError: Some criteria are wrong; all faults are listed.
            ConflictError: The criteria match nothing or everything, or name codes that do not exist, and that was
                not confirmed; or the client key was used for another request.
        """
        actor.require(MANAGE)
        if not request.name.strip() or len(request.name) > LONGEST_NAME:
            raise invalid("/name", "field_needed", field="name")
        known = self._known(request)
        if known is not None:
            return known
        with self._db.read() as tx:
            seeds, _ = read_criteria(tx, request.criteria)
            at_places = {row.place_id for row in scope_store.balances(tx, _batches(seeds))}
        recall_id, log_id = self._ids.take(1)[0], self._log_ids.take(1)[0]
        events = self.marking.event_ids.take(1 + len(at_places) + SPARE_EVENTS)
        started = time.monotonic()
        with self._db.write() as tx:
            now = clock.now()
            if request.client_key is not None:
                stored = posting_store.claim_request(tx, request.client_key, _fingerprint(request), now)
                if stored is not None:
                    return _repeat(request, stored)
            check_time(tx, actor, now if request.occurred_at is None else request.occurred_at, now)
            case = _Case(tx, actor, request, recall_id, now)
            case.freeze(started)
            answer = self._mark(case, log_id, events)
            if request.client_key is not None:
                posting_store.store_answer(
                    tx, request.client_key, None, json.dumps(answer, ensure_ascii=False, default=str)
                )
            return answer

    def _known(self, request: OpenRequest) -> dict[str, Any] | None:
        if request.client_key is None:
            return None
        with self._db.read() as tx:
            stored = posting_store.known_request(tx, request.client_key, _fingerprint(request))
        return None if stored is None else _repeat(request, stored)

    def _mark(self, case: _Case, log_id: int, events: range) -> dict[str, Any]:
        """Mark a real recall's pieces and hold its quantities."""
        tx, request, job, event, marked, held = case.tx, case.request, None, None, 0, 0
        recall = store.by_number(tx, case.number)
        assert recall is not None  # noqa: S101 - it was written a moment ago
        if not request.mock:
            at = request.occurred_at
            outcome, job = self.marking.many(tx, case.actor, "recall_mark", recall, events[0], at=at)
            if outcome is not None:
                event, marked = outcome.event, outcome.accepted
            held = self.marking.hold_stock(tx, case.actor, recall, events[1:], at=at)
            if job is not None:
                store.update_recall(tx, recall.id, job=job)
        log_store.insert_log(tx, case.log(log_id, "open", case.units + case.parts, event), ())
        return {
            "id": case.number, "total": case.units, "parts": case.parts, "hash": case.hash, "marked": marked,
            "held_balances": held, "job": job,
        }  # fmt: skip

    def close(
        self, actor: Actor, number: str, *, confirmed: bool = False, note: str = "", release_stock: bool | None = None
    ) -> dict[str, Any]:
        """Close a recall and take its marks off what is handled; what is not keeps them.

        Quantities of batch goods have no status of their own: what the recall has held of them is released where
        ``release_stock`` says so, or, where it says nothing, if no unit is left open.

        Raises:
            NotFoundError: There is no such recall.
            ConflictError: Something is left to do and that was not confirmed (code ``recall_items_open``), or the
                recall is closed already.
        """
        actor.require(MANAGE)
        log_id = self._log_ids.take(1)[0]
        event_id, *rest = self.marking.event_ids.take(1 + self._places_held(number))
        with self._db.write() as tx:
            recall = open_recall(tx, number)
            left = store.open_units(tx, recall.id)
            if left and not confirmed:
                raise ConflictError("recall_items_open", recall=number, open=left, total=recall.total)
            now = clock.now()
            job, event, cleared, released = None, None, 0, 0
            if not recall.mock:
                outcome, job = self.marking.many(
                    tx, actor, "recall_clear", recall, event_id, at=None, handled_only=True
                )
                if outcome is not None:
                    event, cleared = outcome.event, outcome.accepted
                if release_stock or (release_stock is None and not left):
                    released = self.marking.release_stock(tx, actor, recall, rest)
            store.update_recall(tx, recall.id, state="closed", closed_at=now, closed_by=actor.name)
            log = log_values(log_id, recall.id, "close", actor, now, now) | {"count": recall.total - left, "note": note}
            log_store.insert_log(tx, log | {"event_id": event}, ())
            told = {"open": left, "note": note, "released_balances": released}
            audit.record(tx, actor, subject="recall", key=number, action="close", after=told)
            return {
                "id": number, "state": "closed", "open": left, "cleared": cleared, "released_balances": released,
                "job": job,
            }  # fmt: skip

    def _places_held(self, number: str) -> int:
        """Count the places at which a recall holds quantities."""
        with self._db.read() as tx:
            recall = store.by_number(tx, number)
            return 0 if recall is None else len({row.place_id for row in store.held_stock(tx, recall.id)})


def open_recall(tx: Tx, number: str) -> Any:
    """Lock a recall that is still open.

    Raises:
        NotFoundError: There is none of that number.
        ConflictError: It is closed.
    """
    recall = store.by_number(tx, number, lock=True)
    if recall is None:
        raise NotFoundError("unknown_recall", recall=number)
    if recall.state == "closed":
        raise ConflictError("recall_closed", recall=number)
    return recall


def log_values(log_id: int, recall_id: int, kind: str, actor: Actor, at: int, now: int) -> dict[str, Any]:
    """Return the row of something done in a recall."""
    return {
        "id": log_id, "recall_id": recall_id, "kind": kind, "occurred_at": at, "recorded_at": now,
        "actor": actor.name, "count": 0, "event_id": None, "document": "", "measure": "", "note": "", "due": None,
    }  # fmt: skip


@dataclass(slots=True)
class _Case:
    """A recall being opened."""

    tx: Tx
    actor: Actor
    request: OpenRequest
    recall_id: int
    now: int
    number: str = ""
    hash: str = ""
    units: int = 0
    parts: int = 0

    def freeze(self, started: float) -> None:
        """Write the scope down and the recall with it."""
        tx, request = self.tx, self.request
        seeds, products = read_criteria(tx, request.criteria)
        scope_store.freeze(tx, self.recall_id, seeds, products)
        roles = scope_store.roles(tx, self.recall_id)
        self.units, self.parts = roles.get("unit", 0), roles.get("part", 0)
        stock = scope_store.balances(tx, _batches(seeds))
        questions = _questions(tx, seeds, self.units, self.parts, len(stock))
        if questions and not request.confirmed:
            raise ConflictError(questions[0].code, problems=questions, **questions[0].params)
        criteria = canonical(request.criteria)
        self.hash = hash_lines(criteria, scope_store.code_lines(tx, self.recall_id))
        opened_at = self.now if request.occurred_at is None else request.occurred_at
        month = clock.to_datetime(opened_at, clock.DEFAULT_ZONE).strftime("%y%m")
        self.number = f"RC-{month}-{advance(tx, f'recall:{month}', 1):02d}"
        values = {
            "id": self.recall_id, "number": self.number, "name": request.name.strip(), "mock": request.mock,
            "state": "open", "criteria": criteria, "hash": self.hash, "total": self.units, "parts": self.parts,
            "document": request.document, "note": request.note, "opened_at": opened_at, "opened_by": self.actor.name,
            "located_at": opened_at + int((time.monotonic() - started) * clock.MICROS_PER_SECOND),
            "deadline": request.deadline,
        }  # fmt: skip
        store.insert_recall(tx, values)
        store.insert_stock(tx, self.recall_id, [tuple(row) for row in stock])
        told = {name: values[name] for name in ("name", "mock", "criteria", "hash", "total", "parts")}
        audit.record(tx, self.actor, subject="recall", key=self.number, action="open", after=told)

    def log(self, log_id: int, kind: str, count: int, event: int | None) -> dict[str, Any]:
        """Return the row that says it was opened."""
        opened_at = self.now if self.request.occurred_at is None else self.request.occurred_at
        values = log_values(log_id, self.recall_id, kind, self.actor, opened_at, self.now)
        return values | {
            "count": count, "event_id": event, "document": self.request.document, "note": self.request.note,
        }  # fmt: skip


def _batches(seeds: Sequence[Seeds]) -> list[tuple[int, int]]:
    return [pair for one in seeds for pair in one.batches]


def _questions(tx: Tx, seeds: Sequence[Seeds], units: int, parts: int, balances: int) -> list[Problem]:
    """Say what should be asked before a recall with these criteria is opened."""
    questions: list[Problem] = []
    if units + parts + balances == 0:
        questions.append(Problem("recall_matches_nothing", {}, "/criteria"))
    elif units + parts:
        pieces = units + parts
        named = all(one.named for one in seeds)
        if (pieces >= A_HANDFUL or not named) and pieces >= scope_store.everything(tx):
            questions.append(Problem("recall_matches_everything", {"count": pieces}, "/criteria"))
    unknown = [code for one in seeds for code in one.unknown]
    if unknown:
        shown = ", ".join(unknown[:SHOWN_CODES])
        questions.append(Problem("recall_unknown_codes", {"count": len(unknown), "codes": shown}, "/criteria"))
    return questions


def _fingerprint(request: OpenRequest) -> str:
    body = asdict(request)
    del body["client_key"], body["confirmed"]
    return hashlib.sha256(json.dumps(["recall", body], sort_keys=True, default=str).encode()).hexdigest()


def _repeat(request: OpenRequest, stored: tuple[str, str]) -> dict[str, Any]:
    body_hash, answer = stored
    if body_hash != _fingerprint(request):
        raise ConflictError("client_key_reused", client_key=request.client_key)
    told: dict[str, Any] = json.loads(answer)
    return told
