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
from mazhi.kernel.life_cycles.model import LifeCycle
from mazhi.kernel.products import store as products
from mazhi.kernel.reservations import restoring, store
from mazhi.kernel.reservations.model import Balance
from mazhi.kernel.reservations.reach import cycle_of, ending, within_reach

if TYPE_CHECKING:
    from mazhi.kernel.posting.model import Change
    from mazhi.kernel.posting.quantities import Move, StockKey
    from mazhi.kernel.posting.writing import Piece, Stamp

FEW = 50
"""So many pieces are looked up straight; of more it is asked first whether anything is reserved at all."""
_USABLE = ("released", "concession")


def reserved_for(tx: Tx, now: int, ids: Collection[int]) -> dict[int, tuple[str, int]]:
    """Return for which document, and until when, those of some pieces are reserved that are."""
    if len(ids) > FEW and not store.any_pieces(tx):
        return {}
    return {item: (document, until) for item, (_, document, until) in store.of_pieces(tx, ids, now).items()}


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


def withheld(tx: Tx, document: str, products: Collection[int], key: type[StockKey]) -> Withheld:
    """Return what other documents have reserved of some products."""
    quantities: Counter[StockKey] = Counter()
    documents: dict[StockKey, str] = {}
    for row in store.of_products(tx, products, clock.now()):
        if row.document != document:
            balance = key(*store.balance(row), 0)
            quantities[balance] += row.remaining
            documents[balance] = row.document
    return Withheld(quantities, documents)


def settle(
    tx: Tx, stamp: Stamp, changed: Sequence[tuple[Piece, Change]], moves: Sequence[Move],
    cycles: Mapping[str, LifeCycle],
) -> list[Problem]:  # fmt: skip
    """Let reservations follow their goods, end, or come back, after an event was written; say which did not."""
    touched = [pair for pair in changed if _may_end(*pair)]
    drawn = [move for move in moves if move.source is not None]
    if not touched and not drawn and stamp.corrects is None:
        return []
    life = _Lives(tx, cycles)
    if touched:
        _settle_pieces(tx, stamp, touched, life)
    if drawn:
        _settle_quantities(tx, stamp, drawn, life)
    return restoring.bring_back(tx, stamp, changed, moves, life.of) if stamp.corrects is not None else []


def _may_end(piece: Piece, change: Change) -> bool:
    """Tell whether what happened to a piece can matter to who has it reserved; it costs nothing to ask."""
    before, after = piece.facts, change.after
    return bool(before.product_id and before.place_id) and (
        after.place_id == 0
        or (after.state, after.owner_id, after.holder_id) != (before.state, before.owner_id, before.holder_id)
    )


class _Lives:
    """The life cycles of products, looked up where they are needed."""

    def __init__(self, tx: Tx, cycles: Mapping[str, LifeCycle]) -> None:
        self._tx = tx
        self._cycles = cycles
        self._known: dict[int, LifeCycle] = {}

    def of(self, product_id: int) -> LifeCycle:
        """Return the life cycle of a product."""
        if product_id not in self._known:
            product = products.by_ids(self._tx, [product_id]).get(product_id)
            self._known[product_id] = cycle_of(self._cycles, product.life_cycle if product is not None else "")
        return self._known[product_id]


def _settle_pieces(tx: Tx, stamp: Stamp, touched: Sequence[tuple[Piece, Change]], life: _Lives) -> None:
    if len(touched) > FEW and not store.any_pieces(tx):
        return
    reserved = store.of_pieces(tx, [piece.id for piece, _ in touched], stamp.recorded_at)
    if not reserved and not stamp.document:
        return
    ended: dict[str, list[int]] = {"used": [], "gone": []}
    instead: list[Piece] = []
    for piece, (after, _) in touched:
        cycle = life.of(piece.facts.product_id)
        if within_reach(cycle, piece.facts, after):
            continue
        how = ending(stamp.operation, cycle, after)
        if piece.id in reserved:
            number, document, _ = reserved[piece.id]
            ended[how if document == stamp.document else "gone"].append(number)
        elif how == "used":
            instead.append(piece)
    for state, numbers in ended.items():
        _end(tx, stamp, numbers, state)
    if stamp.document:
        _exchange(tx, stamp, instead)


def _exchange(tx: Tx, stamp: Stamp, instead: Sequence[Piece]) -> None:
    """Free as many of the pieces that were chosen as others went instead; those of the same batch first."""
    if not instead:
        return
    chosen = store.chosen_pieces(tx, stamp.document, {piece.facts.product_id for piece in instead}, stamp.recorded_at)
    freed: set[int] = set()
    for piece in instead if chosen else ():
        alike = [row for row in chosen if row.product_id == piece.facts.product_id and row.id not in freed]
        alike.sort(key=lambda row: row.batch_id != piece.facts.batch_id)
        freed |= {row.id for row in alike[:1]}
    _end(tx, stamp, freed, "used")


def _end(tx: Tx, stamp: Stamp, numbers: Any, state: str) -> None:
    store.end(tx, numbers, state, at=stamp.recorded_at, by=stamp.actor, event=stamp.event_id)


def _settle_quantities(tx: Tx, stamp: Stamp, moves: Sequence[Move], life: _Lives) -> None:
    """Use up what the document had reserved; what others have goes along where it no longer fits."""
    wanted = sorted({move.product_id for move in moves})
    rows = store.of_products(tx, wanted, stamp.recorded_at)
    if not rows:
        return
    ledger = _Ledger(tx, stamp, rows, life)
    for move in moves:
        ledger.draw(move)
    balances = store.balances(tx, wanted)
    for move in moves:
        if move.source is not None:
            ledger.fit(move, balances.get(Balance(*move.source[:6]), 0) if not move.source.blocked else None)
    ledger.write()


class _Ledger:
    """The open quantities of some products while an event takes from their balances."""

    def __init__(self, tx: Tx, stamp: Stamp, rows: Sequence[Any], life: _Lives) -> None:
        self._tx = tx
        self._stamp = stamp
        self._rows = rows
        self._life = life
        self._left = {row.id: int(row.remaining) for row in rows}
        self._ended: dict[str, list[int]] = {"used": [], "gone": [], "moved": []}
        self._moved: list[tuple[Any, StockKey, int]] = []
        self._taken: Counter[int] = Counter()

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
        how = ending(stamp.operation, self._life.of(move.product_id), move.target)
        for row in [*here, *(elsewhere if along is None and how == "used" else ())]:
            wanted -= self._take(row, wanted, along if row in here else None, how)

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
        source, target = move.source, move.target
        if source is None or target is None or target.blocked or target.quality not in _USABLE:
            return None
        return target if within_reach(self._life.of(move.product_id), source, target) else None

    def _take(self, row: Any, wanted: int, along: StockKey | None, state: str) -> int:
        taken = min(wanted, self._left[row.id])
        if taken <= 0:
            return 0
        self._left[row.id] -= taken
        if along is not None:
            self._moved.append((row, along, taken))
        else:
            self._taken[row.id] += taken
        if not self._left[row.id]:
            self._ended[state if along is None else "moved"].append(row.id)
        return taken

    def write(self) -> None:
        """Write what has become of them."""
        changed = {row.id: self._left[row.id] for row in self._rows if self._left[row.id] != row.remaining}
        store.shorten(self._tx, changed)
        for state, numbers in self._ended.items():
            _end(self._tx, self._stamp, numbers, state)
        store.note_taken(self._tx, self._stamp.event_id, self._taken)
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


def _alike(row: Any, source: StockKey) -> bool:
    return (row.product_id, row.batch_id) == source[:2]
