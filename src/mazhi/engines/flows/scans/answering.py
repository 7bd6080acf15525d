"""Answering one scan, and taking one back: the step is locked, and everything is counted in one small transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from mazhi.engines.flows.scans import store
from mazhi.engines.flows.scans.model import (
    MOST_LINES,
    Answer,
    Match,
    Reason,
    Rules,
    Want,
    about,
    amount,
    divide,
    match,
    shape_fault,
    verdict,
)
from mazhi.kernel import clock
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem, TooLargeError
from mazhi.kernel.items.store import codes_of
from mazhi.kernel.scanning.pieces import MILLION, Found, Piece

_MARKS = frozenset({"recalled", "held"})


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan, as far as it was understood before the step was locked.

    Attributes:
        raw: The text.
        found: What it was found to be.
        inside: Of a package that stands for its content: what is in it.
        reasons: What is wrong with the pieces by themselves, by item.
        by: Who scanned.
        manual: Whether it was typed.
        key: The client's key.
    """

    raw: str
    found: Found
    inside: Sequence[Piece] = ()
    reasons: Mapping[int, Sequence[Reason]] = field(default_factory=dict)
    by: str = ""
    manual: bool = False
    key: str = ""

    @property
    def items(self) -> list[int]:
        """The items and packages that it is about, and what is in them."""
        pieces = [*self.inside] if self.found.piece is None else [self.found.piece, *self.inside]
        return [one.item_id for one in pieces if one.item_id]


Taken = Mapping[int, tuple[int, str]]
"""Which items are right already: their lines, and by whom."""


@dataclass(frozen=True, slots=True)
class Took:
    """What a scan into a step has come to.

    Attributes:
        seq: The number of its line.
        matched: How much of what should come is there now.
    """

    seq: int
    matched: int


@dataclass(slots=True)
class _Line:
    answer: Answer
    piece: Piece | None = None
    problem: Problem | None = None
    policy: str = ""
    match: Match = field(default_factory=Match)
    inside: bool = False


class _Standing:
    """What the pieces of one scan may go to, as it is while they are taken one after another."""

    def __init__(self, tx: Tx, step_id: int, rules: Rules, pieces: Sequence[Piece]) -> None:
        items = {one.item_id for one in pieces if one.item_id}
        products = {one.product_id for one in pieces}
        self.wants = [] if rules.free else store.wants_for(tx, step_id, items, products)
        self.exact = {one.item_id: one for one in self.wants if one.item_id}
        self.of_product: dict[int, list[Want]] = {}
        for one in self.wants:
            if not one.item_id:
                self.of_product.setdefault(one.product_id, []).append(one)
        other = {one.product_id for one in pieces if one.product_id and one.item_id not in self.exact}
        lost = set() if rules.free else other - self.of_product.keys()
        self.listed = store.expected_products(tx, step_id, lost) if lost else set()
        self.by_line = {one.line: one for one in self.wants}
        self.gained: dict[int, int] = {}
        self.matched = 0

    def match(self, piece: Piece, rules: Rules) -> Match:
        """Find where a piece goes."""
        exact = self.exact.get(piece.item_id) if piece.item_id else None
        wants = [exact] if exact is not None else self.of_product.get(piece.product_id, [])
        return match(piece, wants, rules, listed=piece.product_id in self.listed)

    def take(self, found: Match) -> None:
        """Count a piece on its lines."""
        for line, quantity in found.shares:
            want = self.by_line[line]
            before = want.matched
            want.done += quantity
            self.matched += want.matched - before
            self.gained[line] = self.gained.get(line, 0) + quantity


def take(tx: Tx, row: Any, rules: Rules, scan: Scan, taken: Taken) -> Took:
    """Answer a scan into a locked step, write it down, and return what it has come to.

    ``taken`` says which of its items are right already.

    Raises:
        TooLargeError: The step has as many lines as a step may have (code ``scan_list_full``).
    """
    piece = scan.found.piece
    if piece is None:
        problem = scan.found.problem or Problem("unknown_item", {"item": scan.raw[:80]})
        lines, standing = [_Line("wrong", None, problem, "unknown")], None
    else:
        standing = _Standing(tx, row.step_id, rules, [piece, *scan.inside])
        exact = standing.exact.get(piece.item_id) if piece.kind == "package" else None
        if piece.kind == "package" and rules.boxes == "explode" and exact is None:
            lines = _box(tx, row, rules, scan, piece, standing, taken)
        else:
            lines = [_single(tx, row, rules, scan, piece, standing, taken)]
    return _write(tx, row, scan, lines, standing)


def _single(tx: Tx, row: Any, rules: Rules, scan: Scan, piece: Piece, standing: _Standing, taken: Taken) -> _Line:
    problem = shape_fault(piece, rules)
    if problem is not None:
        return _Line("wrong", piece, problem)
    if piece.item_id in taken:
        params: dict[str, object] = {"item": piece.code, "by": taken[piece.item_id][1]}
        return _Line("duplicate", piece, Problem("task_scan_again", params), "duplicate")
    found = standing.match(piece, rules)
    good, told, policy = _judge(tx, row, rules, piece, found, scan, standing)
    if not good:
        return _Line("wrong", piece, told, policy)
    standing.take(found)
    return _Line("right", piece, told, policy, found)


def _judge(
    tx: Tx, row: Any, rules: Rules, piece: Piece, found: Match, scan: Scan, standing: _Standing
) -> tuple[bool, Problem | None, str]:
    """Say whether a piece is taken, what is told, and by which policy: marks, what it is, where it is."""
    own = scan.reasons.get(piece.item_id, ()) if piece.item_id else ()
    reasons, fault = [one for one in own if one.policy in _MARKS], None
    if found.fault:
        policy = "extra" if found.fault == "not_listed" else found.fault
        fault = Reason(policy, Problem(found.fault))
        reasons.append(fault)
    reasons += [one for one in own if one.policy not in _MARKS]
    good, told = verdict(reasons, rules)
    policy = next((one.policy for one in reasons if one.problem is told), "")
    if told is not None and fault is not None and told is fault.problem:
        told = _explained(tx, row, piece, found, standing)
    return good, told, policy


def _explained(tx: Tx, row: Any, piece: Piece, found: Match, standing: _Standing) -> Problem:
    """Say of a piece that does not belong here what it is, whose it is and where it is to go."""
    params = about(piece, str(json.loads(row.rules).get("title", "")))
    owner = store.owners(tx, row.step_id, [piece.item_id]).get(piece.item_id) if piece.item_id else None
    if owner is not None:
        return Problem("task_scan_of_another", {**params, "owner": owner})
    lines = standing.of_product.get(piece.product_id, [])
    if found.fault == "wrong_batch":
        codes = codes_of(tx, "batch", {piece.batch_id, *(one.batch_id for one in lines)})
        wanted = "、".join(codes[one.batch_id] for one in lines if one.batch_id in codes and one.room)
        params |= {"batch": codes.get(piece.batch_id, "—"), "wanted": wanted or "—"}
    if found.fault == "extra":
        params |= {
            "expected": amount(sum(one.expected for one in lines)), "done": amount(sum(one.done for one in lines)),
            "room": amount(sum(one.room for one in lines)), "quantity": amount(piece.quantity),
        }  # fmt: skip
    return Problem(f"task_scan_{found.fault}", params)


def _box(tx: Tx, row: Any, rules: Rules, scan: Scan, box: Piece, standing: _Standing, taken: Taken) -> list[_Line]:
    """Count what is in a box: all that is not there already, or nothing if something in it does not belong."""
    count = len(scan.inside)
    if not scan.inside:
        return [_Line("wrong", box, Problem("scan_empty_box", {"item": box.code}))]
    new = [one for one in scan.inside if one.item_id not in taken]
    if not new:
        problem = Problem("scan_box_again", {"item": box.code, "count": count})
        return [_Line("duplicate", box, problem, "duplicate")]
    lines: list[_Line] = []
    bad: list[tuple[Piece, Problem, str]] = []
    for one in new:
        found = standing.match(one, rules)
        good, told, policy = _judge(tx, row, rules, one, found, scan, standing)
        if not good and told is not None:
            bad.append((one, told, policy))
            continue
        standing.take(found)
        lines.append(_Line("right", one, told, policy, found, inside=True))
    if bad:
        first, why, policy = bad[0]
        params: dict[str, object] = {
            "item": box.code,
            "count": count,
            "wrong": len(bad),
            "first": first.code,
            "why": why.code,
        }
        standing.gained, standing.matched = {}, 0
        return [_Line("wrong", box, Problem("scan_box_wrong", params), policy)]
    again = count - len(new)
    partly = Problem("scan_box_partly", {"item": box.code, "count": len(new), "again": again}) if again else None
    return [_Line("box", replace(box, quantity=len(new) * MILLION), partly), *lines]


def _write(tx: Tx, row: Any, scan: Scan, lines: Sequence[_Line], standing: _Standing | None) -> Took:
    if row.last + len(lines) > MOST_LINES:
        raise TooLargeError("scan_list_full", limit=MOST_LINES)
    first, at = row.last + 1, clock.now()
    right = [one for one in lines if one.answer == "right"]
    gained = sum(one.piece.quantity for one in right if one.piece is not None)
    done = row.done + gained
    store.write(tx, [_row(row.step_id, first + place, first, one, scan, done, at) for place, one in enumerate(lines)])
    if standing is not None and standing.gained:
        store.add_done(tx, row.step_id, standing.gained)
    changes = {
        "last": len(lines), "good": len(right), "done": gained, "matched": standing.matched if standing else 0,
        "wrong": sum(one.answer == "wrong" for one in lines),
        "duplicates": sum(one.answer == "duplicate" for one in lines),
    }  # fmt: skip
    store.note(tx, row.step_id, changes, at)
    return Took(first, row.matched + changes["matched"])


def _row(step_id: int, seq: int, first: int, one: _Line, scan: Scan, done: int, at: int) -> tuple[Any, ...]:
    piece, problem = one.piece, one.problem
    params: dict[str, Any] = {}
    if problem is not None:
        params = {name: value if isinstance(value, int | float) else str(value)
                  for name, value in problem.params.items()}  # fmt: skip
    if scan.found.meant:
        params["meant"] = list(scan.found.meant)
    said = "right" if one.answer == "box" else one.answer
    return (
        step_id, seq, one.answer, said, piece.code if one.inside and piece else scan.raw,
        problem.code if problem else "", json.dumps(params, ensure_ascii=False) if params else "", one.policy,
        piece.item_id if piece else 0, piece.product_id if piece else 0, piece.batch_id if piece else 0,
        piece.quantity if piece else 0, one.match.exact, first if one.inside else 0, scan.manual,
        "" if one.inside else scan.key, done, at, scan.by,
    )  # fmt: skip


def take_back(tx: Tx, row: Any, seq: int) -> list[Any]:
    """Take a line of a locked step back, of a box with what came out of it; return what they were."""
    gone = store.undo(tx, row.step_id, seq)
    right = [one for one in gone if one.answer == "right"]
    changes = {
        "done": -sum(int(one.quantity) for one in right), "good": -len(right),
        "wrong": -sum(one.answer == "wrong" for one in gone),
        "duplicates": -sum(one.answer == "duplicate" for one in gone),
        "matched": _divide_anew(tx, row.step_id, right) if right else 0,
    }  # fmt: skip
    store.note(tx, row.step_id, changes, clock.now())
    return gone


def _divide_anew(tx: Tx, step_id: int, gone: Sequence[Any]) -> int:
    """Work out anew what lines have whose scans were taken back; return how much more of them is there."""
    items = {one.item_id for one in gone if one.line}
    products = {one.product_id for one in gone}
    wants = store.wants_for(tx, step_id, items, products)
    totals = store.totals(tx, step_id, products)
    done = {one.line: 0 for one in wants if one.item_id}
    for product in products:
        lines = [one for one in wants if not one.item_id and one.product_id == product]
        done |= divide(lines, totals.get(product, {}))
    gained = sum(min(done[one.line], one.expected) - one.matched for one in wants)
    changed = {one.line: done[one.line] for one in wants if done[one.line] != one.done}
    if changed:
        store.set_done(tx, step_id, changed)
    return gained
