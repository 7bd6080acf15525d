"""From what was found to differences, and from differences to a decision: count again, leave, or adjust."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.counts import judging_store, scan_store, sight, store
from mazhi.kernel.counts.model import (
    ACTIONS,
    APPROVE,
    MANAGE,
    MOST_DECISIONS,
    Decision,
    QuantityLine,
    Unit,
    accuracy,
    judge_quantity,
)
from mazhi.kernel.counts.opening import session_of
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError, InvalidInputError, Problem
from mazhi.kernel.items.store import ids_of_code
from mazhi.kernel.master_data.model import Checks


def finish(tx: Tx, actor: Actor, number: str) -> dict[str, Any]:
    """End the counting, work the differences out and return the totals.

    Raises:
        ConflictError: The session is not being counted (code ``count_wrong_state``).
    """
    actor.require(MANAGE)
    session = session_of(tx, number, lock=True, states=("open",))
    sight.require(tx, actor, session, "manage")
    judging_store.clear(tx, session.id)
    judging_store.add_missing(tx, session.id, session.kind)
    judging_store.add_found(tx, session.id, session.kind)
    lines, differing = _quantities(tx, session)
    judging_store.add_quantities(tx, session.id, differing)
    judging_store.add_unknown(tx, session.id)
    totals = _totals(tx, session.id, lines, len(differing))
    store.change(
        tx, session.id, state="counted", counted_at=clock.now(), counted_by=actor.name,
        totals=json.dumps(totals, ensure_ascii=False),
    )  # fmt: skip
    audit.record(tx, actor, subject="count", key=number, action="finish", after=totals)
    return totals


def _quantities(tx: Tx, session: Any) -> tuple[int, list[tuple[Any, ...]]]:
    """Return how many quantities were compared, and those that differ."""
    rows = judging_store.quantity_lines(tx, session.id)
    differing = []
    for place, product, batch, frozen, now, counted, last, least, most, actor in rows:
        known = None if counted is None else int(counted)
        verdict = judge_quantity(
            session.kind, QuantityLine(int(frozen), int(now), known, int(last), int(least), int(most))
        )
        if verdict is not None:
            differing.append((place, product, batch, *verdict, actor))
    return len(rows), differing


def _totals(tx: Tx, session_id: int, lines: int, differing: int) -> dict[str, Any]:
    """Sum a session up: pieces and quantities, right and differing, and how many in a hundred were right."""
    kinds = judging_store.by_kind(tx, session_id)
    counts = {kind: kinds.get((kind, 0), 0) + kinds.get((kind, 1), 0) for kind in ACTIONS}
    found = judging_store.found_pieces(tx, session_id)
    right = found - counts["wrong_place"] - counts["surplus"] + lines - differing
    wrong = sum(counts[kind] for kind in ("missing", "surplus", "wrong_place", "quantity"))
    return {
        "expected_pieces": judging_store.expected_pieces(tx, session_id), "found_pieces": found,
        "quantity_lines": lines, "right": right, **counts,
        "moved": sum(count for (_, moved), count in kinds.items() if moved), "accuracy": accuracy(right, wrong),
    }  # fmt: skip


def recount(tx: Tx, actor: Actor, number: str, units: Sequence[Unit] | None) -> int:
    """Have some places and products counted again, by default those that differ; return how many.

    Raises:
        InvalidInputError: A place or product is unknown, or not in the session.
        ConflictError: The session is not counted (``count_wrong_state``), or nothing differs (``count_nothing_again``).
    """
    actor.require(MANAGE)
    session = session_of(tx, number, lock=True, states=("counted",))
    sight.require(tx, actor, session, "manage")
    wanted = judging_store.differing_units(tx, session.id) if units is None else _units(tx, session.id, units)
    if not wanted:
        raise ConflictError("count_nothing_again", item=number)
    # What was found in the wrong place may lie in the right one by now, so it is looked for there as well.
    wanted += judging_store.where_they_belong(tx, session.id, wanted)
    judging_store.clear(tx, session.id)
    judging_store.count_again(tx, session.id, session.round + 1, {*wanted})
    store.change(tx, session.id, state="open", totals="", counted_at=0, counted_by="")
    after = {"round": session.round + 1, "units": len(wanted)}
    audit.record(tx, actor, subject="count", key=number, action="recount", after=after)
    return len({*wanted})


def _units(tx: Tx, session_id: int, units: Sequence[Unit]) -> list[tuple[int, int]]:
    checks, found = Checks(), list[tuple[int, int]]()
    for number, unit in enumerate(units):
        place = scan_store.place_in(tx, session_id, unit.place)
        if place is None:
            checks.fault(f"/units/{number}/place", "count_place_outside", item=unit.place)
        product = 0
        if unit.product is not None:
            ids = ids_of_code(tx, "product", unit.product)
            if not ids:
                checks.fault(f"/units/{number}/product", "unknown_product", item=unit.product)
            product = ids[0] if ids else 0
        found.append((place or 0, product))
    checks.done()
    return found


def decide(tx: Tx, actor: Actor, number: str, decisions: Sequence[Decision]) -> int:
    """Note what is to be done about differences instead of the usual; return how many.

    Raises:
        InvalidInputError: A line is unknown, or the action does not go with it; every fault is named.
        ConflictError: The session is not counted, or approved already (code ``count_wrong_state``).
    """
    actor.require(MANAGE)
    session = session_of(tx, number, lock=True, states=("counted",))
    sight.require(tx, actor, session, "manage")
    if len(decisions) > MOST_DECISIONS:
        problem = Problem("count_too_many_decisions", {"most": MOST_DECISIONS}, "/lines")
        raise InvalidInputError("invalid_input", problems=[problem])
    known = judging_store.lines(tx, session.id, {one.line for one in decisions})
    checks, groups = Checks(), dict[tuple[str, str], set[int]]()
    for place, one in enumerate(decisions):
        row = known.get(one.line)
        if row is None:
            checks.fault(f"/lines/{place}/line", "unknown_line", line=one.line)
        elif one.action not in ACTIONS[row.kind]:
            checks.one_of(f"/lines/{place}/action", one.action, ACTIONS[row.kind])
        elif row.moved and one.action != "leave":
            checks.fault(f"/lines/{place}/action", "count_moved_stays", line=one.line)
        else:
            groups.setdefault((one.action, one.reason.strip()[:200]), set()).add(one.line)
    checks.done()
    judging_store.decide(tx, session.id, groups)
    audit.record(tx, actor, subject="count", key=number, action="decide", after={"lines": len(decisions)})
    return len(decisions)


def approve(tx: Tx, actor: Actor, number: str) -> None:
    """Agree to the differences and what is to be done about them.

    Raises:
        ConflictError: The session is not counted (``count_wrong_state``), or they counted some of it themselves
            (``count_own``).
    """
    actor.require(APPROVE)
    session = session_of(tx, number, lock=True, states=("counted",))
    sight.require(tx, actor, session, "approve")
    if not session.same_counter and judging_store.has_counted(tx, session.id, actor.name):
        raise ConflictError("count_own", item=number)
    store.change(tx, session.id, state="approved", approved_at=clock.now(), approved_by=actor.name)
    audit.record(tx, actor, subject="count", key=number, action="approve", after=json.loads(session.totals))


def cancel(tx: Tx, actor: Actor, number: str) -> None:
    """Give a session up; nothing is posted, and what was scanned stays to be read.

    Raises:
        ConflictError: It is posted, or being posted, or cancelled already.
    """
    actor.require(MANAGE)
    row = session_of(tx, number, lock=True, states=("open", "counted", "approved"))
    sight.require(tx, actor, row, "manage")
    store.change(tx, row.id, state="cancelled", ended_at=clock.now(), ended_by=actor.name)
    audit.record(tx, actor, subject="count", key=number, action="cancel", before={"state": row.state})
