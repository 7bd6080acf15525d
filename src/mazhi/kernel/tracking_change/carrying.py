"""Carrying stock over: what is written when a product's tracking changes, so that the ledger tells it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.batches import store as batches
from mazhi.kernel.batches.model import Batch, check_batch
from mazhi.kernel.db import Tx
from mazhi.kernel.items.store import codes_of
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.making.birth import Births, bear
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.posting.model import NEW, Facts
from mazhi.kernel.posting.quantities import Move
from mazhi.kernel.posting.writing import Stamp, append
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product, check_product
from mazhi.kernel.reservations.taking import settle
from mazhi.kernel.tracking_change.model import Line, Wish


def into_batches(tx: Tx, actor: Actor, product: Product, wish: Wish, lines: Sequence[Line], event_id: int) -> None:
    """Move every balance without a batch into an opening batch, wherever it is, in one adjustment."""
    of_place = _opening(tx, actor, product, wish, {line.key.place_id for line in lines})
    moves: list[Move] = []
    along: list[Move] = []
    for line in lines:
        target = line.key._replace(batch_id=of_place[line.key.place_id])
        along.append(Move(product.id, 0, line.key, target, line.quantity))
        moves.append(Move(product.id, 0, line.key, None, line.quantity))
        moves.append(Move(product.id, target.batch_id, None, target, line.quantity))
    written = stamp(actor, "adjust", event_id, product, wish)
    append(tx, written, (), moves)
    settle(tx, written, (), along, LifeCycles.read(tx))


def into_pieces(
    tx: Tx,
    actor: Actor,
    product: Product,
    wish: Wish,
    lines: Mapping[Line, Sequence[str]],
    event_ids: range,
    item_ids: range,
) -> None:
    """Take every balance out of the books, and let as many pieces be born where it was and as it was.

    Raises:
        ConflictError: Some codes are taken (``already_exists``, a problem for each).
    """
    moves = [Move(product.id, line.key.batch_id, line.key, None, line.quantity) for line in lines]
    written = stamp(actor, "adjust", event_ids[0], product, wish)
    append(tx, written, (), moves)
    settle(tx, written, (), moves, LifeCycles.read(tx))
    codes: list[str] = []
    facts: list[Facts] = []
    for line, chosen in lines.items():
        codes += chosen
        facts += [_born(line)] * len(chosen)
    bear(tx, stamp(actor, "commission", event_ids[1], product, wish), Births(item_ids, codes, facts))


def _born(line: Line) -> Facts:
    key = line.key
    return NEW._replace(
        product_id=key.product_id, batch_id=key.batch_id, state=key.state, quality=key.quality,
        owner_id=key.owner_id, place_id=key.place_id,
    )  # fmt: skip


def change_product(tx: Tx, actor: Actor, product: Product, wish: Wish, *, with_batches: bool) -> None:
    """Write the new tracking; pieces that came out of batches keep them."""
    new = replace(product, tracking=wish.to, batch_managed=wish.to == "serial" and with_batches)
    checks = Checks()
    check_product(new, checks)
    checks.done()
    master_data.update(tx, products.product, product.id, products.values(new))
    master_data.mark_used(tx, products.product, [product])
    audit.record(
        tx, actor, subject="product", key=product.code, action="change_tracking", before=product.facts(),
        after={**new.facts(), "reason": wish.reason},
    )  # fmt: skip


def stamp(actor: Actor, operation: str, event_id: int, product: Product, wish: Wish) -> Stamp:
    """Return what the rows of one event of the change have in common."""
    now = clock.now()
    about = {"data": {"reason": wish.reason, "tracking": [product.tracking, wish.to]}}
    data = json.dumps(about, ensure_ascii=False, separators=(",", ":"))
    return Stamp(event_id, operation, now, now, actor.name, actor.device, "", "", data)


def _opening(tx: Tx, actor: Actor, product: Product, wish: Wish, place_ids: set[int]) -> dict[int, int]:
    """Return the opening batch of each place, by place id; those that are missing are made."""
    codes = dict(_codes(tx, wish, place_ids))
    known = batches.by_codes(tx, {(product.id, code) for code in codes.values()})
    for code in sorted(set(codes.values()) - {code for _, code in known}):
        batch = Batch(product_id=product.id, code=code)
        checks = Checks()
        check_batch(batch, checks)
        checks.done()
        found = master_data.insert(tx, batches.batch, batches.values(batch))
        assert found is not None  # noqa: S101 - the product is locked, and the code was not there
        known[product.id, code] = replace(batch, id=found)
        key = f"{product.code}/{code}"
        audit.record(
            tx, actor, subject="batch", key=key, action="create", after={"code": code, "product": product.code}
        )
    master_data.mark_used(tx, batches.batch, known.values())
    return {place_id: known[product.id, code].id for place_id, code in codes.items()}


def _codes(tx: Tx, wish: Wish, place_ids: set[int]) -> Iterator[tuple[int, str]]:
    names = codes_of(tx, "place", place_ids)
    for place_id in place_ids:
        name = names.get(place_id)
        yield place_id, f"{wish.batch}-{name}" if wish.per_place and name else str(wish.batch)
