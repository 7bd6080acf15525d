"""Planning a count (盘点计划): which of the places and products that were named are counted this time.

* ``only``: the places that the books have goods at (``stocked``), or those that they call empty (``empty``: 空位复核).
* ``abc``: the products by how often they leave: those that make up the first 80 of a hundred times are A, the next 15
  B, the rest, and what never left, C. What leaves often is counted often (循环盘点).
* ``sample``: so many in a hundred of the places, drawn by chance, at least one (抽盘).
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.counts import planning_store
from mazhi.kernel.counts.model import OpenRequest
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.master_data.model import Checks

ONLY = ("", "stocked", "empty")
CLASSES = ("A", "B", "C")
DAYS = 90
MOST_DAYS = 3_660
DAY = 24 * 3_600 * clock.MICROS_PER_SECOND
_UP_TO = ((80, "A"), (95, "B"))
_chance = secrets.SystemRandom()


def check(checks: Checks, request: OpenRequest) -> None:
    """Note what is wrong with a plan."""
    checks.one_of("/only", request.only, ONLY)
    if not 0 <= request.sample <= 100:
        checks.fault("/sample", "count_bad_sample", value=request.sample)
    if not set(request.abc) <= set(CLASSES):
        checks.fault("/abc", "not_one_of", value=", ".join(request.abc), allowed=", ".join(CLASSES))
    if not 1 <= request.days <= MOST_DAYS:
        checks.fault("/days", "count_bad_days", most=MOST_DAYS)


def classes(times: Mapping[int, int], products: Collection[int]) -> dict[int, str]:
    """Put products into classes by how often they left; of equals the older product comes first."""
    ordered = sorted(products, key=lambda one: (-times.get(one, 0), one))
    total, before = sum(times.get(one, 0) for one in ordered), 0
    found: dict[int, str] = {}
    for one in ordered:
        # A product belongs where its own part of the whole begins, so that there is an A wherever anything left.
        moved = times.get(one, 0) > 0
        found[one] = next((name for most, name in _UP_TO if moved and before * 100 < most * total), "C")
        before += times.get(one, 0)
    return found


def narrow(
    tx: Tx, request: OpenRequest, places: Collection[int], products: Sequence[int]
) -> tuple[Collection[int], Sequence[int]]:
    """Return which of the places and products are counted.

    Raises:
        ConflictError: Nothing is left of them (code ``count_nothing_planned``).
    """
    if request.abc:
        here = planning_store.products_at(tx, places, products)
        times = planning_store.times_left(tx, here, clock.now() - request.days * DAY)
        products = [one for one, name in classes(times, here).items() if name in request.abc]
        if not products:
            raise ConflictError("count_nothing_planned")
    if request.only or request.sample:
        stocked = planning_store.stocked(tx, places, products)
        places = {*places} - stocked - planning_store.around(tx, places) if request.only == "empty" else stocked
    if request.sample and places:
        wanted = -(-len(places) * request.sample // 100)
        places = _chance.sample(sorted(places), wanted)
    if not places:
        raise ConflictError("count_nothing_planned")
    return places, products


def told(request: OpenRequest) -> dict[str, Any]:
    """Write a plan as plain data."""
    return {"only": request.only, "sample": request.sample, "abc": sorted(request.abc), "days": request.days}
