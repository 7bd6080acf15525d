"""What a user does with reservations: goods are kept for a document, and freed again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, Problem
from mazhi.kernel.items import store as items
from mazhi.kernel.life_cycles.model import LifeCycle
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.posting.marks import is_blocked
from mazhi.kernel.posting.model import MILLION
from mazhi.kernel.posting.planning import find_pieces, unpack
from mazhi.kernel.posting.repeating import Request
from mazhi.kernel.posting.writing import Piece
from mazhi.kernel.products import store as products
from mazhi.kernel.reservations import store
from mazhi.kernel.reservations.choosing import USABLE, Taken, Wanted, choose, look_up
from mazhi.kernel.reservations.model import MANAGE, MOST_LINES, Line, ReserveRequest
from mazhi.kernel.reservations.reach import can_be_taken
from mazhi.kernel.reservations.restoring import told
from mazhi.kernel.stock.service import as_number

LONGEST = 200
ONE = Decimal(1)


class Reservations:
    """Keeps goods for documents."""

    def __init__(self, db: Database, life_cycles: LifeCycles) -> None:
        self._db = db
        self._life_cycles = life_cycles

    def reserve(self, actor: Actor, request: ReserveRequest) -> dict[str, Any]:
        """Reserve in a transaction of its own; see :meth:`reserve_in`."""
        with self._db.write() as tx:
            return self.reserve_in(tx, actor, request)

    def reserve_in(self, tx: Tx, actor: Actor, request: ReserveRequest) -> dict[str, Any]:
        """Reserve goods for a document in the caller's transaction, and say what was wanted, kept and missing.

        Raises:
            ForbiddenError: The actor may not.
            InvalidInputError: The request itself is wrong.
            ConflictError: Something is missing or kept for somebody else, and everything was wanted (code
                ``reserve_refused``, every reason a problem).
        """
        actor.require(MANAGE)
        now = clock.now()
        _check(request, now)
        content = {**asdict(request), "client_key": None}
        asked = Request(tx, "reserve", actor, request.client_key, content)
        if asked.answer is not None:
            return dict(asked.answer)
        store.lock_all(tx)
        store.expire(tx, now)
        cycles = self._life_cycles.load(tx)
        pieces, mine, refused = _named(tx, request, cycles, now)
        wanted = look_up(tx, request.lines, cycles)
        _add(tx, actor, request, [_of_piece(piece) for piece in pieces], now, chosen=0)
        taken = choose(tx, wanted, None, now=now, lock=True)
        lines = _lines(wanted, taken)
        refused += [problem for number, line in enumerate(lines) if (problem := _short(tx, number, line, now))]
        if refused and request.mode == "all":
            raise ConflictError("reserve_refused", problems=refused, refused=len(refused))
        for number, one in enumerate(wanted):
            chosen = int(one.in_pieces or one.line.place is None)
            _add(tx, actor, request, [each for each in taken if each.line == number], now, chosen=chosen)
        answer = {
            "document": request.document,
            "reserved": now,
            "items": len(pieces) + mine,
            "lines": [
                {**line, "rows": rows}
                for line, rows in zip(lines, _shown(tx, wanted, taken), strict=True)
            ],
            "refused": [asdict(problem) for problem in refused],
        }  # fmt: skip
        asked.store(answer)
        return answer

    def propose(self, actor: Actor, lines: Sequence[Line]) -> list[dict[str, Any]]:
        """Say what to take for lines, and where; nothing is kept, and nothing counts as scanned.

        Raises:
            InvalidInputError: Some lines are wrong.
        """
        actor.require("items.view")
        with self._db.read() as tx:
            return self.propose_in(tx, actor, lines)

    def propose_in(self, tx: Tx, actor: Actor, lines: Sequence[Line]) -> list[dict[str, Any]]:
        """Say what to take for lines, in the caller's transaction."""
        _few(lines)
        wanted = look_up(tx, lines, self._life_cycles.load(tx))
        taken = choose(tx, wanted, actor.areas("items.view"), now=clock.now())
        shown = _shown(tx, wanted, taken)
        return [{**line, "rows": rows} for line, rows in zip(_lines(wanted, taken), shown, strict=True)]

    def release(self, actor: Actor, document: str, numbers: Collection[int] | None = None) -> int:
        """Free what is kept for a document, or some of it; return how many reservations were open."""
        with self._db.write() as tx:
            return self.release_in(tx, actor, document, numbers)

    def release_in(self, tx: Tx, actor: Actor, document: str, numbers: Collection[int] | None = None) -> int:
        """Free what is kept for a document in the caller's transaction; what is free already stays so."""
        actor.require(MANAGE)
        kept = [row.id for row in store.open_of(tx, document, lock=True) if numbers is None or row.id in numbers]
        return store.end(tx, kept, "released", at=clock.now(), by=actor.name)

    def take_back_in(self, tx: Tx, actor: Actor, document: str, reserved: int) -> int:
        """Free what one request kept, by what its answer says under ``reserved``, as far as it is still kept."""
        actor.require(MANAGE)
        kept = [row.id for row in store.open_of(tx, document, lock=True) if row.created_at == reserved]
        return store.end(tx, kept, "released", at=clock.now(), by=actor.name)

    def page(
        self,
        actor: Actor,
        *,
        document: str | None = None,
        product: str | None = None,
        item: str | None = None,
        open_only: bool = True,
        after: int | None = None,
        limit: int = 100,
    ) -> tuple[list[dict[str, Any]], int | None]:
        """Return reservations, the latest first, and where the next page begins."""
        actor.require("items.view")
        with self._db.read() as tx:
            found = {"product": None, "item": None}  # type: dict[str, int | None]
            if product is not None:
                ids = items.ids_of_code(tx, "product", product)
                found["product"] = ids[0] if ids else 0
            if item is not None:
                held = items.holders_of(tx, item, None)
                found["item"] = held[0][1] if held else -1
            now = clock.now()
            rows = store.page(
                tx, document=document, product=found["product"], item=found["item"], areas=actor.areas("items.view"),
                now=now if open_only else None, before=after or 2**62, limit=limit + 1,
            )  # fmt: skip
            shown = _told(tx, rows[:limit], now)
        return shown, rows[limit - 1].id if len(rows) > limit else None

    def available(self, actor: Actor, product: str, place: str | None = None) -> list[dict[str, Any]]:
        """Return of a product, for each batch and place, what is there to be taken, reserved, and free.

        Raises:
            InvalidInputError: There is no such product or place.
        """
        actor.require("items.view")
        with self._db.read() as tx:
            (wanted,) = look_up(tx, [Line(product, ONE, place=place)], self._life_cycles.load(tx))
            areas, now = actor.areas("items.view"), clock.now()
            stock = Counter[tuple[int, int]]()
            kept = Counter[tuple[int, int]]()
            for row in store.standing(tx, wanted.product.id, wanted.state):
                stock[row.batch_id, row.place_id] += int(row.quantity)
            for row in store.of_products(tx, [wanted.product.id], now):
                kept[row.batch_id, row.place_id] += int(row.remaining)
            for row in store.reserved_pieces(tx, [wanted.product.id], now, wanted.state):
                kept[row.batch_id, row.place_id] += int(row.pieces) * MILLION
            keys = [
                key
                for key in sorted(stock)
                if (wanted.place_ids is None or key[1] in wanted.place_ids) and (areas is None or key[1] in areas)
            ]
            codes = items.all_codes(tx, {"batch": {key[0] for key in keys}, "place": {key[1] for key in keys}})
        return [
            {
                "batch": codes["batch"].get(key[0]), "place": codes["place"].get(key[1]),
                "quantity": as_number(stock[key]), "reserved": as_number(kept[key]),
                "available": as_number(stock[key] - kept[key]),
            }
            for key in keys
        ]  # fmt: skip


def _check(request: ReserveRequest, now: int) -> None:
    problems: list[Problem] = []
    document = request.document
    if not document or len(document) > LONGEST or not document.isprintable():
        problems.append(Problem("reserve_no_document", {}, "/document"))
    if not request.items and not request.lines:
        problems.append(Problem("nothing_to_do", {}, "/items"))
    if request.expires_at and request.expires_at <= now:
        problems.append(Problem("reserve_over", {}, "/expires_at"))
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    _few(request.lines)


def _few(lines: Sequence[Line]) -> None:
    if len(lines) > MOST_LINES:
        problem = Problem("reserve_too_many_lines", {"most": MOST_LINES}, "/lines")
        raise InvalidInputError("invalid_input", problems=[problem])


def _named(
    tx: Tx, request: ReserveRequest, cycles: Mapping[str, LifeCycle], now: int
) -> tuple[list[Piece], int, list[Problem]]:
    """Find the pieces that were named, packages with what is in them, and say which cannot be reserved.

    Returns:
        Those to be reserved, how many the document has already, and the refusals.
    """
    if not request.items:
        return [], 0, []
    found, refused = find_pieces(tx, request.items)
    pieces = [piece for piece in unpack(tx, found) if piece.facts.product_id]
    reserved = store.of_pieces(tx, [piece.id for piece in pieces], now)
    known = products.by_ids(tx, {piece.facts.product_id for piece in pieces})
    good: list[Piece] = []
    mine = 0
    for piece in pieces:
        _, document, until = reserved.get(piece.id, (0, "", 0))
        wrong = _unfit(piece, cycles[known[piece.facts.product_id].life_cycle])
        if document == request.document:
            mine += 1
        elif document:
            refused.append(Problem("reserved", told(document, until), piece.pointer, piece.given))
        elif wrong is not None:
            refused.append(Problem(wrong.code, wrong.params, piece.pointer, piece.given))
        else:
            good.append(piece)
    return good, mine, refused


def _unfit(piece: Piece, cycle: LifeCycle) -> Problem | None:
    """Say why a piece cannot be kept for anybody: it could not be taken as it is."""
    facts = piece.facts
    if facts.place_id == 0 or not can_be_taken(cycle, facts.state):
        state = cycle.state(facts.state)
        zh, en = (state.zh, state.en) if state else (facts.state, facts.state)
        return Problem("reserve_wrong_state", {"state_zh": zh, "state_en": en})
    if is_blocked(facts.marks) or facts.quality not in USABLE:
        return Problem("reserve_not_usable", {"quality": facts.quality})
    return None


def _of_piece(piece: Piece) -> Taken:
    facts = piece.facts
    return Taken(
        -1, piece.id, piece.code, facts.product_id, facts.batch_id, facts.place_id, facts.state, facts.quality,
        facts.owner_id, MILLION,
    )  # fmt: skip


def _add(tx: Tx, actor: Actor, request: ReserveRequest, taken: Sequence[Taken], now: int, *, chosen: int) -> None:
    rows = [
        (
            request.document, one.item_id, one.product_id, one.batch_id, one.place_id, one.state, one.quality,
            one.owner_id, one.quantity, one.quantity, chosen, "open", request.expires_at, now, actor.name, 0, "", 0,
        )
        for one in taken
    ]  # fmt: skip
    store.add(tx, rows)


def _lines(wanted: Sequence[Wanted], taken: Sequence[Taken]) -> list[dict[str, Any]]:
    """Say of each line how much was wanted, found and is missing."""
    found = Counter[int]()
    for one in taken:
        found[one.line] += one.quantity
    return [
        {
            "product": one.product.code, "batch": one.line.batch, "place": one.line.place,
            "wanted": as_number(one.quantity), "found": as_number(found[number]),
            "missing": as_number(one.quantity - found[number]),
        }
        for number, one in enumerate(wanted)
    ]  # fmt: skip


def _short(tx: Tx, number: int, line: Mapping[str, Any], now: int) -> Problem | None:
    """Say that there is not enough for a line, and who has of it."""
    if not line["missing"]:
        return None
    ids = items.ids_of_code(tx, "product", line["product"])
    others = sorted(store.documents_of(tx, ids, now))
    params = {
        "product": line["product"], "wanted": line["wanted"], "found": line["found"],
        "documents": "、".join(others[:5]) or "—",
    }  # fmt: skip
    return Problem("reserve_not_enough", params, f"/lines/{number}", line["product"])


def _shown(tx: Tx, wanted: Sequence[Wanted], taken: Sequence[Taken]) -> list[list[dict[str, Any]]]:
    codes = items.all_codes(tx, {"batch": {one.batch_id for one in taken}, "place": {one.place_id for one in taken}})
    rows: list[list[dict[str, Any]]] = [[] for _ in wanted]
    for one in taken:
        rows[one.line].append(
            {
                "item": one.code or None, "batch": codes["batch"].get(one.batch_id),
                "place": codes["place"].get(one.place_id), "quantity": as_number(one.quantity),
            }
        )  # fmt: skip
    return rows


def _told(tx: Tx, rows: Sequence[Any], now: int) -> list[dict[str, Any]]:
    codes = items.all_codes(
        tx,
        {
            "product": {row.product_id for row in rows}, "batch": {row.batch_id for row in rows},
            "place": {row.place_id for row in rows}, "item": {row.item_id for row in rows},
            "partner": {row.owner_id for row in rows},
        },
    )  # fmt: skip
    return [
        {
            "id": row.id, "document": row.document, "item": codes["item"].get(row.item_id),
            "product": codes["product"].get(row.product_id), "batch": codes["batch"].get(row.batch_id),
            "place": codes["place"].get(row.place_id), "owner": codes["partner"].get(row.owner_id),
            "quantity": as_number(row.quantity),
            "left": as_number(row.remaining) if row.state == "open" else 0,
            "chosen": bool(row.chosen),
            "state": "expired" if row.state == "open" and 0 < row.expires_at <= now else row.state,
            "expires_at": clock.to_text(row.expires_at) if row.expires_at else None,
            "created_at": clock.to_text(row.created_at), "created_by": row.created_by,
            "ended_at": clock.to_text(row.ended_at) if row.ended_at else None,
            "ended_by": row.ended_by or None, "event": row.event_id or None,
        }
        for row in rows
    ]  # fmt: skip
