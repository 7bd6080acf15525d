"""Reading count sessions: the list, one with its totals and who counted, the places, the scans and the differences."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counts import adjusting_store, judging_store, reading_store, scan_store, sight, store
from mazhi.kernel.counts.model import MANAGE
from mazhi.kernel.counts.scanning import answer_of, sums_of
from mazhi.kernel.counts.sight import Sight
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ForbiddenError, NotFoundError
from mazhi.kernel.items.store import all_codes
from mazhi.kernel.stock.service import as_number


class CountReading:
    """Reads sessions, as far as the reader's places go. Who only counts is not told what a blind session expects."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def page(
        self, actor: Actor, *, states: Collection[str] = (), after: int | None = None, limit: int = 100
    ) -> tuple[list[dict[str, Any]], int | None]:
        """Return sessions, the latest first, and where the next page begins."""
        areas = sight.seen_by(actor)
        with self._db.read() as tx:
            rows = store.page(tx, states=states, areas=areas, before=after or 2**62, limit=limit + 1)
            seen = sight.sights(tx, actor, [row.id for row in rows])
            shown = [_view(tx, row, seen[row.id]) for row in rows[:limit]]
        return shown, rows[limit - 1].id if len(rows) > limit else None

    def get(self, actor: Actor, number: str, *, round_: int | None = None) -> dict[str, Any]:
        """Return one session with its totals, who counted in a round (the last one), and what is counted again.

        Raises:
            NotFoundError: There is no such session, or none that the actor may see.
        """
        with self._db.read() as tx:
            row, seen = sight.look_at(tx, actor, number)
            shown_round = min(max(round_ or row.round, 1), row.round)
            hidden = seen.hides(row)
            people = [
                {
                    "user": one.actor, "scans": int(one.scans), "counted": int(one.counted),
                    **({} if hidden else {"right": int(one.right_), "wrong": int(one.wrong)}),
                    "duplicates": int(one.duplicates), "unknown": int(one.unknown), "undone": int(one.undone),
                    "first_at": clock.to_text(one.first), "last_at": clock.to_text(one.last),
                }
                for one in judging_store.counters(tx, row.id, shown_round, seen.areas)
            ]  # fmt: skip
            again = [
                {"place": one.place, "product": one.product}
                for one in reading_store.units(tx, row.id, row.round, seen.areas)
            ]
            posted = row.state in {"posting", "posted"} and seen.areas is None
            outcome = adjusting_store.outcome(tx, row.id) if posted else None
            view = _view(tx, row, seen)
            unknown = reading_store.unknown(tx, row.id, seen.areas)
            ends = row.state == "open" and "manage" in seen.may
            unvisited = reading_store.unvisited(tx, row.id, row.round, every=_planned(row)) if ends else None
        return {
            **view, "people": people, "people_round": shown_round, "again": again, "outcome": outcome,
            "unknown": unknown, "unvisited": unvisited,
        }  # fmt: skip

    def summary(self, actor: Actor, number: str) -> list[dict[str, Any]]:
        """Return the differences of each product together, the largest first; what lies elsewhere is none.

        Raises:
            ForbiddenError: The session is blind, and the actor only counts.
        """
        with self._db.read() as tx:
            session, seen = sight.look_at(tx, actor, number)
            if seen.hides(session):
                raise ForbiddenError("no_right", right=MANAGE)
            rows = reading_store.summary(tx, session.id, seen.areas)
        return [
            {
                "product": row.product, "name": row.name, "lines": int(row.lines),
                **{name: as_number(int(getattr(row, name))) for name in ("expected", "counted", "more", "less")},
            }
            for row in rows
        ]  # fmt: skip

    def sheet(
        self, actor: Actor, number: str, *, after: str = "", limit: int = 100
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Return what is to be counted, place by place, for a sheet of paper, and where the next page begins."""
        with self._db.read() as tx:
            session, seen = sight.look_at(tx, actor, number)
            place, product, batch = [*after.split("\t"), "", "", ""][:3]
            rows = reading_store.sheet(tx, session.id, seen.areas, (place, product, batch), limit + 1)
        hidden = bool(session.blind)  # the paper goes to who counts, whoever prints it
        shown = [
            {
                "place": row.place, "product": row.product, "name": row.name, "unit": row.unit or "",
                "tracking": row.tracking, "batch": row.batch or None,
                "expected": None if hidden else as_number(int(row.expected)),
            }
            for row in rows[:limit]
        ]  # fmt: skip
        last = rows[limit - 1] if len(rows) > limit else None
        return shown, None if last is None else f"{last.place}\t{last.product}\t{last.batch}"

    def places(
        self, actor: Actor, number: str, *, after: str = "", limit: int = 100
    ) -> tuple[list[dict[str, Any]], str | None]:
        """Return the places where something is expected or was scanned, and where the next page begins."""
        with self._db.read() as tx:
            session, seen = sight.look_at(tx, actor, number)
            rows = reading_store.places(tx, session.id, seen.areas, after, limit + 1, every=_planned(session))
        hidden = seen.hides(session)
        shown = [
            {
                "place": row.code, "name": row.name, "expected": None if hidden else int(row.expected),
                "counted": int(row.counted), "scans": int(row.scans), "visited": bool(row.visits),
            }
            for row in rows[:limit]
        ]  # fmt: skip
        return shown, rows[limit - 1].code if len(rows) > limit else None

    def goods(self, actor: Actor, number: str, place: str) -> list[dict[str, Any]]:
        """Return what is expected and counted at one place, by product and batch.

        Raises:
            NotFoundError: The place is not in the session.
        """
        with self._db.read() as tx:
            session, seen = sight.look_at(tx, actor, number)
            place_id = scan_store.place_in(tx, session.id, place)
            if place_id is None or (seen.areas is not None and place_id not in seen.areas):
                raise NotFoundError("count_place_outside", item=place)
            rows = reading_store.goods(tx, session.id, place_id)
        hidden = seen.hides(session)
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
        with self._db.read() as tx:
            session, seen = sight.look_at(tx, actor, number)
            at = None if place is None else scan_store.place_in(tx, session.id, place) or -1
            rows = scan_store.page(
                tx, session.id, answers=answers, place=at, areas=seen.areas, before=after or 2**62, limit=limit + 1
            )
            sums = sums_of(tx, session, seen)
            shown = [answer_of(tx, actor, session, row, sums) for row in rows[:limit]]
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
        with self._db.read() as tx:
            session, seen = sight.look_at(tx, actor, number)
            if seen.hides(session):
                raise ForbiddenError("no_right", right=MANAGE)
            at = None if place is None else scan_store.place_in(tx, session.id, place) or -1
            rows = judging_store.page(
                tx, session.id, kinds=kinds, place=at, areas=seen.areas, after=after, limit=limit + 1
            )
            shown = _told(tx, rows[:limit], sight.known_places(actor))
        return shown, rows[limit - 1].line if len(rows) > limit else None


def _planned(session: Any) -> bool:
    """Tell whether just these places were chosen, so that empty ones are to be looked at, too."""
    scope = json.loads(session.scope)
    return bool(scope.get("only") or scope.get("sample"))


def _view(tx: Tx, row: Any, seen: Sight) -> dict[str, Any]:
    """Write a session as somebody sees it; who sees only some of its places is told the sums of those."""
    hidden = seen.hides(row)
    expected, counted = row.expected, row.counted
    if seen.areas is not None:
        expected, counted = reading_store.sums(tx, row.id, seen.areas)
    times = {
        name: clock.to_text(getattr(row, name)) if getattr(row, name) else None
        for name in ("opened_at", "counted_at", "approved_at", "ended_at")
    }
    people = {name: getattr(row, name) or None for name in ("opened_by", "counted_by", "approved_by", "ended_by")}
    return {
        "number": row.number, "title": row.title, "document": row.document or None, "kind": row.kind,
        "blind": bool(row.blind), "same_counter": bool(row.same_counter), "state": row.state,
        "tracking": row.tracking.split(","), **json.loads(row.scope), "round": row.round,
        "expected": None if hidden else expected, "counted": counted, "may": sorted(seen.may),
        "totals": json.loads(row.totals) if row.totals and not hidden and seen.areas is None else None,
        "job": row.job or None, **times, **people,
    }  # fmt: skip


def _told(tx: Tx, rows: Sequence[Any], known: frozenset[int] | None) -> list[dict[str, Any]]:
    """Write differences; where the books have a piece is told to those who may see it there."""
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
            "place": codes["place"].get(row.place_id), "book_place": codes["place"].get(row.book_place)
            if known is None or row.book_place in known
            else None,
            "book_state": row.book_state or None, "expected": as_number(row.expected),
            "counted": as_number(row.counted), "difference": as_number(row.counted - row.expected),
            "moved": bool(row.moved), "raw": row.raw or None, "actor": row.actor or None, "action": row.action,
            "reason": row.reason, "event": row.event_id or None, "problem": row.problem or None,
            "params": json.loads(row.params) if row.params else {},
        }
        for row in rows
    ]  # fmt: skip
