"""Reading count sessions: the list, one with its totals and who counted, the places, the scans and the differences."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counts import adjusting_store, judging_store, reading_store, scan_store, store
from mazhi.kernel.counts.model import APPROVE, COUNT, MANAGE
from mazhi.kernel.counts.opening import session_of
from mazhi.kernel.counts.scanning import answer_of
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ForbiddenError, NotFoundError
from mazhi.kernel.items.store import all_codes
from mazhi.kernel.stock.service import as_number


class CountReading:
    """Reads sessions. Who only counts is not told what a blind session expects."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(
        self, actor: Actor, *, states: Collection[str] = (), after: int | None = None, limit: int = 100
    ) -> tuple[list[dict[str, Any]], int | None]:
        """Return sessions, the latest first, and where the next page begins."""
        _readable(actor)
        with self._db.read() as tx:
            rows = store.page(tx, states=states, before=after or 2**62, limit=limit + 1)
        more = rows[limit - 1].id if len(rows) > limit else None
        return [view(actor, row) for row in rows[:limit]], more

    def get(self, actor: Actor, number: str) -> dict[str, Any]:
        """Return one session with its totals, who counted, and what is counted again.

        Raises:
            NotFoundError: There is no such session.
        """
        _readable(actor)
        with self._db.read() as tx:
            row = session_of(tx, number)
            people = [
                {
                    "user": one.actor, "scans": int(one.scans), "counted": int(one.counted),
                    **({} if _hidden(actor, row) else {"right": int(one.right_), "wrong": int(one.wrong)}),
                    "duplicates": int(one.duplicates), "unknown": int(one.unknown), "undone": int(one.undone),
                    "first_at": clock.to_text(one.first), "last_at": clock.to_text(one.last),
                }
                for one in judging_store.counters(tx, row.id)
            ]  # fmt: skip
            again = [{"place": one.place, "product": one.product} for one in reading_store.units(tx, row.id, row.round)]
            outcome = adjusting_store.outcome(tx, row.id) if row.state in {"posting", "posted"} else None
        return {**view(actor, row), "people": people, "again": again, "outcome": outcome}

    def places(
        self, actor: Actor, number: str, *, after: str = "", limit: int = 100
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Return the places where something is expected or was scanned, and where the next page begins."""
        _readable(actor)
        with self._db.read() as tx:
            session = session_of(tx, number)
            rows = reading_store.places(tx, session.id, after, limit + 1)
        hidden = _hidden(actor, session)
        shown = [
            {
                "place": row.code, "name": row.name, "expected": None if hidden else int(row.expected),
                "counted": int(row.counted), "scans": int(row.scans),
            }
            for row in rows[:limit]
        ]  # fmt: skip
        return shown, rows[limit - 1].code if len(rows) > limit else None

    def goods(self, actor: Actor, number: str, place: str) -> list[dict[str, Any]]:
        """Return what is expected and counted at one place, by product and batch.

        Raises:
            NotFoundError: The place is not in the session.
        """
        _readable(actor)
        with self._db.read() as tx:
            session = session_of(tx, number)
            place_id = scan_store.place_in(tx, session.id, place)
            if place_id is None:
                raise NotFoundError("count_place_outside", item=place)
            rows = reading_store.goods(tx, session.id, place_id)
        hidden = _hidden(actor, session)
        return [
            {
                "product": row.product, "name": row.name, "tracking": row.tracking, "batch": row.batch,
                "expected": None if hidden else as_number(int(row.expected)), "counted": as_number(int(row.counted)),
            }
            for row in rows
            if not hidden or row.counted
        ]  # fmt: skip

    def scans(
        self,
        actor: Actor,
        number: str,
        *,
        answers: Collection[str] = (),
        place: str | None = None,
        after: int | None = None,
        limit: int = 100,
    ) -> tuple[list[dict[str, Any]], int | None]:
        """Return scans, the latest first, each as it was answered."""
        _readable(actor)
        with self._db.read() as tx:
            session = session_of(tx, number)
            at = None if place is None else scan_store.place_in(tx, session.id, place) or -1
            rows = scan_store.page(tx, session.id, answers=answers, place=at, before=after or 2**62, limit=limit + 1)
            shown = [answer_of(tx, session, row) for row in rows[:limit]]
        return shown, rows[limit - 1].seq if len(rows) > limit else None

    def differences(
        self,
        actor: Actor,
        number: str,
        *,
        kinds: Collection[str] = (),
        place: str | None = None,
        after: int = 0,
        limit: int = 100,
    ) -> tuple[list[dict[str, Any]], int | None]:
        """Return differences with what is done about them, and where the next page begins."""
        _readable(actor)
        with self._db.read() as tx:
            session = session_of(tx, number)
            if _hidden(actor, session):
                raise ForbiddenError("no_right", right=MANAGE)
            at = None if place is None else scan_store.place_in(tx, session.id, place) or -1
            rows = judging_store.page(tx, session.id, kinds=kinds, place=at, after=after, limit=limit + 1)
            shown = _told(tx, rows[:limit])
        return shown, rows[limit - 1].line if len(rows) > limit else None


def _readable(actor: Actor) -> None:
    """Let those see sessions who count, manage or approve."""
    if not (actor.may(MANAGE) or actor.may(APPROVE)):
        actor.require(COUNT)


def _hidden(actor: Actor, session: Any) -> bool:
    """Tell whether somebody may not know what a session expects."""
    return bool(session.blind) and not (actor.may(MANAGE) or actor.may(APPROVE))


def view(actor: Actor, row: Any) -> dict[str, Any]:
    """Write a session as people see it."""
    hidden = _hidden(actor, row)
    times = {
        name: clock.to_text(getattr(row, name)) if getattr(row, name) else None
        for name in ("opened_at", "counted_at", "approved_at", "ended_at")
    }
    people = {name: getattr(row, name) or None for name in ("opened_by", "counted_by", "approved_by", "ended_by")}
    return {
        "number": row.number, "title": row.title, "document": row.document or None, "kind": row.kind,
        "blind": bool(row.blind), "same_counter": bool(row.same_counter), "state": row.state,
        "tracking": row.tracking.split(","), **json.loads(row.scope), "round": row.round,
        "expected": None if hidden else row.expected, "counted": row.counted,
        "totals": json.loads(row.totals) if row.totals and not hidden else None, "job": row.job or None,
        **times, **people,
    }  # fmt: skip


def _told(tx: Tx, rows: Sequence[Any]) -> list[dict[str, Any]]:
    codes = all_codes(
        tx,
        {
            "item": {row.item_id for row in rows}, "product": {row.product_id for row in rows},
            "batch": {row.batch_id for row in rows},
            "place": {row.place_id for row in rows} | {row.book_place for row in rows},
        },
    )  # fmt: skip
    return [
        {
            "line": row.line, "kind": row.kind, "item": codes["item"].get(row.item_id),
            "product": codes["product"].get(row.product_id), "batch": codes["batch"].get(row.batch_id),
            "place": codes["place"].get(row.place_id), "book_place": codes["place"].get(row.book_place),
            "book_state": row.book_state or None, "expected": as_number(row.expected),
            "counted": as_number(row.counted), "difference": as_number(row.counted - row.expected),
            "moved": bool(row.moved), "raw": row.raw or None, "actor": row.actor or None, "action": row.action,
            "reason": row.reason, "event": row.event_id or None, "problem": row.problem or None,
            "params": json.loads(row.params) if row.params else {},
        }
        for row in rows
    ]  # fmt: skip
