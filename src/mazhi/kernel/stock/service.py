"""Looking at stock: how much of what is where, in which state."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mazhi.kernel.access.model import Actor
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.items import store as items
from mazhi.kernel.places import store as places
from mazhi.kernel.stock import store

MILLION = 1_000_000


class Stock:
    """Reads balances."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def balances(self, actor: Actor, wanted: Mapping[str, str | None]) -> list[dict[str, Any]]:
        """Return every balance that is not zero, narrowed by product, place (with all inside it), state and batch.

        Quantities are numbers with at most six decimals. What an unknown code is asked for is nothing.
        """
        actor.require("items.view")
        with self._db.read() as tx:
            conditions: dict[str, Any] = {"state": wanted.get("state")}
            for name in ("product", "place", "batch"):
                code = wanted.get(name)
                if code is None:
                    continue
                ids = items.ids_of_code(tx, name, code)
                if not ids:
                    return []
                conditions[name] = sorted(places.inside(tx, ids)) if name == "place" else ids
            areas = actor.areas("items.view")
            rows = store.balances(tx, conditions, None if areas is None else sorted(areas))
            return _tell(tx, rows)


def _tell(tx: Tx, rows: Any) -> list[dict[str, Any]]:
    products = items.codes_of(tx, "product", {row.product_id for row in rows})
    batches = items.codes_of(tx, "batch", {row.batch_id for row in rows})
    place_codes = items.codes_of(tx, "place", {row.place_id for row in rows})
    owners = items.codes_of(tx, "partner", {row.owner_id for row in rows})
    return [
        {
            "product": products.get(row.product_id),
            "batch": batches.get(row.batch_id),
            "place": place_codes.get(row.place_id),
            "state": row.state,
            "quality": row.quality,
            "owner": owners.get(row.owner_id),
            "blocked": bool(row.blocked),
            "quantity": as_number(int(row.quantity)),
        }
        for row in rows
    ]


def as_number(millionths: int) -> int | float:
    """Turn millionths into the number that a client reads: whole where it is whole."""
    whole, rest = divmod(millionths, MILLION)
    return whole if rest == 0 else float(Decimal(millionths) / MILLION)
