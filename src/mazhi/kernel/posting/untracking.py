"""Taking back a change to serial tracking: its two events and the product's tracking together, or nothing of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import cast

from mazhi.kernel.access import audit
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.ledger import store as ledger
from mazhi.kernel.ledger.model import row_data
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.posting import store
from mazhi.kernel.posting.planning import Frame
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Tracking

POINTER = "/data/event"


@dataclass(frozen=True, slots=True)
class Carried:
    """A change to serial tracking: quantities went out of the books in one event, pieces were born in the next."""

    gone: int
    born: int
    product_id: int
    was: Tracking


def carried(tx: Tx, event: int) -> Carried | None:
    """Return the change of tracking that an event is one half of, if it is."""
    tracking = _tracking(tx, event)
    if tracking is None or tracking[1] != "serial":
        return None
    row = ledger.event_by_id(tx, event)
    gone = event if row is not None and row.operation == "adjust" else event - 1
    moves = ledger.moves_of_event(tx, gone)
    if not moves or _tracking(tx, gone) != tracking or _tracking(tx, gone + 1) != tracking:
        return None
    return Carried(gone, gone + 1, moves[0].product_id, cast(Tracking, tracking[0]))


def _tracking(tx: Tx, event: int) -> tuple[str, str] | None:
    row = ledger.event_by_id(tx, event)
    pair = row_data(row.data).get("data", {}).get("tracking") if row is not None and row.data else None
    return (str(pair[0]), str(pair[1])) if isinstance(pair, list) and len(pair) == 2 else None


def stands_against(tx: Tx, frame: Frame, change: Carried, pieces: Collection[int]) -> list[Problem]:
    """Say what stands against taking a change of tracking back; the product is held until the transaction ends."""
    frame.actor.require("products.edit")
    if frame.request.items:
        return [Problem("tracking_whole", {"event": change.born}, POINTER)]
    master_data.lock(tx, products.product, change.product_id)
    product = products.by_ids(tx, [change.product_id])[change.product_id]
    others = store.count_others(tx, change.product_id, pieces)
    if product.tracking != "serial" or others:
        return [Problem("tracking_stays", {"product": product.code, "count": others}, POINTER)]
    return []


def restore(tx: Tx, frame: Frame, change: Carried) -> None:
    """Give the product the tracking back that it had."""
    old = products.by_ids(tx, [change.product_id])[change.product_id]
    new = replace(old, tracking=change.was, batch_managed=False)
    master_data.update(tx, products.product, old.id, products.values(new))
    audit.record(
        tx, frame.actor, subject="product", key=old.code, action="change_tracking", before=old.facts(),
        after={**new.facts(), "reason": str(frame.request.data.get("reason") or "")},
    )  # fmt: skip
