"""Proposals (拣货建议): which goods to take, what came first or expires first, then in the order of the bins.

A proposal is a proposal: it never counts as scanned.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from mazhi.kernel import clock
from mazhi.kernel.batches import store as batches
from mazhi.kernel.batches.model import Batch
from mazhi.kernel.db import Tx
from mazhi.kernel.items.store import codes_of
from mazhi.kernel.life_cycles.model import LifeCycle
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.partners import store as partners
from mazhi.kernel.places import store as places
from mazhi.kernel.posting import store as posting
from mazhi.kernel.posting.model import MILLION
from mazhi.kernel.posting.quantities import to_millionths
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product
from mazhi.kernel.reservations import store
from mazhi.kernel.reservations.model import MOST_PIECES, Balance, Line

USABLE = ("released", "concession")
_FOREVER = "9999-12-31"


class Taken(NamedTuple):
    """One thing of a proposal: a piece, or a quantity of a balance."""

    line: int
    item_id: int
    code: str
    product_id: int
    batch_id: int
    place_id: int
    state: str
    quality: str
    owner_id: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line with its codes looked up; ``place_ids`` None: anywhere."""

    product: Product
    quantity: int
    batch_id: int
    place_ids: frozenset[int] | None
    owner_id: int
    state: str
    line: Line

    @property
    def in_pieces(self) -> bool:
        """Tell whether the goods are pieces, and not a mere quantity."""
        return self.product.tracking == "serial" and not self.product.capture.outbound_only


def look_up(tx: Tx, lines: Sequence[Line], cycles: Mapping[str, LifeCycle]) -> list[Wanted]:
    """Look the codes of lines up.

    Raises:
        InvalidInputError: Some are wrong; every fault is named.
    """
    checks = Checks()
    known = products.by_codes(tx, {line.product for line in lines}) if lines else {}
    pairs = {(known[line.product].id, line.batch) for line in lines if line.batch and line.product in known}
    found = batches.by_codes(tx, pairs) if pairs else {}
    spots = places.by_codes(tx, {line.place for line in lines if line.place})
    owners = partners.by_codes(tx, {line.owner for line in lines if line.owner})
    wanted: list[Wanted] = []
    for number, line in enumerate(lines):
        at, product = f"/lines/{number}", known.get(line.product)
        if product is None:
            checks.fault(f"{at}/product", "unknown_product", item=line.product)
            continue
        batch = found.get((product.id, line.batch or ""))
        _check(line, product, batch, spots, owners, checks, at)
        quantity = to_millionths(line.quantity, signed=False)
        if isinstance(quantity, int):
            inside = frozenset(places.inside(tx, [spots[line.place].id])) if line.place in spots else None
            owner = owners.get(line.owner or "")
            wanted.append(
                Wanted(
                    product, quantity, batch.id if batch else 0, inside, owner.id if owner else 0,
                    standing(cycles[product.life_cycle]), line,
                )
            )  # fmt: skip
    checks.done()
    return wanted


def _check(
    line: Line, product: Product, batch: Batch | None, spots: Mapping[str, Any], owners: Mapping[str, Any],
    checks: Checks, at: str,
) -> None:  # fmt: skip
    quantity = to_millionths(line.quantity, signed=False)
    if not isinstance(quantity, int):
        checks.fault(f"{at}/quantity", "bad_quantity", quantity=str(line.quantity))
    elif product.tracking == "serial" and (quantity % MILLION or quantity > MOST_PIECES * MILLION):
        checks.fault(f"{at}/quantity", "reserve_whole_pieces", product=product.code, most=MOST_PIECES)
    if line.batch and batch is None:
        checks.fault(f"{at}/batch", "unknown_batch", item=line.batch, product=product.code)
    if line.place and line.place not in spots:
        checks.fault(f"{at}/place", "unknown_place", item=line.place)
    if line.owner and line.owner not in owners:
        checks.fault(f"{at}/owner", "unknown_partner", item=line.owner)


def standing(cycle: LifeCycle) -> str:
    """Return the state from which goods are taken: that of goods in stock."""
    found = (cycle.drawn_from(kind) for kind in ("pick", "issue", "ship", "check_out"))
    return next((state for state in found if state), "in_stock")


def choose(
    tx: Tx, wanted: Sequence[Wanted], areas: frozenset[int] | None, *, now: int, lock: bool = False
) -> list[Taken]:
    """Choose goods for lines, each line leaving to the next what it takes; what is reserved is left out.

    ``lock``: they stay as they are until the transaction ends; pieces that are just being posted are passed over.
    """
    today = clock.to_datetime(now, clock.DEFAULT_ZONE).date().isoformat()
    found: list[Taken] = []
    chosen: set[int] = set()
    for number, one in enumerate(wanted):
        if one.in_pieces:
            rows = _pieces(tx, one, areas, now, today, chosen, lock=lock)
            chosen |= {row.id for row in rows}
            found += [
                Taken(number, row.id, row.code, one.product.id, row.batch_id, row.place_id, row.state, row.quality,
                      row.owner_id, MILLION)
                for row in rows
            ]  # fmt: skip
    return [*found, *_quantities(tx, wanted, areas, now=now, today=today, lock=lock)]


def _pieces(
    tx: Tx, one: Wanted, areas: frozenset[int] | None, now: int, today: str, chosen: Collection[int], *, lock: bool
) -> list[Any]:
    inside = one.place_ids
    if areas is not None:
        inside = areas if inside is None else inside & areas
    return store.pieces(
        tx, product=one.product.id, batch=one.batch_id, places=inside, owner=one.owner_id, state=one.state,
        first_expired=one.line.strategy == "fefo", now=now, today=today, without=chosen,
        limit=one.quantity // MILLION, lock=lock,
    )  # fmt: skip


def _quantities(
    tx: Tx, wanted: Sequence[Wanted], areas: frozenset[int] | None, *, now: int, today: str, lock: bool
) -> list[Taken]:
    ids = {one.product.id for one in wanted if not one.in_pieces}
    if not ids:
        return []
    if lock:
        free = {Balance(*key[:6]): left for key, left in posting.lock_pool(tx, ids).items() if not key.blocked}
    else:
        free = store.balances(tx, ids)
    for row in store.of_products(tx, ids, now):
        kept = store.balance(row)
        free[kept] = free.get(kept, 0) - row.remaining
    about = batches.by_ids(tx, {key[1] for key in free} - {0})
    names = codes_of(tx, "place", {key[2] for key in free})
    found: list[Taken] = []
    for number, one in enumerate(wanted):
        if one.in_pieces:
            continue
        fitting = [key for key, left in free.items() if left > 0 and _fits(key, one, areas, about, today)]
        missing = one.quantity
        for key in sorted(fitting, key=lambda key: _order(key, one, about, names)):
            amount = min(missing, free[key])
            if amount > 0:
                free[key] -= amount
                missing -= amount
                found.append(Taken(number, 0, "", *key, amount))
    return found


def _fits(key: Balance, one: Wanted, areas: frozenset[int] | None, about: Mapping[int, Batch], today: str) -> bool:
    product_id, batch_id, place_id, state, quality, owner_id = key
    expires = about[batch_id].expires_on if batch_id in about else None
    return (
        product_id == one.product.id
        and (not one.batch_id or batch_id == one.batch_id)
        and place_id != 0
        and (one.place_ids is None or place_id in one.place_ids)
        and (areas is None or place_id in areas)
        and state == one.state
        and quality in USABLE
        and owner_id == one.owner_id
        and (expires is None or expires.isoformat() >= today)
    )


def _order(
    key: Balance, one: Wanted, about: Mapping[int, Batch], names: Mapping[int, str]
) -> tuple[str, int, str, Balance]:
    batch = about.get(key[1])
    expires = batch.expires_on.isoformat() if batch and batch.expires_on else _FOREVER
    return (expires if one.line.strategy == "fefo" else "", key[1], names.get(key[2], ""), key)
