"""Counting the pieces of a scope by where they are, which state they are in, and who has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.items import store as items
from mazhi.kernel.partners import store as partners
from mazhi.kernel.partners.model import Partner
from mazhi.kernel.places import store as places
from mazhi.kernel.places.model import Place
from mazhi.kernel.recalls.model import HANDLED, share
from mazhi.kernel.stock.service import as_number

MOST_PARTNERS = 1000


@dataclass(slots=True)
class Tally:
    """Pieces counted under one heading."""

    total: int = 0
    handled: int = 0
    held: int = 0
    notified: int = 0
    holders: set[int] = field(default_factory=set)

    def add(self, group: Any) -> None:
        """Count a group in."""
        self.total += group.pieces
        self.held += getattr(group, "held", 0)
        self.notified += getattr(group, "notified", 0)
        if getattr(group, "status", "open") in HANDLED:
            self.handled += group.pieces
        if group.holder_id:
            self.holders.add(group.holder_id)

    def told(self) -> dict[str, Any]:
        """Say what was counted."""
        return {
            "total": self.total,
            "handled": self.handled,
            "open": self.total - self.handled,
            "held": self.held,
            "notified": self.notified,
            "percent": share(self.handled, self.total),
        }


def tally(groups: Iterable[Any], key: Callable[[Any], Any]) -> dict[Any, Tally]:
    """Count groups by a key."""
    found: dict[Any, Tally] = {}
    for group in groups:
        found.setdefault(key(group), Tally()).add(group)
    return found


def breakdown(tx: Tx, groups: Sequence[Any]) -> dict[str, Any]:
    """Count the units among the groups by state, place, both, product, partner and province."""
    units = [group for group in groups if group.role == "unit"]
    held_by = [group for group in units if group.holder_id]
    names = {row.id: (row.code, row.name) for row in _places(tx, units)}
    holders = partners.by_ids(tx, {group.holder_id for group in held_by})
    products = items.codes_of(tx, "product", {group.product_id for group in units})
    by_partner = _largest(held_by, lambda group: group.holder_id)
    return {
        "by_state": [{"state": state, **one.told()} for state, one in _largest(units, lambda group: group.state)],
        "by_place": [{**_place(names, at), **one.told()} for at, one in _largest(units, lambda group: group.place_id)],
        "by_where": [
            {**_place(names, at), "state": state, **one.told(), **_spread(one, holders)}
            for (at, state), one in _largest(units, lambda group: (group.place_id, group.state))
        ],
        "by_product": [
            {"product": products.get(product_id), **one.told()}
            for product_id, one in _largest(units, lambda group: group.product_id)
        ],
        "by_partner": [
            {**_partner(holders.get(holder_id)), **one.told()} for holder_id, one in by_partner[:MOST_PARTNERS]
        ],
        "partners": len(by_partner),
        "by_region": [
            {"region": region, **one.told()}
            for region, one in _largest(held_by, lambda group: province(holders.get(group.holder_id)))
        ],
    }


def _places(tx: Tx, units: Iterable[Any]) -> Iterable[Place]:
    return places.by_ids(tx, {group.place_id for group in units} - {0}).values()


def _largest(groups: Iterable[Any], key: Callable[[Any], Any]) -> list[tuple[Any, Tally]]:
    return sorted(tally(groups, key).items(), key=lambda pair: (-pair[1].total, str(pair[0])))


def _place(names: Mapping[int, tuple[str, str]], place_id: int) -> dict[str, Any]:
    code, name = names.get(place_id, (None, None))
    return {"place": code, "place_name": name}


def _partner(found: Partner | None) -> dict[str, Any]:
    if found is None:
        return {"partner": None, "name": None, "kind": None, "region": None, "phone": None}
    return {
        "partner": found.code, "name": found.name, "kind": found.kind, "region": found.region, "phone": found.phone,
    }  # fmt: skip


def _spread(one: Tally, holders: Mapping[int, Partner]) -> dict[str, int]:
    """Say among how many partners and provinces the pieces are."""
    regions = {province(holders.get(holder_id)) for holder_id in one.holders} - {None}
    return {"partners": len(one.holders), "regions": len(regions)}


def province(found: Partner | None) -> str | None:
    """Return the code of the province that a partner is in."""
    return None if found is None or not found.region else f"{found.region[:2]}0000"


def quantities(tx: Tx, rows: Sequence[Any]) -> list[dict[str, Any]]:
    """Tell the quantities of batch goods in a scope."""
    products = items.codes_of(tx, "product", {row.product_id for row in rows})
    batches = items.codes_of(tx, "batch", {row.batch_id for row in rows})
    at = items.codes_of(tx, "place", {row.place_id for row in rows})
    owners = items.codes_of(tx, "partner", {row.owner_id for row in rows})
    return [
        {
            "product": products.get(row.product_id),
            "batch": batches.get(row.batch_id),
            "place": at.get(row.place_id),
            "state": row.state,
            "quality": row.quality,
            "owner": owners.get(row.owner_id),
            "blocked": bool(row.blocked) or getattr(row, "held", None) is not None,
            "quantity": as_number(int(row.quantity)),
        }
        for row in rows
    ]
