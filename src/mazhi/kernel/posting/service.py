"""Posting (过账): ``post(operation, items) → accepted + every refusal``, all in one transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, Problem, TooLargeError
from mazhi.kernel.ledger import store as ledger
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.personal import store as personal
from mazhi.kernel.posting import assembling, correcting, exchanging, packing, relabelling, store
from mazhi.kernel.posting.body import check_body
from mazhi.kernel.posting.edges import write_edges
from mazhi.kernel.posting.explaining import explain
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.leaving import let_go
from mazhi.kernel.posting.model import Outcome, PostRequest
from mazhi.kernel.posting.planning import Frame, Plan, plan
from mazhi.kernel.posting.writing import append
from mazhi.kernel.reservations.taking import settle

MOST_ITEMS = 100_000
SPARE_IDS = 64
"""So many event ids are set aside for a chain of corrections beyond the events that are known to be there."""

_SPECIAL: dict[str, Callable[[Tx, Frame], Plan]] = {
    **dict.fromkeys(assembling.ASSEMBLIES, assembling.plan),
    "pack": packing.plan_pack,
    "unpack": packing.plan_unpack,
    "exchange": exchanging.plan,
    "relabel": relabelling.plan,
    "correct": correcting.plan,
}


class Posting:
    """Carries out operations."""

    def __init__(self, db: Database, life_cycles: LifeCycles, event_ids: Ids) -> None:
        self._db = db
        self._life_cycles = life_cycles
        self._event_ids = event_ids

    def post(self, actor: Actor, request: PostRequest) -> Outcome:
        """Carry out one operation in a transaction of its own.

        Raises:
            ForbiddenError: The actor may not carry out this operation anywhere.
            InvalidInputError: The request itself is wrong.
            ConflictError: ``operation_refused`` with every refusal, and nothing changed; or ``client_key_reused``.
            TooLargeError: More items than are taken at once.
        """
        event_ids = self.prepare(actor, request)
        with self._db.write() as tx:
            return self.post_in(tx, actor, request, event_ids)

    def try_out(self, actor: Actor, request: PostRequest) -> Outcome:
        """Say what ``post`` would answer, and leave everything as it is; no client key is used up.

        Raises:
            PlatformError: As ``post`` would.
        """
        event_ids = self.prepare(actor, request)
        with self._db.trial() as tx:
            outcome = self.post_in(tx, actor, replace(request, client_key=None), event_ids)
        return replace(outcome, event=None)

    def plan_correction(self, tx: Tx, actor: Actor, request: PostRequest, event_ids: Sequence[int]) -> Plan:
        """Plan a correction in a trial's transaction, with its refusals explained; nothing of it may be kept."""
        cycles = self._life_cycles.load(tx)
        found = correcting.plan(tx, Frame.open(tx, actor, request, event_ids, clock.now(), cycles))
        return replace(found, refused=explain(tx, found.refused, cycles))

    def prepare(self, actor: Actor, request: PostRequest) -> range:
        """Check what needs no data and set event ids aside; call it before the transaction that posts.

        Ids come from a counter with a transaction of its own, which must not wait inside another one.
        """
        _check(actor, request)
        if not request.data.get("chain"):  # a correction may take the other half of a change of tracking back, too
            return self._event_ids.take(2 if request.kind == "correct" else 1)
        with self._db.read() as tx:
            later = ledger.count_later(tx, int(request.data["event"])) if "event" in request.data else 0
        return self._event_ids.take(1 + later + SPARE_IDS)

    def post_within(self, tx: Tx, purse: Purse, actor: Actor, request: PostRequest) -> Outcome:
        """Carry out one operation in the caller's transaction, with everything that ``post`` checks.

        Raises:
            PlatformError: As ``post`` would; ``ShortageError`` is for the caller's purse.
        """
        _check(actor, request)
        count = 2 if request.kind == "correct" else 1
        if request.data.get("chain") and "event" in request.data:
            count = 1 + ledger.count_later(tx, int(request.data["event"])) + SPARE_IDS
        return self.post_in(tx, actor, request, purse.take("event", count, self._event_ids))

    def post_in(self, tx: Tx, actor: Actor, request: PostRequest, event_ids: Sequence[int]) -> Outcome:
        """Carry out one operation in the caller's transaction, with ids from ``prepare``."""
        now = clock.now()
        if request.client_key is not None:
            known = store.claim_request(tx, request.client_key, _fingerprint(request), now)
            if known is not None:
                return _repeat(request, known)
        cycles = self._life_cycles.load(tx)
        frame = Frame.open(tx, actor, request, event_ids, now, cycles)
        found = _SPECIAL.get(request.kind, plan)(tx, frame)
        if found.refused:
            found.refused = explain(tx, found.refused, cycles)
        if found.refused and request.mode == "all":
            raise ConflictError("operation_refused", problems=found.refused, refused=len(found.refused))
        remarks: list[Problem] = []
        for step in found.steps:
            if request.kind != "correct":  # a correction has seen to it, event by event
                step.changed, _ = let_go(tx, step.changed)
            write_edges(tx, step.stamp, step.changed, step.edges)
            append(tx, step.stamp, step.changed, step.moves, since=step.since)
            remarks += settle(tx, step.stamp, step.changed, step.moves, cycles)
        if frame.personal is not None and found.steps:
            personal.insert(tx, found.event_id, frame.personal.salt, frame.personal.body)
        outcome = Outcome(found.event_id if found.steps else None, found.accepted, found.refused, remarks)
        if request.client_key is not None:
            store.store_answer(tx, request.client_key, outcome.event, json.dumps(asdict(outcome), ensure_ascii=False))
        return outcome


def _check(actor: Actor, request: PostRequest) -> None:
    """Check what needs no data."""
    operation = operation_kinds[request.kind]
    if not operation.posted:
        raise InvalidInputError("not_postable", kind=request.kind)
    actor.require(f"operation.{request.kind}")
    if len(request.items) + len(request.quantities) > MOST_ITEMS:
        raise TooLargeError("too_many_items", most=MOST_ITEMS)
    check_body(operation, request)


def _fingerprint(request: PostRequest) -> str:
    """Hash everything that a request asks for, but not its key."""
    body = asdict(request)
    del body["client_key"]
    return hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()


def _repeat(request: PostRequest, known: tuple[str, str]) -> Outcome:
    body_hash, answer = known
    if body_hash != _fingerprint(request):
        raise ConflictError("client_key_reused", client_key=request.client_key)
    stored = json.loads(answer)
    return Outcome(
        stored["event"], stored["accepted"], [Problem(**problem) for problem in stored["refused"]],
        [Problem(**problem) for problem in stored.get("remarks", ())],
    )  # fmt: skip
