"""The rules of posting quantities: batch and SKU goods, and the pool that outbound-only serials are drawn from.

Quantities are whole millionths. A line draws from one balance and adds to another; a side that is None is outside
the company's books.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.model import BUILT_IN, MAX_QUANTITY, MILLION, USABLE, Setting, expired
from mazhi.kernel.posting.operation import HolderRule, PlaceRule
from mazhi.kernel.products.model import Product


class StockKey(NamedTuple):
    """What a balance is kept for; in the order of the stock table's key."""

    product_id: int
    batch_id: int
    place_id: int
    state: str
    quality: str
    owner_id: int
    blocked: int


class Move(NamedTuple):
    """One quantity that goes from one balance to another."""

    product_id: int
    batch_id: int
    source: StockKey | None
    target: StockKey | None
    quantity: int


@dataclass(frozen=True, slots=True)
class Line:
    """A quantity line with its codes resolved to ids; ``owner_id`` None means: not named."""

    product: Product
    batch_id: int
    quantity: int
    owner_id: int = 0
    quality: str | None = None
    state: str | None = None


def to_millionths(quantity: Decimal, *, signed: bool) -> int | Problem:
    """Turn a quantity into whole millionths, or say what is wrong with it."""
    if not quantity.is_finite():
        return Problem("bad_quantity", {"quantity": str(quantity)})
    scaled = quantity * MILLION
    if scaled != scaled.to_integral_value():
        return Problem("bad_quantity", {"quantity": str(quantity)})
    millionths = int(scaled)
    if abs(millionths) > MAX_QUANTITY * MILLION or millionths == 0 or (millionths < 0 and not signed):
        return Problem("bad_quantity", {"quantity": str(quantity)})
    return millionths


def decide_quantity(
    line: Line, setting: Setting, balances: Mapping[StockKey, int], role: str | None = None
) -> list[Move] | Problem:
    """Judge one line against the balances as the lines before it have left them; bin by bin, if it needs several.

    ``role`` replaces the operation's name in the life cycle.
    """
    name = role or setting.operation.name
    if name == "adjust":
        return _adjust(line, setting, balances)
    cycle = setting.cycle(line.product.id)
    state = line.state if name == "receive" else line.state or cycle.drawn_from(name)
    target = cycle.target(name, cycle.birth if state is None else state, setting.choice)
    if not isinstance(target, str):
        return Problem(target.code, {**target.params, "operation": setting.operation.name})
    quality = line.quality or ("pending" if name == "inspect" else "released")
    refusal = _refusal(line, setting, quality)
    if refusal is not None:
        return refusal
    sources: list[tuple[StockKey | None, int]] = [(None, line.quantity)]
    if state is not None:
        wanted = StockKey(line.product.id, line.batch_id, 0, state, quality, line.owner_id, int(name == "release"))
        found = find_balances(wanted, line.quantity, setting, balances)
        if isinstance(found, Problem):
            return found
        sources = list(found)
    moves = [
        Move(line.product.id, line.batch_id, source, _target(line, setting, target, quality, source), amount)
        for source, amount in sources
    ]
    return _outside_areas(moves, setting) or moves


def _refusal(line: Line, setting: Setting, quality: str) -> Problem | None:
    if setting.back_to_supplier or not setting.operation.use:
        return None
    if quality not in USABLE:
        return Problem("not_released", {"quality": quality})
    return expired(line.batch_id, setting)


def find_balances(
    wanted: StockKey, quantity: int, setting: Setting, balances: Mapping[StockKey, int]
) -> list[tuple[StockKey, int]] | Problem:
    """Find what to draw from: at the place named (any bins inside it), or at the only place that has enough."""
    candidates = _candidates(wanted, setting, balances)
    at: dict[int, int] = {}
    for key, left in candidates.items():
        at[key.place_id] = at.get(key.place_id, 0) + left
    enough = sorted(place_id for place_id, left in at.items() if left >= quantity)
    inside = setting.from_ids is not None
    if sum(at.values()) < quantity or not (enough or inside):
        return Problem("not_enough", {"left": decimal_text(sum(at.values())), "wanted": decimal_text(quantity)})
    if len(enough) > 1 and not inside:
        return Problem("wrong_place", {"place_ids": enough})
    # What one place has, is taken from that one; only else from several. Goods that are free go first.
    chosen = [key for key in candidates if not enough or key.place_id == enough[0]]
    drawn: list[tuple[StockKey, int]] = []
    for key in sorted(chosen, key=lambda key: (key.blocked, key)):
        amount = min(candidates[key], quantity - sum(amount for _, amount in drawn))
        if amount:
            drawn.append((key, amount))
    return drawn


def _candidates(wanted: StockKey, setting: Setting, balances: Mapping[StockKey, int]) -> dict[StockKey, int]:
    operation = setting.operation
    moves_away = (
        operation.place in {PlaceRule.NEEDED, PlaceRule.CLEARED}
        or operation.use
        or operation.holder is not HolderRule.KEPT
    )
    if setting.from_ids is not None:
        places = setting.from_ids
    elif setting.place_id and not moves_away:
        places = frozenset({setting.place_id})
    else:
        places = None
    blockeds = (0, 1) if setting.back_to_supplier or not _blocked_matters(setting) else (wanted.blocked,)
    return {
        key: left
        for key, left in balances.items()
        if left > 0
        and key[:2] == wanted[:2]
        and key[3:6] == wanted[3:6]
        and key.blocked in blockeds
        and (places is None or key.place_id in places)
        and (setting.areas is None or key.place_id == 0 or key.place_id in setting.areas)
    }


def take_out(line: Line, setting: Setting, balances: Mapping[StockKey, int], role: str) -> list[Move] | Problem:
    """Take a quantity out of what is built in: sound goods of ours before others."""
    target = setting.cycle(line.product.id).target(role, BUILT_IN, setting.choice)
    if not isinstance(target, str):
        return Problem(target.code, {**target.params, "operation": setting.operation.name})
    inside = [
        key
        for key, left in balances.items()
        if left > 0 and key[:2] == (line.product.id, line.batch_id) and key.state == BUILT_IN
    ]
    moves: list[Move] = []
    missing = line.quantity
    for key in sorted(inside, key=lambda key: (key.quality != "released", key.owner_id != line.owner_id, key)):
        amount = min(balances[key], missing)
        missing -= amount
        if amount:
            moves.append(Move(*key[:2], key, _target(line, setting, target, key.quality, key), amount))
    if missing:
        left = decimal_text(line.quantity - missing)
        return Problem("not_enough", {"left": left, "wanted": decimal_text(line.quantity)})
    return moves


def _outside_areas(moves: Sequence[Move], setting: Setting) -> Problem | None:
    """Refuse a quantity that comes from, or goes to, a place where the actor may not do this."""
    if setting.areas is None:
        return None
    for move in moves:
        places = {side.place_id for side in (move.source, move.target) if side is not None} - {0}
        if not places or not places <= setting.areas:
            right = f"operation.{setting.operation.name}"
            return Problem("no_right", {"right": right, "place_id": min(places - setting.areas, default=0)})
    return None


def _blocked_matters(setting: Setting) -> bool:
    """Tell whether held goods and free goods are different things to this operation."""
    return (
        setting.operation.use or bool(setting.operation.blocked_into) or setting.operation.name in {"hold", "release"}
    )


def _target(line: Line, setting: Setting, state: str, quality: str, source: StockKey | None) -> StockKey:
    operation = setting.operation
    place_id = setting.place_id or (source.place_id if source else 0)
    if operation.place is PlaceRule.CLEARED or state in operation.clears_into:
        place_id = 0
    if operation.name == "inspect":
        quality = str(setting.data["quality"])
    elif operation.name in line.product.inspect_on:
        quality = "pending"
    blocked = source.blocked if source else 0
    if operation.name in {"hold", "release"}:
        blocked = int(operation.name == "hold")
    owner_id = line.owner_id if setting.owner_id is None else setting.owner_id
    return StockKey(line.product.id, line.batch_id, place_id, state, quality, owner_id, blocked)


def _adjust(line: Line, setting: Setting, balances: Mapping[StockKey, int]) -> list[Move] | Problem:
    """Put the books right: a positive quantity was found, a negative one is missing."""
    state = line.state or "in_stock"
    key = StockKey(
        line.product.id, line.batch_id, setting.place_id, state, line.quality or "released", line.owner_id, 0
    )
    if line.quantity > 0:
        if not key.place_id:
            return Problem("place_needed")
        moves = [Move(line.product.id, line.batch_id, None, key, line.quantity)]
    else:
        found = find_balances(key, -line.quantity, setting, balances)
        if isinstance(found, Problem):
            return found
        moves = [Move(line.product.id, line.batch_id, source, None, amount) for source, amount in found]
    return _outside_areas(moves, setting) or moves


def decimal_text(millionths: int) -> str:
    """Write a quantity as people do."""
    return format(Decimal(millionths) / MILLION, "f")
