"""Planning a correction (红冲, 反审核): reversing events, newest first, each by an event of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, NotFoundError, Problem
from mazhi.kernel.ledger import store as ledger
from mazhi.kernel.ledger.model import HistoryRow, in_force, row_data, since
from mazhi.kernel.posting import store, untracking
from mazhi.kernel.posting.assembling import ASSEMBLIES
from mazhi.kernel.posting.edges import Edges
from mazhi.kernel.posting.leaving import let_go
from mazhi.kernel.posting.model import CHANGING, MILLION, Change, Facts, changes
from mazhi.kernel.posting.planning import Frame, Plan, Step, find_pieces
from mazhi.kernel.posting.quantities import Move, StockKey
from mazhi.kernel.posting.writing import Piece, Since

TOGETHER = ASSEMBLIES | {"exchange"}
"""What is taken back for all the items of an event, or for none."""


@dataclass(slots=True)
class _Life:
    """An item with the events that are in force on it; the last one is undone first."""

    piece: Piece
    standing: list[HistoryRow]
    above: list[HistoryRow] = field(default_factory=list)
    """What came after the event, with ``chain`` to be undone too."""


def plan(tx: Tx, frame: Frame) -> Plan:
    """Reverse an event for all or some of its items, and with ``chain`` whatever came after it."""
    target = _target_event(tx, frame)
    event_id, tracking = frame.event_ids[0], untracking.carried(tx, target)
    target = target if tracking is None else tracking.born
    pieces, refused = _pieces(tx, frame, target)
    if tracking is not None:
        refused += untracking.stands_against(tx, frame, tracking, [piece.id for piece in pieces])
        if refused:
            return Plan(event_id, [], 0, refused)
    lives, wrong = _lives(tx, pieces, target, frame)
    refused += wrong
    lives, wrong = _in_areas(lives, target, frame)
    refused += wrong
    lives, wrong = _without_full_boxes(tx, lives, target, frame)
    refused += wrong
    kind = str(getattr(ledger.event_by_id(tx, target), "operation", ""))
    if refused and (frame.request.mode == "all" or kind in TOGETHER):
        return Plan(event_id, [], 0, refused)
    every = [*lives, *_bound_together(tx, lives)]
    lines, wrong = _lines(tx, frame, target, every, kind, None if tracking is None else tracking.gone)
    refused += wrong
    if refused and frame.request.mode == "all":
        return Plan(event_id, [], 0, refused)
    if not lives and not lines:
        return Plan(event_id, [], 0, refused or [Problem("already_corrected", {"event": target}, "/data/event")])
    steps = _steps(tx, frame, every, target, lines)
    if tracking is not None:
        untracking.restore(tx, frame, tracking)
    return Plan(steps[-1].stamp.event_id, steps, len(lives) + len(lines.get(target, ())), refused)


def _target_event(tx: Tx, frame: Frame) -> int:
    target = int(frame.request.data["event"])
    row = ledger.event_by_id(tx, target) if target < 2**63 else None
    if row is None:
        raise NotFoundError("unknown_event", event=target)
    if row.operation in {"recall_mark", "recall_clear"}:
        # Else whoever corrects could make a recalled piece look sound.
        frame.actor.require(f"operation.{row.operation}")
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
    event = ledger.event_by_id(tx, target)
    if inside and event is not None and event.operation in TOGETHER:
        rows = store.lock_items(tx, touched)
        known = {piece.id for piece in inside}
        inside += [Piece(i, *row, inside[0].pointer, row[1]) for i, row in rows.items() if i not in known]
    return inside, refused


def _standing(tx: Tx, pieces: Sequence[Piece]) -> dict[int, list[HistoryRow]]:
    rows = ledger.history_of(tx, [piece.id for piece in pieces]) if pieces else []
    return {item_id: in_force(group) for item_id, group in groupby(rows, key=lambda row: row.item_id)}


def _position(standing: Sequence[HistoryRow], event: int) -> int | None:
    return next((i for i, row in enumerate(standing) if row.event_id == event), None)


def _lives(tx: Tx, pieces: Sequence[Piece], target: int, frame: Frame) -> tuple[list[_Life], list[Problem]]:
    by_item = _standing(tx, pieces)
    chain = bool(frame.request.data.get("chain"))
    lives: list[_Life] = []
    refused: list[Problem] = []
    for piece in pieces:
        standing = by_item.get(piece.id, [])
        place = _position(standing, target)
        if place is None:
            # Of a whole event, what was taken back piece by piece is simply left out.
            if frame.request.items:
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


def _in_areas(lives: Sequence[_Life], target: int, frame: Frame) -> tuple[list[_Life], list[Problem]]:
    """Refuse pieces that stand, or would stand again, where the actor may not correct."""
    areas = frame.setting.areas
    if areas is None:
        return list(lives), []
    good: list[_Life] = []
    refused: list[Problem] = []
    for life in lives:
        undone = [row for row in life.standing if row.event_id == target] + life.above
        found = {life.piece.facts.place_id, *(row.from_place for row in undone)} - {0}
        if found and found <= areas:
            good.append(life)
            continue
        params = {"right": "operation.correct", "place_id": min(found - areas, default=0)}
        refused.append(Problem("no_right", params, life.piece.pointer, life.piece.given))
    return good, refused


def _without_full_boxes(tx: Tx, lives: Sequence[_Life], target: int, frame: Frame) -> tuple[list[_Life], list[Problem]]:
    """Keep packages where their contents are, if the contents do not go back with them.

    A package that only took the situation of what was packed into it stays as it is while something is inside; any
    other way back of a package alone is refused.
    """
    boxes = {life.piece.id: life for life in lives if life.piece.facts.kind == "package"}
    going = {life.piece.id for life in lives}
    staying = {box: child for box, child in store.contents(tx, boxes) if child not in going} if boxes else {}
    # What was built in since comes back into its package when the chain takes that back.
    for life in _bound_together(tx, lives) if boxes else ():
        facts = life.piece.facts
        for row in reversed(life.above):
            facts = _before(facts, row)
        if facts.parent_id in boxes and life.piece.id not in going:
            staying[facts.parent_id] = life.piece.id
    if not staying:
        return list(lives), []
    good: list[_Life] = []
    refused: list[Problem] = []
    for life in lives:
        undone = [row for row in life.standing if row.event_id == target] + life.above
        if life.piece.id not in staying or not any(_moved(row) for row in undone):
            good.append(life)
        elif frame.request.items or life.above or undone[0].operation != "pack":
            params: dict[str, object] = {"content_id": staying[life.piece.id], "event": target}
            refused.append(Problem("contents_stay", params, life.piece.pointer, life.piece.given))
    return good, refused


def _moved(row: HistoryRow) -> bool:
    return row.from_state != row.to_state or row.from_place != row.to_place or "holder_id" in row_data(row.data)


def _bound_together(tx: Tx, lives: Sequence[_Life]) -> list[_Life]:
    """Add the other items of every event of the chain that is taken back for all its items, or for none."""
    known = {life.piece.id for life in lives}
    waiting = {row.event_id for life in lives for row in life.above if row.operation in TOGETHER}
    pieces: dict[int, Piece] = {}
    standing: dict[int, list[HistoryRow]] = {}
    first: dict[int, int] = {}
    while waiting:
        event = waiting.pop()
        others = ledger.items_of_event(tx, event) - known
        fresh = others - pieces.keys()
        if fresh:
            pieces |= {item_id: Piece(item_id, *row) for item_id, row in store.lock_items(tx, fresh).items()}
            standing |= _standing(tx, [pieces[item_id] for item_id in fresh])
        for item_id in others:
            rows = standing.get(item_id, [])
            place = _position(rows, event)
            end = first.get(item_id, len(rows))
            if place is not None and place < end:
                # This item must go back further than was known; what it meets on the way, too.
                first[item_id] = place
                waiting |= {row.event_id for row in rows[place:end] if row.operation in TOGETHER} - {event}
    return [_Life(pieces[i], standing[i], standing[i][place:]) for i, place in first.items()]


def _remaining(tx: Tx, event: int) -> dict[tuple[StockKey | None, StockKey | None], int]:
    """Return what an event moved and no correction has moved back."""
    left: dict[tuple[StockKey | None, StockKey | None], int] = {}
    for row in ledger.moves_of_event(tx, event):
        key = (_key(row, "from"), _key(row, "to"))
        left[key] = left.get(key, 0) + row.quantity
    for row in ledger.moves_correcting(tx, event):
        key = (_key(row, "to"), _key(row, "from"))
        left[key] = left.get(key, 0) - row.quantity
    return {key: quantity for key, quantity in left.items() if quantity > 0}


def _back(source: StockKey | None, target: StockKey | None, quantity: int) -> Move:
    side = source or target
    assert side is not None  # noqa: S101 - every move has a side inside
    return Move(side.product_id, side.batch_id, target, source, quantity)


def _lines(
    tx: Tx, frame: Frame, target: int, lives: Sequence[_Life], kind: str, also: int | None
) -> tuple[dict[int, list[Move]], list[Problem]]:
    """Turn the quantities of the event round, and those of every assembly of the chain; by event, the newest first.

    What single pieces drew goes back with those pieces.
    """
    events = {row.event_id for life in lives for row in life.above if row.operation in ASSEMBLIES}
    if not frame.request.items or kind in ASSEMBLIES:
        events.add(target)
    events |= set() if also is None else {also}
    found: dict[int, list[Move]] = {}
    for event in sorted(events, reverse=True):
        ships = event == target and kind == "ship"
        found[event] = [
            _back(source, to, quantity)
            for (source, to), quantity in _remaining(tx, event).items()
            if not (ships and to is None)
        ]
    every = [move for moves in found.values() for move in moves]
    if not every:
        return {}, []
    balances = store.lock_pool(tx, {move.product_id for move in every})
    for moves in found.values():
        for move in moves:
            if move.target is not None:
                balances[move.target] = balances.get(move.target, 0) + move.quantity
            if move.source is not None:
                balances[move.source] = balances.get(move.source, 0) - move.quantity
        if any(move.source is not None and balances[move.source] < 0 for move in moves):
            return {}, [Problem("not_enough", {"left": "0", "wanted": "", "event": target}, "/data/event")]
    areas = frame.setting.areas
    places = {side.place_id for move in every for side in (move.source, move.target) if side is not None} - {0}
    if areas is not None and not (places and places <= areas):
        params = {"right": "operation.correct", "place_id": min(places - areas, default=0)}
        return {}, [Problem("no_right", params, "/data/event")]
    return {event: moves for event, moves in found.items() if moves}, []


def _returned(tx: Tx, event: int, pieces: Sequence[Piece]) -> list[Move]:
    """Give back what these pieces drew when they were captured by their shipment, one unit each."""
    left = {source: n for (source, to), n in _remaining(tx, event).items() if source is not None and to is None}
    moves: list[Move] = []
    wanted = Counter((piece.facts.product_id, piece.facts.batch_id) for piece in pieces)
    for kind, count in sorted(wanted.items()):
        missing = count * MILLION
        for source in sorted(key for key in left if key[:2] == kind):
            amount = min(left[source], missing)
            missing -= amount
            if amount:
                moves.append(_back(source, None, amount))
    return moves


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


def _steps(
    tx: Tx, frame: Frame, lives: Sequence[_Life], target: int, lines: Mapping[int, Sequence[Move]]
) -> list[Step]:
    """Undo the newest event first: the one that is on top of every life it has a part in."""
    current = {life.piece.id: life.piece for life in lives}
    undone = {(life.piece.id, row.event_id) for life in lives for row in life.above}
    undone |= {(life.piece.id, target) for life in lives}
    stacks = {life.piece.id: list(life.standing) for life in lives}
    steps: list[Step] = []
    waiting = {row.event_id for life in lives for row in life.above}
    undone_events = set(waiting)
    if len(waiting) >= len(frame.event_ids):
        raise ConflictError("chain_too_long", events=len(waiting) + 1)
    while waiting:
        event = _topmost(stacks, waiting)
        waiting.discard(event)
        mine = {item_id: stack for item_id, stack in stacks.items() if (item_id, event) in undone}
        step = _undo(tx, frame, event, current, mine, frame.event_ids[len(steps) + 1])
        step.moves.extend(lines.get(event, ()))
        steps.append(step)
    for event in sorted(lines.keys() - undone_events - {target}):  # the other half of a change of tracking
        steps.append(_undo(tx, frame, event, current, {}, frame.event_ids[len(steps) + 1]))
        steps[-1].moves.extend(lines[event])
    mine = {item: stack for item, stack in stacks.items() if (item, target) in undone}
    steps.append(_undo(tx, frame, target, current, mine, frame.event_ids[0]))
    steps[-1].moves.extend(lines.get(target, ()))
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
) -> Step:
    changed: list[tuple[Piece, Change]] = []
    drawn: list[Piece] = []
    units: set[int] = set()
    times: dict[int, Since] = {}
    known: dict[tuple[Facts, str, int, str], tuple[Change, str | None]] = {}
    for item_id, stack in stacks.items():
        if not stack or stack[-1].event_id != event:
            continue
        piece = current[item_id]
        row = stack.pop()
        if row.operation == "ship" and row.from_state == "coded":
            drawn.append(piece)
        if row.operation in ASSEMBLIES:
            units.add(item_id)
        alike = (piece.facts, row.from_state, row.from_place, row.data)
        if alike not in known:
            known[alike] = _back_again(piece.facts, row, event)
        change, code = known[alike]
        if code is not None:
            store.update_code(tx, item_id, code)
            piece = piece._replace(code=code)
        times[item_id] = Since(*since(stack or [row]))
        changed.append((piece, change))
    changed, left = let_go(tx, changed, current)
    for piece, change in changed:
        current[piece.id] = piece._replace(seq=piece.seq + 1, facts=change.after)
    about = json.dumps(
        {"data": {"event": event, "reason": frame.request.data.get("reason") or ""}},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return Step(
        frame.stamp(event_id, about)._replace(corrects=event),
        changed,
        _returned(tx, event, drawn) if drawn else [],
        times,
        Edges(undo=frozenset(units), left=left),
    )


def _back_again(facts: Facts, row: HistoryRow, event: int) -> tuple[Change, str | None]:
    """Reverse what a row did to an item, and return the code that it gets back, if it had another one."""
    before = _before(facts, row)
    data: dict[str, Any] = {"corrects": event, **row_data(changes(facts, before))}
    code, new = row_data(row.data).get("code", (None, None))
    if code is not None:
        data["code"] = [new, code]
    return Change(before, json.dumps(data, ensure_ascii=False, separators=(",", ":"))), code


def _before(facts: Facts, row: HistoryRow) -> Facts:
    """Return what the item was before a row of its history."""
    # What was settled at birth stays, also of what is voided: whose code it was is still known.
    old = {name: pair[0] for name, pair in row_data(row.data).items() if name in CHANGING}
    return facts._replace(state=row.from_state, place_id=row.from_place, **old)
