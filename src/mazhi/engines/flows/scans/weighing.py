"""What is wrong with pieces by themselves: their marks, state and place, and what the operation would refuse."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mazhi.engines.flows.scans import store
from mazhi.engines.flows.scans.model import Posting, Reason, Rules, about, mark_faults
from mazhi.kernel import clock
from mazhi.kernel.batches import store as batches
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.life_cycles.model import LifeCycle
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.posting.explaining import explain
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.model import Change, Facts, Setting, decide
from mazhi.kernel.products import store as products
from mazhi.kernel.reservations import store as reservations
from mazhi.kernel.reservations.reach import takes
from mazhi.kernel.scanning.pieces import Piece

SIMPLE = frozenset({"pack", "unpack", "assemble", "disassemble", "install", "remove", "swap", "exchange", "relabel"})
"""Operations on which the life cycle of the piece alone does not decide; they refuse when they are posted."""


def weigh(tx: Tx, rules: Rules, pieces: Sequence[Piece], cycles: LifeCycles) -> dict[int, list[Reason]]:
    """Return what is wrong with each of some items, by number; a few statements however many they are."""
    single = [one for one in pieces if one.facts is not None]
    known = cycles.load(tx) if single and (rules.operation is not None or rules.states) else {}
    refused = _refused(tx, rules.operation, single, known) if rules.operation is not None else {}
    near = {place: store.is_inside(tx, rules.place_id, place) for place in _places(single)} if rules.place_id else {}
    kept = _reserved(tx, rules.operation, single, known) if rules.operation is not None else {}
    found: dict[int, list[Reason]] = {}
    for one in single:
        reasons = mark_faults(one) + _state_faults(one, rules, known)
        if not near.get(one.place_id, True):
            params: dict[str, object] = {"item": one.code, "place": one.place, "wanted": rules.place}
            reasons.append(Reason("wrong_place", Problem("scan_wrong_place" if one.place else "scan_no_place", params)))
        if one.item_id in kept:
            whose: dict[str, object] = {**about(one, rules.title), "owner": kept[one.item_id]}
            reasons.append(Reason("", Problem("task_scan_of_another", whose)))
        if one.item_id in refused:
            reasons.append(Reason("", refused[one.item_id]))
        if reasons:
            found[one.item_id] = reasons
    return found


def _reserved(tx: Tx, posting: Posting, pieces: Sequence[Piece], cycles: Mapping[str, LifeCycle]) -> dict[int, str]:
    """Return which pieces are reserved for other documents, so that posting would not let them go."""
    if posting.kind in SIMPLE or not pieces:
        return {}
    held = reservations.of_pieces(tx, [one.item_id for one in pieces], clock.now())
    others = {item: document for item, (_, document, _) in held.items() if document != posting.document}
    if not others:
        return {}
    setting = _setting(tx, posting, pieces, cycles)
    return {one.item_id: others[one.item_id] for one in pieces if one.item_id in others and _takes(one, setting)}


def _takes(piece: Piece, setting: Setting) -> bool:
    """Tell whether the operation would take a piece from whom it is reserved for."""
    if piece.facts is None:
        return False
    answer = decide(piece.facts, setting)
    cycle = setting.cycle(piece.product_id)
    return isinstance(answer, Change) and takes(setting.operation, cycle, piece.facts, answer.after)


def _places(pieces: Sequence[Piece]) -> set[int]:
    return {one.place_id for one in pieces}


def _state_faults(piece: Piece, rules: Rules, cycles: Mapping[str, LifeCycle]) -> list[Reason]:
    if not rules.states or piece.state in rules.states:
        return []
    names = {state.code: (state.zh, state.en) for cycle in cycles.values() for state in cycle.states}
    params: dict[str, object] = {"item": piece.code, "state": piece.state}
    for place, language in enumerate(("zh", "en")):
        params[f"state_{language}"] = names.get(piece.state, (piece.state,) * 2)[place]
        params[f"wanted_{language}"] = "、".join(names.get(one, (one,) * 2)[place] for one in rules.states)
    return [Reason("wrong_state", Problem("scan_wrong_state", params))]


def _setting(tx: Tx, posting: Posting, judged: Sequence[Piece], cycles: Mapping[str, LifeCycle]) -> Setting:
    """Return the situation in which the operation would be posted now."""
    operation = operation_kinds[posting.kind]
    now = clock.now()
    of_batches = {one.batch_id for one in judged} - {0}
    return Setting(
        operation=operation,
        event_id=0,
        occurred_at=now,
        occurred_on=clock.to_datetime(now, clock.DEFAULT_ZONE).date(),
        data=posting.data,
        place_id=posting.place_id,
        from_ids=frozenset(_within(tx, posting.from_id, judged)) if posting.from_id else None,
        partner_id=posting.partner_id,
        partner_kind=posting.partner_kind,
        products=products.by_ids(tx, {one.product_id for one in judged} - {0}),
        cycles=cycles,
        batches=batches.by_ids(tx, of_batches) if of_batches and operation.use else {},
    )


def _refused(tx: Tx, posting: Posting, pieces: Sequence[Piece], cycles: Mapping[str, LifeCycle]) -> dict[int, Problem]:
    """Ask the operation that is posted in the end what it would refuse as things are now."""
    judged = [one for one in pieces if one.kind == "item"]
    if posting.kind in SIMPLE or not judged:
        return {}
    setting = _setting(tx, posting, judged, cycles)
    answers: dict[Facts, Problem | None] = {}
    problems: list[tuple[int, Problem]] = []
    for one in judged:
        facts = one.facts
        if facts is None:
            continue
        if facts not in answers:
            answer = decide(facts, setting)
            answers[facts] = answer if isinstance(answer, Problem) else None
        problem = answers[facts]
        if problem is not None:
            problems.append((one.item_id, replace(problem, params={**problem.params, "item": one.code}, item=one.code)))
    told = explain(tx, [problem for _, problem in problems], cycles) if problems else []
    return {item: problem for (item, _), problem in zip(problems, told, strict=True)}


def _within(tx: Tx, outer: int, pieces: Sequence[Piece]) -> set[int]:
    return {place for place in _places(pieces) if store.is_inside(tx, outer, place)} | {outer}
