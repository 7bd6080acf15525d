"""Planning a correction (红冲, 反审核): reversing events, newest first, each by an event of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError, NotFoundError, Problem
from mazhi.kernel.ledger import store as ledger
from mazhi.kernel.ledger.model import HistoryRow, in_force, row_data, since
from mazhi.kernel.posting import store
from mazhi.kernel.posting.model import Change, Facts, changes
from mazhi.kernel.posting.planning import Frame, Plan, Step, find_pieces
from mazhi.kernel.posting.quantities import Move, StockKey
from mazhi.kernel.posting.writing import Piece, Since


@dataclass(slots=True)
class _Life:
    """An item with the events that are in force on it; the last one is undone first."""

    piece: Piece
    standing: list[HistoryRow]
    above: list[HistoryRow] = field(default_factory=list)


def plan(tx: Tx, frame: Frame) -> Plan:
    """Reverse an event for all or some of its items, and with ``chain`` whatever came after it."""
    target = _target_event(tx, frame)
    event_id = frame.event_ids[0]
    pieces, refused = _pieces(tx, frame, target)
    lives, wrong = _lives(tx, pieces, target, chain=bool(frame.request.data.get("chain")))
    refused += wrong
    moves, wrong = _moves(tx, frame, target, lives)
    refused += wrong
    if refused and frame.request.mode == "all":
        return Plan(event_id, [], 0, refused)
    if not lives and not moves:
        return Plan(event_id, [], 0, refused or [Problem("already_corrected", {"event": target})])
    steps = _steps(tx, frame, lives, target, moves)
    return Plan(steps[-1].stamp.event_id, steps, len(lives) + len(moves), refused)


def _target_event(tx: Tx, frame: Frame) -> int:
    target = int(frame.request.data["event"])
    row = ledger.event_by_id(tx, target) if target < 2**63 else None
    if row is None:
        raise NotFoundError("unknown_event", event=target)
    if row.operation == "correct":
        raise InvalidInputError(
            "invalid_input", problems=[Problem("correction_of_correction", {"event": target}, "/data/event")]
        )
    return target


def _pieces(tx: Tx, frame: Frame, target: int) -> tuple[list[Piece], list[Problem]]:
    touched = ledger.items_of_event(tx, target)
    if not frame.request.items:
        rows = store.lock_items(tx, touched) if touched else {}
        return [Piece(item_id, *rows[item_id], "/data/event", rows[item_id][1]) for item_id in sorted(rows)], []
    pieces, refused = find_pieces(tx, frame.request.items)
    inside = [piece for piece in pieces if piece.id in touched]
    refused += [
        Problem("not_in_event", {"event": target}, piece.pointer, piece.given)
        for piece in pieces
        if piece.id not in touched
    ]
    return inside, refused


def _lives(tx: Tx, pieces: Sequence[Piece], target: int, *, chain: bool) -> tuple[list[_Life], list[Problem]]:
    rows = ledger.history_of(tx, [piece.id for piece in pieces]) if pieces else []
    by_item = {item_id: list(group) for item_id, group in groupby(rows, key=lambda row: row.item_id)}
    lives: list[_Life] = []
    refused: list[Problem] = []
    for piece in pieces:
        standing = in_force(by_item.get(piece.id, ()))
        place = next((i for i, row in enumerate(standing) if row.event_id == target), None)
        if place is None:
            refused.append(Problem("already_corrected", {"event": target}, piece.pointer, piece.given))
            continue
        life = _Life(piece, standing, standing[place + 1 :])
        if life.above and not chain:
            later = [{"event": r.event_id, "operation": r.operation, "document": r.document} for r in life.above]
            named = ", ".join(f"{r.document or r.event_id}" for r in reversed(life.above))
            refused.append(Problem("later_events", {"events": later, "named": named}, piece.pointer, piece.given))
            continue
        lives.append(life)
    return lives, refused


def _moves(tx: Tx, frame: Frame, target: int, lives: Sequence[_Life]) -> tuple[list[Move], list[Problem]]:
    """Turn the event's stock moves round; what was drawn by single pieces goes back only with the whole event."""
    done = ledger.moves_of_event(tx, target)
    if not done or ledger.moves_are_reversed(tx, target):
        return [], []
    if frame.request.items:
        drawn = [life.piece for life in lives if _was_drawn(life, target)]
        return [], [Problem("whole_event_needed", {"event": target}, piece.pointer, piece.given) for piece in drawn]
    moves = [Move(row.product_id, row.batch_id, _key(row, "to"), _key(row, "from"), row.quantity) for row in done]
    balances = store.lock_pool(tx, {move.product_id for move in moves})
    refused: list[Problem] = []
    for move in moves:
        if move.target is not None:
            balances[move.target] = balances.get(move.target, 0) + move.quantity
        if move.source is not None:
            balances[move.source] = balances.get(move.source, 0) - move.quantity
    short = {move.source for move in moves if move.source is not None and balances[move.source] < 0}
    if short:
        refused.append(Problem("not_enough", {"left": "0", "wanted": "", "event": target}, "/data/event"))
        return [], refused
    return moves, []


def _was_drawn(life: _Life, target: int) -> bool:
    """Tell whether the event shipped a piece that was captured only then, out of the quantity stock."""
    row = next(row for row in life.standing if row.event_id == target)
    return row.operation == "ship" and row.from_state == "coded"


def _key(row: Any, side: str) -> StockKey | None:
    state = getattr(row, f"{side}_state")
    if state == "":
        return None
    return StockKey(
        row.product_id,
        row.batch_id,
        getattr(row, f"{side}_place_id"),
        state,
        getattr(row, f"{side}_quality"),
        getattr(row, f"{side}_owner_id"),
        getattr(row, f"{side}_blocked"),
    )


def _steps(tx: Tx, frame: Frame, lives: Sequence[_Life], target: int, moves: Sequence[Move]) -> list[Step]:
    """Undo the newest event first: the one that is on top of every life it has a part in."""
    current = {life.piece.id: life.piece for life in lives}
    stacks = {life.piece.id: list(life.standing) for life in lives}
    steps: list[Step] = []
    waiting = {row.event_id for life in lives for row in life.above}
    while waiting:
        event = _topmost(stacks, waiting)
        waiting.discard(event)
        steps.append(_undo(tx, frame, event, current, stacks, frame.event_ids[len(steps) + 1], []))
    steps.append(_undo(tx, frame, target, current, stacks, frame.event_ids[0], moves))
    return steps


def _topmost(stacks: Mapping[int, list[HistoryRow]], waiting: set[int]) -> int:
    covered = {row.event_id for stack in stacks.values() for row in stack[:-1]}
    tops = {stack[-1].event_id for stack in stacks.values() if stack}
    free = (tops & waiting) - covered
    return max(free or (tops & waiting))


def _undo(
    tx: Tx,
    frame: Frame,
    event: int,
    current: dict[int, Piece],
    stacks: dict[int, list[HistoryRow]],
    event_id: int,
    moves: Sequence[Move],
) -> Step:
    changed: list[tuple[Piece, Change]] = []
    times: dict[int, Since] = {}
    for item_id, stack in stacks.items():
        if not stack or stack[-1].event_id != event:
            continue
        piece = current[item_id]
        row = stack.pop()
        before = _before(piece.facts, row)
        data: dict[str, Any] = {"corrects": event, **row_data(changes(piece.facts, before))}
        code = piece.code
        if "code" in row_data(row.data):
            code, new = row_data(row.data)["code"]
            data["code"] = [new, code]
            store.update_code(tx, item_id, code)
        times[item_id] = Since(*since(stack or [row]))
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        changed.append((piece, Change(before, text)))
        current[item_id] = piece._replace(seq=piece.seq + 1, facts=before, code=code)
    about = json.dumps(
        {"data": {"event": event, "reason": frame.request.data.get("reason") or ""}},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return Step(frame.stamp(event_id, about)._replace(corrects=event), changed, list(moves), times)


def _before(facts: Facts, row: HistoryRow) -> Facts:
    """Return what the item was before a row of its history."""
    old = {name: pair[0] for name, pair in row_data(row.data).items() if name in Facts._fields}
    return facts._replace(state=row.from_state, place_id=row.from_place, **old)
