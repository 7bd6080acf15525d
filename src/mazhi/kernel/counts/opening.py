"""Opening count sessions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counts import freezing_store, planning, store
from mazhi.kernel.counts.model import (
    MANAGE,
    MOST_PLACES,
    MOST_PRODUCTS,
    TRACKINGS,
    OpenRequest,
    named,
)
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, NotFoundError
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.places import store as places
from mazhi.kernel.products import store as products


def session_of(tx: Tx, number: str, *, lock: bool = False, states: tuple[str, ...] = ()) -> Any:
    """Return a session.

    Raises:
        NotFoundError: There is none (code ``count_unknown``).
        ConflictError: It is in another state (code ``count_wrong_state``).
    """
    row = store.by_number(tx, number, lock=lock)
    if row is None:
        raise NotFoundError("count_unknown", item=number)
    if states:
        require_state(row, *states)
    return row


def require_state(session: Any, *states: str) -> None:
    """Refuse what goes with other states only.

    Raises:
        ConflictError: The session is in none of these (code ``count_wrong_state``).
    """
    if session.state not in states:
        wanted = named("wanted", *states)
        raise ConflictError("count_wrong_state", item=session.number, **named("state", session.state), **wanted)


def open_session(tx: Tx, actor: Actor, request: OpenRequest) -> str:
    """Open a session in the caller's transaction and return its number.

    Raises:
        ForbiddenError: The actor may not.
        InvalidInputError: The request is wrong; every fault is named.
        ConflictError: Another session counts something of it (``count_overlaps``), or the plan leaves nothing
            (``count_nothing_planned``).
    """
    actor.require(MANAGE)
    checks = Checks()
    roots, wanted = _scope(tx, request, checks)
    checks.done()
    inside = places.inside(tx, roots)
    if len(inside) > MOST_PLACES:
        raise ConflictError("count_too_large", most=MOST_PLACES)
    for right in ("items.view", MANAGE):
        areas = actor.areas(right)
        if areas is not None and not inside <= areas:
            raise ForbiddenError("no_right", right=right)
    freezing_store.lock_opening(tx)
    chosen, wanted = planning.narrow(tx, request, inside, wanted)
    tracking = {*request.tracking}
    scope = {"places": list(request.places), "products": list(request.products), **planning.told(request)}
    session_id, number = store.add(
        tx, title=request.title.strip(), document=request.document, kind=request.kind, blind=request.blind,
        same_counter=request.same_counter, state="open", tracking=",".join(one for one in TRACKINGS if one in tracking),
        scope=json.dumps(scope, ensure_ascii=False), round=1, last=0, expected=0, counted=0, totals="", job="",
        opened_at=clock.now(), opened_by=actor.name, counted_at=0, counted_by="", approved_at=0, approved_by="",
        ended_at=0, ended_by="",
    )  # fmt: skip
    store.add_scope(tx, session_id, chosen, wanted)
    others = store.overlapping(tx, session_id)
    if others:
        raise ConflictError("count_overlaps", item=others[0], others="、".join(others))
    expected = freezing_store.freeze(tx, session_id, request.tracking, few=bool(wanted))
    store.change(tx, session_id, expected=expected)
    after = {**scope, "kind": request.kind, "blind": request.blind, "document": request.document, "expected": expected}
    audit.record(tx, actor, subject="count", key=number, action="open", after=after)
    return number


def _scope(tx: Tx, request: OpenRequest, checks: Checks) -> tuple[list[int], Sequence[int]]:
    checks.text("/title", request.title)
    checks.text("/document", request.document)
    if not request.places or len(request.places) > MOST_PLACES:
        checks.fault("/places", "count_no_places", most=MOST_PLACES)
    if len(request.products) > MOST_PRODUCTS:
        checks.fault("/products", "count_too_many_products", most=MOST_PRODUCTS)
    if not request.tracking or not set(request.tracking) <= set(TRACKINGS):
        checks.fault("/tracking", "not_one_of", value=", ".join(request.tracking), allowed=", ".join(TRACKINGS))
    checks.one_of("/kind", request.kind, ("snapshot", "live"))
    planning.check(checks, request)
    spots = places.by_codes(tx, [*request.places]) if request.places else {}
    goods = products.by_codes(tx, [*request.products]) if request.products else {}
    for number, code in enumerate(request.places):
        if code not in spots:
            checks.fault(f"/places/{number}", "unknown_place", item=code)
    for number, code in enumerate(request.products):
        if code not in goods:
            checks.fault(f"/products/{number}", "unknown_product", item=code)
    return [one.id for one in spots.values()], [one.id for one in goods.values()]
