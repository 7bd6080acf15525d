"""Counting: one scan at a time, each answered once in a small transaction of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import SYSTEM, Actor
from mazhi.kernel.batches import store as batches
from mazhi.kernel.counts import reading_store, scan_store, sight
from mazhi.kernel.counts.model import COUNT, MANAGE, VISIT, Reference, ScanLine, ScanRequest, judge_piece
from mazhi.kernel.counts.opening import require_state, session_of
from mazhi.kernel.counts.sight import Sight
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError, Problem, invalid
from mazhi.kernel.items.store import all_codes, codes_of
from mazhi.kernel.posting import store as posting
from mazhi.kernel.posting.model import MAX_QUANTITY, MILLION
from mazhi.kernel.products import store as products
from mazhi.kernel.scanning.reading import Reading
from mazhi.kernel.scanning.service import Scanning
from mazhi.kernel.stock.service import as_number

_KINDS = ["item", "package", "batch", "product", "place"]
_QUANTITIES = ("30", "37")
"""The GS1 identifiers by which a code says how many."""


class Desk:
    """Takes scans."""

    def __init__(self, db: Database, scanning: Scanning) -> None:
        self._db = db
        self._scanning = scanning

    def scan(self, actor: Actor, number: str, request: ScanRequest) -> dict[str, Any]:
        """Answer one scan: right, wrong, duplicate, unknown; or the place that was scanned.

        Raises:
            NotFoundError: There is no such session.
            ConflictError: It is not being counted (``count_wrong_state``), the place is not in it
                (``count_place_outside``), or somebody else has to count there again (``count_same_counter``).
            ForbiddenError: The actor may not count there.
        """
        actor.require(COUNT)
        # What lies here is told whoever may see it elsewhere; only its code is.
        readings = self._scanning.read(request.raw, request.symbology, {"kind": _KINDS}, actor=SYSTEM)
        with self._db.write() as tx:
            session = session_of(tx, number, lock=True)
            if request.client_key:
                known = scan_store.by_key(tx, session.id, request.client_key)
                if known is not None:
                    if known.raw != request.raw:
                        raise ConflictError("client_key_reused", client_key=request.client_key)
                    return answer_of(tx, actor, session, known, _sums(tx, actor, session))
            require_state(session, "open")
            spot = _scanned_place(tx, actor, session, readings)
            if spot is not None:
                _other_counter(tx, actor, session, spot)
                return self._arrive(tx, actor, session, request, spot)
            place = _place(tx, actor, session, request)
            lines = _Look(tx, session, place, request, readings).lines()
            counted = sum(line.counted for line in lines)
            (first, *_) = scan_store.write(
                tx, session, lines, place=place, key=request.client_key or "", at=clock.now(), actor=actor.name,
                done=session.counted + counted,
            )  # fmt: skip
            row = scan_store.by_seq(tx, session.id, first)
            return answer_of(tx, actor, session, row, _sums(tx, actor, session))

    def _arrive(self, tx: Tx, actor: Actor, session: Any, request: ScanRequest, place: int) -> dict[str, Any]:
        """Note that somebody was at a place, so that it is known which nobody has been to; also if it is empty."""
        (seq,) = scan_store.write(
            tx, session, [ScanLine(VISIT, request.raw)], place=place, key=request.client_key or "", at=clock.now(),
            actor=actor.name, done=session.counted,
        )  # fmt: skip
        return answer_of(tx, actor, session, scan_store.by_seq(tx, session.id, seq), _sums(tx, actor, session))

    def undo(self, actor: Actor, number: str, seq: int) -> int:
        """Take a scan back while the session is being counted: one's own, or whoever manages any; return how many.

        Raises:
            NotFoundError: There is no such session or scan.
            ForbiddenError: It is somebody else's.
        """
        actor.require(COUNT)
        with self._db.write() as tx:
            session = session_of(tx, number, lock=True, states=("open",))
            row = scan_store.by_seq(tx, session.id, seq)
            if row is None or row.answer == VISIT:
                raise NotFoundError("unknown_line", line=seq)
            if row.actor != actor.name and not actor.holds(MANAGE, row.place_id):
                raise ForbiddenError("no_right", right=MANAGE)
            if row.round != session.round:
                raise ConflictError("count_round_over", line=seq)
            return scan_store.undo(tx, session.id, row.within or seq)


def _scanned_place(tx: Tx, actor: Actor, session: Any, readings: Sequence[Reading]) -> int | None:
    """Return the place that was scanned, if it was one of the session's."""
    if readings[0].kind != "place" or readings[0].place is None:
        return None
    place = scan_store.place_in(tx, session.id, readings[0].place)
    if place is None:
        raise ConflictError("count_place_outside", item=readings[0].place)
    if not actor.holds(COUNT, place):
        raise ForbiddenError("no_right", right=COUNT)
    return place


def _place(tx: Tx, actor: Actor, session: Any, request: ScanRequest) -> int:
    if request.place is None:
        place = scan_store.only_place(tx, session.id)
        if place is None:
            raise invalid("/place", "count_place_needed")
    else:
        place = scan_store.place_in(tx, session.id, request.place)
        if place is None:
            raise ConflictError("count_place_outside", item=request.place)
    if not actor.holds(COUNT, place):
        raise ForbiddenError("no_right", right=COUNT)
    _other_counter(tx, actor, session, place)
    return place


def _other_counter(tx: Tx, actor: Actor, session: Any, place: int) -> None:
    """Refuse who counted at a place in an earlier round, where others are to count again."""
    again = session.round > 1 and not session.same_counter
    if again and scan_store.counted_before(tx, session.id, session.round, place, actor.name):
        raise ConflictError("count_same_counter", item=codes_of(tx, "place", [place]).get(place))


def _sums(tx: Tx, actor: Actor, session: Any) -> dict[str, Any]:
    return sums_of(tx, session, sight.sights(tx, actor, [session.id])[session.id])


def sums_of(tx: Tx, session: Any, seen: Sight) -> dict[str, Any]:
    """Say how far the places are that somebody sees; empty where it is the whole session."""
    if seen.areas is None:
        return {}
    expected, done = reading_store.sums(tx, session.id, seen.areas)
    return {"done": done, "expected": None if session.blind else expected}


def answer_of(tx: Tx, actor: Actor, session: Any, row: Any, sums: Mapping[str, Any]) -> dict[str, Any]:
    """Write a scan as an answer; a blind session does not tell what was expected."""
    params = dict(scan_store.params_of(row))
    done = params.pop("done", 0)
    said, code = row.answer, row.code
    if session.blind and row.counted and row.answer == "wrong":
        said, code, params = "right", "", {}
    known = sight.known_places(actor)
    if code == "count_wrong_place" and known is not None and row.book_place not in known:
        params = {**params, "place": "—"}
    names = all_codes(
        tx,
        {"item": [row.item_id], "product": [row.product_id], "batch": [row.batch_id], "place": [row.place_id]},
    )
    line = {
        "seq": row.seq, "round": row.round, "place": names["place"].get(row.place_id),
        "item": names["item"].get(row.item_id), "product": names["product"].get(row.product_id),
        "batch": names["batch"].get(row.batch_id), "quantity": as_number(row.quantity), "raw": row.raw,
        "counted": bool(row.counted), "answer": said, "actor": row.actor, "at": clock.to_text(row.at),
    }  # fmt: skip
    return {
        "answer": said, "place": line["place"], "code": code, "params": params, "done": done,
        "expected": None if session.blind else session.expected, "line": None if said == VISIT else line, **sums,
    }  # fmt: skip


class _Look:
    """What one scan means in a session, at a place."""

    def __init__(self, tx: Tx, session: Any, place: int, request: ScanRequest, readings: Sequence[Reading]) -> None:
        self._tx = tx
        self._session = session
        self._place = place
        self._request = request
        self._readings = readings

    def lines(self) -> list[ScanLine]:
        """Return the rows to be written, the first of which is the answer."""
        found = [one for one in self._readings if one.item_id is not None and one.via != "near_miss"]
        if found:
            return self._items([one.item_id for one in found if one.item_id is not None])
        best = self._readings[0]
        if best.kind in {"product", "batch"} and best.product:
            return [self._quantity(best)]
        return [self._unknown(best)]

    def _wrong(self, code: str, **params: object) -> ScanLine:
        return ScanLine("wrong", self._request.raw, problem=Problem(code, params))

    def _unknown(self, reading: Reading) -> ScanLine:
        raw = self._request.raw
        problem = reading.problems[0] if reading.problems else Problem("unknown_item", {"item": raw[:80]})
        if scan_store.unknown_before(self._tx, self._session.id, raw):
            return ScanLine("duplicate", raw, problem=Problem("count_twice", {"item": raw[:80], "place": "—"}))
        return ScanLine("unknown", raw, counted=1, problem=Problem(problem.code, {**problem.params, "item": raw[:80]}))

    def _items(self, ids: Sequence[int]) -> list[ScanLine]:
        tx, session = self._tx, self._session
        books = scan_store.books(tx, ids)
        best = [books[one] for one in dict.fromkeys(ids) if one in books]
        if len(best) > 1:
            here = scan_store.frozen(tx, session.id, [row.id for row in best])
            best = [row for row in best if row.id in here] if len(here) == 1 else best
        if len(best) != 1:
            spaces = ", ".join({space for one in self._readings for space in one.namespaces})
            return [self._wrong("ambiguous_item", item=self._request.raw[:80], namespaces=spaces)]
        if best[0].kind == "package":
            return self._package(best[0])
        return [self._piece(best[0], self._request.raw)]

    def _package(self, box: Any) -> list[ScanLine]:
        """Count everything in a package; what counts already, or is not counted here, is left out."""
        level, inside = [box.id], dict[int, Any]()
        while level:
            found = scan_store.books(self._tx, [child for _, child in posting.contents(self._tx, level)])
            inside |= {one: row for one, row in found.items() if row.kind != "package"}
            level = [one for one, row in found.items() if row.kind == "package"]
        lines = [line for row in inside.values() if (line := self._piece(row, row.code)).counted]
        if not lines:
            return [self._wrong("count_empty_box", item=box.code)]
        for line in lines:
            line.boxed = True
        wrong = sum(line.answer == "wrong" for line in lines)
        first = ScanLine("wrong" if wrong else "right", self._request.raw)
        first.problem = Problem("count_box", {"item": box.code, "pieces": len(lines), "wrong": wrong})
        return [first, *lines]

    def _piece(self, row: Any, raw: str) -> ScanLine:
        tx, session = self._tx, self._session
        before = scan_store.of_items(tx, session.id, [row.id]).get(row.id)
        about = {
            "item_id": row.id, "product_id": row.product_id, "batch_id": row.batch_id, "quantity": MILLION,
            "book_place": row.place_id, "book_state": row.state, "book_seq": row.seq,
        }  # fmt: skip
        if before is not None:
            there = codes_of(tx, "place", [before.place_id]).get(before.place_id, "—")
            problem = Problem("count_twice", {"item": row.code, "place": there})
            return ScanLine("duplicate", raw, problem=problem, **about)
        frozen = scan_store.frozen(tx, session.id, [row.id]).get(row.id)
        outside = self._outside(row.product_id, "serial", row.code)
        # What is missing so far is welcome wherever it turns up.
        if outside is not None and not (outside.code == "count_not_again" and frozen is not None):
            return ScanLine("wrong", raw, problem=outside, **about)
        frozen = frozen if session.kind == "snapshot" else None
        reference = Reference(row.place_id, row.state, frozen=False)
        if frozen is not None:
            reference = Reference(frozen.place_id, frozen.state, frozen=True)
        verdict = judge_piece(session.kind, reference, self._place)
        if verdict == "right":
            return ScanLine("right", raw, counted=1, **about)
        place = codes_of(tx, "place", [reference.place_id]).get(reference.place_id, "—")
        problem = Problem(f"count_{verdict}", {"item": row.code, "place": place, "state": reference.state})
        return ScanLine("wrong", raw, counted=1, problem=problem, **about)

    def _outside(self, product: int, tracking: str, item: str) -> Problem | None:
        """Say that the session does not count this, or not again."""
        tx, session = self._tx, self._session
        wanted = tracking in session.tracking.split(",") and scan_store.has_products(tx, session.id, [product])
        if not wanted:
            return Problem("count_not_counted", {"item": item})
        if session.round > 1 and not scan_store.recounted(tx, session.id, session.round, self._place, [product]):
            return Problem("count_not_again", {"item": item})
        return None

    def _quantity(self, reading: Reading) -> ScanLine:
        tx, raw = self._tx, self._request.raw
        product = products.by_codes(tx, [str(reading.product)]).get(str(reading.product))
        if product is None:
            return self._wrong("unknown_product", item=reading.product)
        if product.tracking == "serial" and not product.capture.outbound_only:
            return self._wrong("count_serial_needed", item=product.code)
        batch = None
        if reading.batch:
            batch = batches.by_codes(tx, [(product.id, reading.batch)]).get((product.id, reading.batch))
        if product.has_batches and batch is None:
            return self._wrong("count_batch_needed", item=product.code)
        outside = self._outside(product.id, product.tracking, product.code)
        if outside is not None:
            return ScanLine("wrong", raw, problem=outside, product_id=product.id)
        batch_id = batch.id if batch else 0
        book = scan_store.quantity_of(tx, self._place, product.id, batch_id)
        _, last = scan_store.line_of(tx, self._session.id, self._place, product.id, batch_id)
        moved = self._session.kind == "live" and last not in {None, book}
        problem = Problem("count_moved", {"item": product.code}) if moved else None
        return ScanLine(
            "right", raw, counted=1, problem=problem, product_id=product.id, batch_id=batch_id,
            quantity=self._amount(reading), book_quantity=book, book_place=self._place,
        )  # fmt: skip

    def _amount(self, reading: Reading) -> int:
        given = self._request.quantity
        if given is None:
            said = next((reading.elements[ai] for ai in _QUANTITIES if ai in reading.elements), "1")
            try:
                given = Decimal(said)
            except InvalidOperation:
                given = Decimal(1)
        scaled = given * MILLION if given.is_finite() else Decimal("0.5")
        if scaled != scaled.to_integral_value() or not 0 <= scaled <= MAX_QUANTITY * MILLION:
            problem = Problem("bad_quantity", {"quantity": str(given)}, "/quantity")
            raise InvalidInputError("invalid_input", problems=[problem])
        return int(scaled)
