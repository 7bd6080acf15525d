"""What posting asks of reservations: who may take what, and what becomes of reservations afterwards.

It costs nothing where nothing is reserved: one question for the operations that take pieces, and one for those that
draw quantities. Pieces and balances are locked by posting when it asks, and by whoever reserves, so that neither sees
half of what the other does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mazhi.kernel import clock
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.reservations import store
from mazhi.kernel.reservations.model import ENDING, GUARDED, STAYING, Balance, ends

if TYPE_CHECKING:
    from mazhi.kernel.posting.model import Change, PostRequest
    from mazhi.kernel.posting.quantities import Move, StockKey
    from mazhi.kernel.posting.writing import Piece, Stamp

FEW = 50
"""So many pieces are looked up straight; of more it is asked first whether anything is reserved at all."""
_USABLE = ("released", "concession")


def refuse_pieces(
    tx: Tx, request: PostRequest, changed: list[tuple[Piece, Change]], now: int
) -> tuple[list[tuple[Piece, Change]], list[Problem]]:
    """Refuse the pieces that are reserved for another document."""
    if request.kind not in GUARDED or not changed or (len(changed) > FEW and not store.any_pieces(tx)):
        return changed, []
    reserved = store.of_pieces(tx, [piece.id for piece, _ in changed], now)
    if not reserved:
        return changed, []
    good: list[tuple[Piece, Change]] = []
    refused: list[Problem] = []
    for pair in changed:
        piece = pair[0]
        _, document, until = reserved.get(piece.id, (0, request.document, 0))
        if document == request.document:
            good.append(pair)
        else:
            refused.append(Problem("reserved", told(document, until), piece.pointer, piece.given))
    return good, refused


def told(document: str, until: int) -> dict[str, object]:
    """Say whose something is, and until when."""
    return {"document": document, "until": clock.to_text(until) if until else None}


@dataclass(frozen=True, slots=True)
class Withheld:
    """The quantities that are reserved for other documents, by balance, and for which."""

    quantities: Mapping[StockKey, int]
    documents: Mapping[StockKey, str]

    def free(self, balances: Mapping[StockKey, int]) -> dict[StockKey, int]:
        """Return what is left of balances."""
        return {key: left - self.quantities.get(key, 0) for key, left in balances.items()}

    def whole(self, balances: Mapping[StockKey, int]) -> dict[StockKey, int]:
        """Return what balances would be without it."""
        return {key: left + self.quantities.get(key, 0) for key, left in balances.items()}

    def problem(self, product_id: int, batch_id: int) -> Problem:
        """Say for which documents a product is kept."""
        whose = {name for key, name in self.documents.items() if key[:2] == (product_id, batch_id)}
        return Problem("reserved", {"document": "、".join(sorted(whose)), "until": None})


def withheld(tx: Tx, request: PostRequest, products: Collection[int], key: type[StockKey]) -> Withheld:
    """Return what others have reserved of some products; nothing where the operation takes none of it away."""
    quantities: Counter[StockKey] = Counter()
    documents: dict[StockKey, str] = {}
    if request.kind in GUARDED:
        for row in store.of_products(tx, products, clock.now()):
            if row.document != request.document:
                balance = key(*store.balance(row), 0)
                quantities[balance] += row.remaining
                documents[balance] = row.document
    return Withheld(quantities, documents)


def settle(tx: Tx, stamp: Stamp, changed: Sequence[tuple[Piece, Change]], moves: Sequence[Move]) -> None:
    """Let reservations follow their goods, or end, after an event was written."""
    if changed and stamp.operation not in STAYING:
        _settle_pieces(tx, stamp, changed)
    if any(move.source is not None for move in moves):
        _settle_quantities(tx, stamp, moves)


def _settle_pieces(tx: Tx, stamp: Stamp, changed: Sequence[tuple[Piece, Change]]) -> None:
    if len(changed) > FEW and not store.any_pieces(tx):
        return
    gone = {
        piece.id: piece
        for piece, (after, _) in changed
        if ends(stamp.operation, after.place_id, after.state) and piece.facts.product_id
    }
    if not gone:
        return
    reserved = store.of_pieces(tx, gone, stamp.recorded_at)
    mine = [number for number, document, _ in reserved.values() if document == stamp.document]
    others = [number for number, document, _ in reserved.values() if document != stamp.document]
    _end(tx, stamp, mine, "used" if stamp.operation in ENDING else "gone")
    _end(tx, stamp, others, "gone")
    if stamp.document and stamp.operation in ENDING:
        _exchange(tx, stamp, [piece for item, piece in gone.items() if item not in reserved])


def _exchange(tx: Tx, stamp: Stamp, instead: Sequence[Piece]) -> None:
    """Free as many of the pieces that were chosen as others went instead; those of the same batch first."""
    if not instead:
        return
    chosen = store.chosen_pieces(tx, stamp.document, {piece.facts.product_id for piece in instead}, stamp.recorded_at)
    freed: set[int] = set()
    for piece in instead:
        alike = [row for row in chosen if row.product_id == piece.facts.product_id and row.id not in freed]
        alike.sort(key=lambda row: row.batch_id != piece.facts.batch_id)
        freed |= {row.id for row in alike[:1]}
    _end(tx, stamp, freed, "used")


def _end(tx: Tx, stamp: Stamp, numbers: Any, state: str) -> None:
    store.end(tx, numbers, state, at=stamp.recorded_at, by=stamp.actor, event=stamp.event_id)


def _settle_quantities(tx: Tx, stamp: Stamp, moves: Sequence[Move]) -> None:
    """Use up what the document had reserved; what others have goes along where it no longer fits."""
    products = sorted({move.product_id for move in moves})
    rows = store.of_products(tx, products, stamp.recorded_at)
    if not rows:
        return
    ledger = _Ledger(tx, stamp, rows)
    for move in moves:
        if move.source is not None:
            ledger.draw(move)
    balances = store.balances(tx, products)
    for move in moves:
        if move.source is not None:
            ledger.fit(move, balances.get(Balance(*move.source[:6]), 0) if not move.source.blocked else None)
    ledger.write()


class _Ledger:
    """The open quantities of some products while an event takes from their balances."""

    def __init__(self, tx: Tx, stamp: Stamp, rows: Sequence[Any]) -> None:
        self._tx = tx
        self._stamp = stamp
        self._rows = rows
        self._left = {row.id: int(row.remaining) for row in rows}
        self._ended: dict[str, list[int]] = {"used": [], "gone": [], "moved": []}
        self._moved: list[tuple[Any, StockKey, int]] = []

    def draw(self, move: Move) -> None:
        """Take what the event's own document had reserved: of this balance first, then what was chosen elsewhere."""
        stamp, source = self._stamp, move.source
        if source is None or source.blocked or not stamp.document:
            return
        wanted = move.quantity
        mine = [row for row in reversed(self._rows) if row.document == stamp.document]
        here = [row for row in mine if store.balance(row) == source[:6]]
        elsewhere = [row for row in mine if row.chosen and _alike(row, source) and store.balance(row) != source[:6]]
        along = self._along(move)
        for row in [*here, *(elsewhere if stamp.operation in ENDING else ())]:
            wanted -= self._take(row, wanted, along if row in here else None, "used")

    def fit(self, move: Move, balance: int | None) -> None:
        """Take what no longer fits into a balance: it goes along with the goods, or it is gone."""
        if move.source is None or balance is None:
            return
        here = [row for row in self._rows if store.balance(row) == move.source[:6]]
        excess = sum(self._left[row.id] for row in here) - balance
        along, room = self._along(move), move.quantity
        for row in here:
            if excess <= 0 or room <= 0:
                break
            taken = self._take(row, min(excess, room), along, "gone")
            excess, room = excess - taken, room - taken

    def _along(self, move: Move) -> StockKey | None:
        """Return the balance to which reservations follow; None where the goods are used or not to be had."""
        target = move.target
        if target is None or self._stamp.operation in ENDING or target.blocked or target.quality not in _USABLE:
            return None
        return None if ends(self._stamp.operation, target.place_id, target.state) else target

    def _take(self, row: Any, wanted: int, along: StockKey | None, state: str) -> int:
        taken = min(wanted, self._left[row.id])
        if taken <= 0:
            return 0
        self._left[row.id] -= taken
        if along is not None:
            self._moved.append((row, along, taken))
        if not self._left[row.id]:
            self._ended[state if along is None else "moved"].append(row.id)
        return taken

    def write(self) -> None:
        """Write what has become of them."""
        changed = {row.id: self._left[row.id] for row in self._rows if self._left[row.id] != row.remaining}
        store.shorten(self._tx, changed)
        for state, numbers in self._ended.items():
            _end(self._tx, self._stamp, numbers, state)
        store.add(
            self._tx,
            [
                (
                    row.document, 0, *along[:6], taken, taken, row.chosen, "open", row.expires_at, row.created_at,
                    row.created_by, 0, "", 0,
                )
                for row, along, taken in self._moved
            ],
        )  # fmt: skip


def _balance(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in store.BALANCE)


def _alike(row: Any, source: StockKey) -> bool:
    return (row.product_id, row.batch_id) == source[:2]
