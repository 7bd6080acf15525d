"""Looking at recalls: how far each is, where its pieces are, and what was done."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import InvalidInputError, NotFoundError, Problem
from mazhi.kernel.items import store as items
from mazhi.kernel.items.service import Items
from mazhi.kernel.partners import store as partners
from mazhi.kernel.recalls import log_store, scope_store, store
from mazhi.kernel.recalls.conditions import conditions_of
from mazhi.kernel.recalls.grouping import breakdown, quantities
from mazhi.kernel.recalls.model import ANSWERED, HANDLED, VIEW, Where, hash_lines, share

CHINA = 8 * 3600 * clock.MICROS_PER_SECOND


class RecallReading:
    """Reads recalls."""

    def __init__(self, db: Database, items_: Items) -> None:
        self._db = db
        self._items = items_

    def page(
        self, actor: Actor, *, state: str | None = None, mock: bool | None = None, after: str | None = None,
        limit: int = 100,
    ) -> tuple[list[dict[str, Any]], str | None]:  # fmt: skip
        """Return recalls, newest first, and the mark to go on after."""
        actor.require(VIEW)
        with self._db.read() as tx:
            rows = store.page(tx, state=state, mock=mock, before=_mark(after), limit=limit + 1)
            shown = rows[:limit]
            done = store.progress(tx, [row.id for row in shown]) if shown else {}
            told = [{**_head(row), **_progress(row.total, *done.get(row.id, (0, 0)))} for row in shown]
            return told, _next(rows, limit, "id")

    def get(self, actor: Actor, number: str, *, now: bool = False) -> dict[str, Any]:
        """Describe one recall; its pieces are counted by where they were when it was opened, or by where they are now.

        Raises:
            NotFoundError: There is no such recall (code ``unknown_recall``).
        """
        actor.require(VIEW)
        with self._db.read() as tx:
            row = self._row(tx, number)
            groups = store.groups(tx, row.id, now=now)
            units = [group for group in groups if group.role == "unit"]
            handled = sum(group.pieces for group in units if group.status in HANDLED)
            answered = sum(group.pieces for group in units if group.status in ANSWERED)
            by_status: dict[str, int] = {}
            for group in units:
                by_status[group.status] = by_status.get(group.status, 0) + group.pieces
            return {
                **_head(row),
                "criteria": json.loads(row.criteria),
                **_progress(row.total, handled, answered),
                "located": row.total,
                "counted": "now" if now else "opened",
                **breakdown(tx, groups),
                "by_status": [{"status": status, "total": count} for status, count in sorted(by_status.items())],
                "quantities": quantities(tx, store.stock_of(tx, row.id)),
                "curve": _curve(tx, row.id),
                "clock": _clock(row, log_store.log_times(tx, row.id), groups, answered),
            }

    def items(
        self, actor: Actor, number: str, wanted: Where, *, after: str | None = None, limit: int = 100
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Return one page of a recall's pieces, each with where it is now; as far as the actor may see items."""
        actor.require(VIEW)
        actor.require("items.view")
        with self._db.read() as tx:
            row = self._row(tx, number)
            conditions = conditions_of(tx, wanted)
            if conditions is None:
                return [], None
            areas = actor.areas("items.view")
            conditions["areas"] = None if areas is None else sorted(areas)
            rows = store.find_items(tx, row.id, conditions, after=_mark(after) or 0, limit=limit + 1)
            return self._tell(tx, rows[:limit]), _next(rows, limit, "item_id")

    def check_scope(self, actor: Actor, number: str) -> dict[str, Any]:
        """Compute the hash of a scope again and say whether it is the one of the opening.

        Raises:
            NotFoundError: There is no such recall.
        """
        actor.require(VIEW)
        with self._db.read() as tx:
            row = self._row(tx, number)
            computed = hash_lines(row.criteria, scope_store.code_lines(tx, row.id))
            return {"id": number, "hash": row.hash, "computed": computed, "intact": computed == row.hash}

    def of_partner(
        self, actor: Actor, number: str, code: str, limit: int
    ) -> tuple[list[dict[str, Any]], int, dict[str, Any] | None]:
        """Return the units that a partner had when a recall was opened, how many they are, and who it is.

        Raises:
            NotFoundError: There is no such recall.
        """
        actor.require(VIEW)
        with self._db.read() as tx:
            row = self._row(tx, number)
            found = partners.by_codes(tx, [code]).get(code)
            count = 0 if found is None else store.count_of_holder(tx, row.id, found.id)
            if found is None or not count:
                return [], 0, None
            rows = store.find_items(tx, row.id, {"opened_holder": found.id, "role": "unit"}, after=0, limit=limit)
            return self._tell(tx, rows), count, {"partner": found.code, "name": found.name}

    def log(
        self, actor: Actor, number: str, *, after: str | None = None, limit: int = 100
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Return what was done in a recall, newest first."""
        actor.require(VIEW)
        with self._db.read() as tx:
            recall = self._row(tx, number)
            rows = log_store.log_page(tx, recall.id, _mark(after), limit + 1)
            told = [
                {
                    "kind": row.kind, "at": clock.to_text(row.occurred_at),
                    "recorded_at": clock.to_text(row.recorded_at),
                    "actor": row.actor, "count": row.count, "event": row.event_id, "document": row.document,
                    "measure": row.measure, "note": row.note, "due": row.due,
                }
                for row in rows[:limit]
            ]  # fmt: skip
            return told, _next(rows, limit, "id")

    def _row(self, tx: Tx, number: str) -> Any:
        row = store.by_number(tx, number)
        if row is None:
            raise NotFoundError("unknown_recall", recall=number)
        return row

    def _tell(self, tx: Tx, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Write rows for a reader: what was frozen, what the piece is now, and what has become of it."""
        now = self._items.by_ids(tx, [row.item_id for row in rows])
        products = items.codes_of(tx, "product", {row.product_id for row in rows})
        places = items.codes_of(tx, "place", {row.place_id for row in rows})
        holders = items.codes_of(tx, "partner", {row.holder_id for row in rows})
        parts = items.item_codes(tx, {row.cause for row in rows if row.cause > 0})
        batches = items.codes_of(tx, "batch", {-row.cause for row in rows if row.cause < 0})
        named = {here["holder"] for here in now.values()} | set(holders.values())
        names = {code: one.name for code, one in partners.by_codes(tx, sorted(named - {None})).items()}
        today = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE).date().isoformat()
        told = []
        for row in rows:
            here = now[row.item_id]
            told.append(
                {
                    "code": here["code"],
                    "role": row.role,
                    "product": products.get(row.product_id),
                    "batch": here["batch"],
                    "state": here["state"],
                    "quality": here["quality"],
                    "marks": here["marks"],
                    "place": here["place"],
                    "holder": here["holder"],
                    "holder_name": names.get(here["holder"]),
                    "parent": here["parent"],
                    "opened": {
                        "code": row.code, "state": row.state, "place": places.get(row.place_id),
                        "holder": holders.get(row.holder_id), "holder_name": names.get(holders.get(row.holder_id, "")),
                    },
                    "cause": {"kind": "batch", "code": batches.get(-row.cause)} if row.cause < 0
                    else {"kind": "item", "code": parts.get(row.cause)},
                    "status": row.status,
                    "handled": row.status in HANDLED,
                    "measure": row.measure,
                    "attempts": row.attempts,
                    "held_at": _text(row.held_at),
                    "notified_at": _text(row.notified_at),
                    "answered_at": _text(row.answered_at),
                    "handled_at": _text(row.handled_at),
                    "due": row.due,
                    "overdue": bool(row.due and row.due < today and row.status not in HANDLED),
                }
            )  # fmt: skip
        return told


def _head(row: Any) -> dict[str, Any]:
    return {
        "id": row.number, "name": row.name, "mock": bool(row.mock), "state": row.state, "hash": row.hash,
        "total": row.total, "parts": row.parts, "document": row.document, "note": row.note,
        "opened_at": clock.to_text(row.opened_at), "opened_by": row.opened_by, "deadline": _text(row.deadline),
        "job": row.job, "closed_at": _text(row.closed_at), "closed_by": row.closed_by,
    }  # fmt: skip


def _progress(total: int, handled: int, answered: int) -> dict[str, Any]:
    return {
        "handled": handled, "open": total - handled, "effectiveness": share(handled, total), "answered": answered,
        "completeness": share(answered, total),
    }  # fmt: skip


def _curve(tx: Tx, recall_id: int) -> list[dict[str, Any]]:
    days = store.handled_by_day(tx, recall_id, CHINA, clock.MICROS_PER_DAY)
    sums = accumulate(count for _, count in days)
    return [
        {"day": clock.to_datetime(day * clock.MICROS_PER_DAY).date().isoformat(), "handled": whole, "on_day": count}
        for (day, count), whole in zip(days, sums, strict=True)
    ]


def _clock(row: Any, times: Mapping[str, tuple[int, int]], groups: Sequence[Any], answered: int) -> dict[str, Any]:
    """Say how long each step took, in seconds since the recall was opened; None for a step not yet done."""
    pieces = sum(group.pieces for group in groups)
    notified = sum(group.notified for group in groups if group.role == "unit")
    held = [group.last_held for group in groups if group.last_held is not None]
    all_held = bool(pieces) and sum(group.held for group in groups) == pieces
    replies = [group.last_answer for group in groups if group.last_answer is not None and group.role == "unit"]
    answers = {
        "located": row.located_at,
        "held": max(held) if all_held else (times["hold"][1] if "hold" in times else None),
        "listed": times["notify"][0] if "notify" in times else None,
        "answered": max(replies) if replies and answered >= row.total > 0 else None,
    }
    end = row.closed_at or clock.now()
    limit = None if row.deadline is None else _seconds(row.deadline - row.opened_at)
    elapsed = _seconds(end - row.opened_at)
    return {
        **{name: None if at is None else _seconds(at - row.opened_at) for name, at in answers.items()},
        "notified": notified,
        "elapsed": elapsed,
        "limit": limit,
        "within": None if limit is None else elapsed <= limit,
    }


def _seconds(micros: int) -> float:
    return round(micros / clock.MICROS_PER_SECOND, 1)


def _text(micros: int | None) -> str | None:
    return None if micros is None else clock.to_text(micros)


def _mark(after: str | None) -> int | None:
    """Read the mark of a page."""
    if after is None:
        return None
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        raise InvalidInputError("invalid_input", problems=[Problem("bad_page_mark", {}, "/after")])
    return int(after)


def _next(rows: Sequence[Any], limit: int, name: str) -> str | None:
    return str(getattr(rows[limit - 1], name)) if len(rows) > limit else None
