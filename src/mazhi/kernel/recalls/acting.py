"""What a user records about the pieces of a recall: reached, agreed, returned, put right, destroyed, cleared."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counters.purse import Purse
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, Problem, TooLargeError
from mazhi.kernel.posting import store as posting_store
from mazhi.kernel.posting.period import check_time
from mazhi.kernel.posting.planning import find_pieces
from mazhi.kernel.recalls import log_store, store
from mazhi.kernel.recalls.conditions import conditions_of
from mazhi.kernel.recalls.marking import OWN, Marking
from mazhi.kernel.recalls.model import (
    ACTIONS,
    HANDLED,
    MANAGE,
    MOST_AT_ONCE,
    MOST_ITEMS,
    Action,
    ActionRequest,
    next_status,
)
from mazhi.kernel.recalls.opening import log_values, open_recall

_STAYS = frozenset({"mark", "hold", "clear", "reopen"})
"""Actions that make sense on a piece that is handled already."""


@dataclass(slots=True)
class _Chosen:
    """The pieces of one action: their rows in the recall, and how the caller named them."""

    rows: list[Any] = field(default_factory=list)
    pointers: dict[int, tuple[str, str]] = field(default_factory=dict)
    refused: list[Problem] = field(default_factory=list)


class RecallActions:
    """Records actions."""

    def __init__(self, db: Database, marking: Marking, log_ids: Ids) -> None:
        self._db = db
        self._marking = marking
        self._log_ids = log_ids

    def act(self, actor: Actor, number: str, request: ActionRequest) -> dict[str, Any]:
        """Record one action about pieces of a recall; where it touches them, it is posted in the same transaction.

        Raises:
            InvalidInputError: The request is wrong.
            NotFoundError: There is no such recall.
            ConflictError: ``operation_refused`` with every refusal, and nothing changed; ``recall_closed``; or
                ``client_key_reused``.
            ForbiddenError: The caller may not manage recalls, or not carry out the operation that goes with it.
            TooLargeError: More pieces than are taken at once.
        """
        action = _entitled(actor, request)
        event_id, log_id = self._marking.event_ids.take(1)[0], self._log_ids.take(1)[0]
        with self._db.write() as tx:
            now = clock.now()
            if request.client_key is not None:
                stored = posting_store.claim_request(tx, request.client_key, _fingerprint(number, request), now)
                if stored is not None:
                    return _repeat(number, request, stored)
            recall = open_recall(tx, number)
            check_time(tx, actor, now if request.occurred_at is None else request.occurred_at, now)
            answer = self._do(tx, actor, recall, action, request, (event_id, log_id, now))
            if request.client_key is not None:
                posting_store.store_answer(tx, request.client_key, answer["event"], _dump(answer))
            return answer

    def act_within(self, tx: Tx, purse: Purse, actor: Actor, number: str, request: ActionRequest) -> dict[str, Any]:
        """Record one action in the caller's transaction; client keys are the caller's business.

        Raises:
            PlatformError: As ``act`` would; ``ShortageError`` is for the caller's purse.
        """
        action = _entitled(actor, request)
        (event_id,) = purse.take("event", 1, self._marking.event_ids)
        (log_id,) = purse.take("recall_log", 1, self._log_ids)
        now = clock.now()
        recall = open_recall(tx, number)
        check_time(tx, actor, now if request.occurred_at is None else request.occurred_at, now)
        return self._do(tx, actor, recall, action, request, (event_id, log_id, now))

    def _do(
        self, tx: Tx, actor: Actor, recall: Any, action: Action, request: ActionRequest, stamp: tuple[int, int, int]
    ) -> dict[str, Any]:
        event_id, log_id, now = stamp
        whole = request.where is not None and not any(asdict(request.where).values())
        if whole and action.operation in OWN and not recall.mock and recall.total + recall.parts > MOST_AT_ONCE:
            kind = str(action.operation)
            _, job = self._marking.many(tx, actor, kind, recall, event_id, at=request.occurred_at)
            return _answer(0, None, [], job)
        chosen = _choose(tx, recall, request)
        chosen.refused += _already_handled(chosen, action)
        event = None
        if action.operation is not None and not recall.mock and chosen.rows:
            event = self._post(tx, actor, recall, action, request, chosen, event_id)
        if chosen.refused and request.mode == "all":
            raise ConflictError("operation_refused", problems=chosen.refused, refused=len(chosen.refused))
        at = now if request.occurred_at is None else request.occurred_at
        _write(tx, recall.id, action, request, chosen.rows, at)
        if chosen.rows:
            values = log_values(log_id, recall.id, action.name, actor, at, now) | {
                "count": len(chosen.rows), "event_id": event, "document": request.document,
                "measure": request.measure, "note": request.note, "due": request.due,
            }  # fmt: skip
            log_store.insert_log(tx, values, [row.item_id for row in chosen.rows])
        return _answer(len(chosen.rows), event, chosen.refused, None)

    def _post(
        self, tx: Tx, actor: Actor, recall: Any, action: Action, request: ActionRequest, chosen: _Chosen, event_id: int
    ) -> int | None:
        """Post the operation that goes with an action; pieces that it refuses are left out and named."""
        ids = [row.item_id for row in chosen.rows]
        outcome = self._marking.post(
            tx, actor, str(action.operation), recall.number, ids, event_id,
            at=request.occurred_at, note=request.note,
        )  # fmt: skip
        lost: set[int] = set()
        for problem in outcome.refused:
            item_id = ids[int(str(problem.pointer).rsplit("/", 1)[-1])]
            lost.add(item_id)
            pointer, given = chosen.pointers.get(item_id, ("/where", str(problem.item)))
            chosen.refused.append(Problem(problem.code, problem.params, pointer, given))
        chosen.rows = [row for row in chosen.rows if row.item_id not in lost]
        return outcome.event


def _entitled(actor: Actor, request: ActionRequest) -> Action:
    """Refuse who may not do it, and a request that cannot be right whatever the database says."""
    actor.require(MANAGE)
    action = _checked(request)
    if action.operation is not None and action.operation not in OWN:
        actor.require(f"operation.{action.operation}")
    return action


def _checked(request: ActionRequest) -> Action:
    """Refuse a request that cannot be right whatever the database says."""
    problems: list[Problem] = []
    action = ACTIONS.get(request.kind)
    if action is None:
        problems.append(Problem("wrong_value", {"field": "kind", "allowed": ", ".join(ACTIONS)}, "/kind"))
    if bool(request.items) == (request.where is not None):
        problems.append(Problem("recall_items_or_where", {}, "/items"))
    if request.due is not None:
        try:
            date.fromisoformat(request.due)
        except ValueError:
            problems.append(Problem("bad_moment", {"value": request.due}, "/due"))
    if problems or action is None:
        raise InvalidInputError("invalid_input", problems=problems)
    if len(request.items) > MOST_ITEMS:
        raise TooLargeError("too_many_items", most=MOST_ITEMS)
    return action


def _choose(tx: Tx, recall: Any, request: ActionRequest) -> _Chosen:
    """Find the pieces that a request is about; what is not in the scope is refused."""
    chosen = _Chosen()
    if request.where is not None:
        # A part goes with its unit: only what touches the ledger is done to parts that nobody named.
        units = request.where.role is None and ACTIONS[request.kind].operation is None
        wanted = conditions_of(tx, replace(request.where, role="unit") if units else request.where)
        if wanted is not None:
            chosen.rows = list(store.find_items(tx, recall.id, wanted, after=0, limit=MOST_ITEMS + 1))
        if len(chosen.rows) > MOST_ITEMS:
            raise TooLargeError("too_many_items", most=MOST_ITEMS)
        return chosen
    pieces, chosen.refused = find_pieces(tx, request.items)
    rows = store.rows_of(tx, recall.id, [piece.id for piece in pieces]) if pieces else {}
    for piece in pieces:
        if piece.id in rows:
            chosen.rows.append(rows[piece.id])
            chosen.pointers[piece.id] = (piece.pointer, piece.given)
        else:
            problem = Problem("not_in_recall", {"recall": recall.number}, piece.pointer, piece.given)
            chosen.refused.append(problem)
    return chosen


def _already_handled(chosen: _Chosen, action: Action) -> list[Problem]:
    """Leave out what is handled already; of a condition that is silent, of a list it is refused."""
    if action.name in _STAYS:
        return []
    over = {row.item_id: row for row in chosen.rows if row.status in HANDLED}
    chosen.rows = [row for row in chosen.rows if row.item_id not in over]
    return [
        Problem("recall_already_handled", {"status": row.status}, *chosen.pointers[item_id])
        for item_id, row in over.items()
        if item_id in chosen.pointers
    ]


def _write(tx: Tx, recall_id: int, action: Action, request: ActionRequest, rows: Sequence[Any], at: int) -> None:
    """Write what has become of the pieces, a statement for each status that they get."""
    groups: dict[tuple[str, bool], list[int]] = {}
    for row in rows:
        stays = action.name == "clear" and row.status in HANDLED
        status = row.status if stays else next_status(action, row.status)
        groups.setdefault((status, status != row.status), []).append(row.item_id)
    for (status, changed), ids in groups.items():
        sets: dict[str, Any] = {}
        if request.measure:
            sets["measure"] = request.measure
        if request.due is not None:
            sets["due"] = request.due
        if action.tries:
            sets["notified_at"] = at
        if action.answers:
            sets["answered_at"] = at
        if action.name in {"mark", "hold"}:
            sets["held_at"] = at
        if changed:
            sets["handled_at"] = at if status in HANDLED else None
        store.change_items(tx, recall_id, ids, status, sets)


def _answer(accepted: int, event: int | None, refused: Sequence[Problem], job: str | None) -> dict[str, Any]:
    return {"accepted": accepted, "event": event, "refused": list(refused), "job": job}


def _dump(answer: dict[str, Any]) -> str:
    told = {**answer, "refused": [asdict(problem) for problem in answer["refused"]]}
    return json.dumps(told, ensure_ascii=False, default=str)


def _fingerprint(number: str, request: ActionRequest) -> str:
    body = asdict(request)
    del body["client_key"]
    return hashlib.sha256(json.dumps([number, body], sort_keys=True, default=str).encode()).hexdigest()


def _repeat(number: str, request: ActionRequest, stored: tuple[str, str]) -> dict[str, Any]:
    body_hash, answer = stored
    if body_hash != _fingerprint(number, request):
        raise ConflictError("client_key_reused", client_key=request.client_key)
    told = json.loads(answer)
    return {**told, "refused": [Problem(**problem) for problem in told["refused"]]}
