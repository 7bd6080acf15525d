"""Conditions on the pieces of a recall, codes turned into ids."""

from __future__ import annotations

from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.items import store as items
from mazhi.kernel.places import store as places
from mazhi.kernel.recalls.model import HANDLED, STATUSES, Where


def conditions_of(tx: Tx, where: Where) -> dict[str, Any] | None:
    """Turn conditions into what the statements take; None if something named does not exist."""
    found: dict[str, Any] = {"role": where.role, "state": where.state, "statuses": statuses_of(where.status)}
    for name, column in (("product", "product_id"), ("holder", "holder_id")):
        code = getattr(where, name)
        if code is not None:
            ids = items.ids_of_code(tx, name, code)
            if not ids:
                return None
            found[column] = ids[0]
    if where.place is not None:
        ids = items.ids_of_code(tx, "place", where.place)
        if not ids:
            return None
        found["places"] = sorted(places.inside(tx, ids))
    return found


def statuses_of(status: str | None) -> list[str] | None:
    """Spell out a status: ``handled`` and ``unhandled`` stand for several; None for all."""
    if status is None or status == "all":
        return None
    if status == "handled":
        return list(HANDLED)
    if status == "unhandled":
        return [one for one in STATUSES if one not in HANDLED]
    return [status]
