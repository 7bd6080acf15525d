"""When what took reserved goods is undone (红冲): their reservations are there again, or it is said why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from mazhi.kernel import clock
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.life_cycles.model import LifeCycle
from mazhi.kernel.posting.marks import is_blocked
from mazhi.kernel.reservations import store
from mazhi.kernel.reservations.reach import can_be_taken

if TYPE_CHECKING:
    from mazhi.kernel.posting.model import Change
    from mazhi.kernel.posting.quantities import Move
    from mazhi.kernel.posting.writing import Piece, Stamp

_USABLE = ("released", "concession")


def told(document: str, until: int) -> dict[str, object]:
    """Say whose something is, and until when."""
    return {"document": document, "until": clock.to_text(until) if until else None}


def bring_back(
    tx: Tx, stamp: Stamp, changed: Sequence[tuple[Piece, Change]], moves: Sequence[Move],
    life: Callable[[int], LifeCycle],
) -> list[Problem]:  # fmt: skip
    """Reserve again what the corrected event took, as far as it came back; say how much, and what not and why."""
    back = [(piece, change.after) for piece, change in changed if piece.facts.product_id and change.after.place_id]
    rows = store.ended_by(tx, stamp.corrects or 0) if back else []
    taken = store.taken_by(tx, stamp.corrects or 0) if any(move.target is not None for move in moves) else []
    if not rows and not taken:
        return []
    closed = store.closed(tx, {row.document: row.ended_at for row in rows} | {r.document: r.taken_at for r in taken})
    again: dict[str, int] = {}
    problems = _pieces(tx, stamp, back, rows, closed, life, again)
    problems += _quantities(tx, stamp, moves, taken, closed, life, again)
    done = [Problem("reserve_back", {"document": document}, item=document) for document in sorted(again)]
    return [*done, *problems]


def _pieces(
    tx: Tx, stamp: Stamp, back: Sequence[tuple[Piece, Any]], rows: Sequence[Any], closed: set[str],
    life: Callable[[int], LifeCycle], again: dict[str, int],
) -> list[Problem]:  # fmt: skip
    """Reserve pieces again: the very ones, and for those that others went instead of, the others."""
    own = {row.item_id: row for row in rows}
    spare = [row for row in rows if row.item_id not in {piece.id for piece, _ in back}]
    present = store.of_pieces(tx, [piece.id for piece, _ in back], stamp.recorded_at)
    problems: list[Problem] = []
    for piece, after in back:
        row = own.get(piece.id)
        if row is None:
            row = next((one for one in spare if one.product_id == piece.facts.product_id), None)
            if row is None:
                continue
            spare.remove(row)
        why = _why_not(row, closed, stamp.recorded_at)
        if why is None and piece.id in present:
            why = Problem("reserve_not_back_taken", {"document": row.document, "other": present[piece.id][1]})
        if why is None and not _usable(life(piece.facts.product_id), after, is_blocked(after.marks)):
            why = Problem("reserve_not_back_unfit", {"document": row.document})
        if why is not None:
            problems.append(Problem(why.code, why.params, item=piece.code))
            continue
        store.reopen(tx, row.id, piece.id, after.batch_id, after.place_id)
        again[row.document] = again.get(row.document, 0) + 1
    return problems


def _quantities(
    tx: Tx, stamp: Stamp, moves: Sequence[Move], taken: Sequence[Any], closed: set[str],
    life: Callable[[int], LifeCycle], again: dict[str, int],
) -> list[Problem]:  # fmt: skip
    """Reserve quantities again, of the balances that they came back to, up to what the event had taken."""
    left = {row.id: int(row.taken) for row in taken}
    added: list[tuple[Any, ...]] = []
    problems: dict[tuple[str, str], Problem] = {}
    for move in moves:
        target, room = move.target, move.quantity
        for row in taken:
            if target is None or room <= 0 or (row.product_id, row.batch_id) != target[:2] or not left[row.id]:
                continue
            why = _why_not(row, closed, stamp.recorded_at)
            if why is None and not _usable(life(row.product_id), target, bool(target.blocked)):
                why = Problem("reserve_not_back_unfit", {"document": row.document})
            if why is not None:
                problems[why.code, row.document] = Problem(why.code, why.params, item=row.product)
                continue
            amount = min(room, left[row.id])
            left[row.id], room = left[row.id] - amount, room - amount
            again[row.document] = again.get(row.document, 0) + amount
            added.append(
                (row.document, 0, *target[:6], amount, amount, row.chosen, "open", row.expires_at, row.created_at,
                 row.created_by, 0, "", 0)
            )  # fmt: skip
    store.add(tx, added)
    store.forget_taken(tx, stamp.corrects or 0, left)
    return list(problems.values())


def _why_not(row: Any, closed: set[str], now: int) -> Problem | None:
    if 0 < row.expires_at <= now:
        return Problem("reserve_not_back_over", told(row.document, row.expires_at))
    if row.document in closed:
        return Problem("reserve_not_back_closed", {"document": row.document})
    return None


def _usable(cycle: LifeCycle, after: Any, blocked: bool) -> bool:
    return not blocked and after.place_id != 0 and after.quality in _USABLE and can_be_taken(cycle, after.state)
