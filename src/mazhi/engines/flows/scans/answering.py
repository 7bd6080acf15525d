"""Answering scans, and taking one back: the step is locked, and everything is counted in one small transaction."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
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
from mazhi.kernel.errors import ConflictError, Problem, TooLargeError
from mazhi.kernel.items.store import codes_of
from mazhi.kernel.scanning.pieces import MILLION, Found, Piece

_MARKS = frozenset({"recalled", "held"})


@dataclass(frozen=True, slots=True)
class Scan:
    """One scan, as far as it was understood before the step was locked.

    Attributes:
        raw: The text.
        found: What it was found to be.
        by: Who scanned.
        manual: Whether it was typed.
        key: The client's key.
        inside: Of a package that stands for its content: what is in it.
        reasons: What is wrong with the pieces by themselves, by item.
    """

    raw: str
    found: Found
    by: str = ""
    manual: bool = False
    key: str = ""
    inside: Sequence[Piece] = ()
    reasons: Mapping[int, Sequence[Reason]] = field(default_factory=dict)

    @property
    def box(self) -> int:
        """The package that was scanned; 0 for none."""
        piece = self.found.piece
        return piece.item_id if piece is not None and piece.kind == "package" else 0

    @property
    def pieces(self) -> list[Piece]:
        """What it is about, and what is in it."""
        return [*self.inside] if self.found.piece is None else [self.found.piece, *self.inside]


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


class Counting:
    """A locked step while scans are counted into it, one after another; ``write`` puts all of it down at once.

    One scan or those of fifty people at the same moment: the statements are the same few.
    """

    def __init__(self, tx: Tx, row: Any, rules: Rules, scans: Sequence[Scan]) -> None:
        """Read what is known of the pieces of these scans; ``row`` is the locked step."""
        self._tx, self._row, self._rules = tx, row, rules
        pieces = [one for scan in scans for one in scan.pieces]
        keys = {scan.key for scan in scans if scan.key}
        self._made, self._taken = store.known(tx, row.step_id, keys, {one.item_id for one in pieces if one.item_id})
        wants = (
            [] if rules.free else store.wants_for(tx, row.step_id, {(one.product_id, one.item_id) for one in pieces})
        )
        self._by_line = {one.line: one for one in wants}
        self._exact = {one.item_id: one for one in wants if one.item_id}
        self._of_product: dict[int, list[Want]] = {}
        for one in wants:
            if not one.item_id:
                self._of_product.setdefault(one.product_id, []).append(one)
        other = {one.product_id for one in pieces if one.product_id and one.item_id not in self._exact}
        lost = set() if rules.free else other - self._of_product.keys()
        self._listed = store.expected_products(tx, row.step_id, lost) if lost else set()
        self._gained: dict[int, int] = {}
        self._rows: list[tuple[Any, ...]] = []
        self._counts: Counter[str] = Counter()
        self._at = clock.now()

    def take(self, scan: Scan) -> Took:
        """Answer a scan, and return what it has come to; a key that was used is answered as it was.

        Raises:
            ConflictError: The key was used for another scan (code ``client_key_reused``).
            TooLargeError: The step has as many lines as a step may have (code ``scan_list_full``).
        """
        made = self._made.get(scan.key)
        if made is None:
            made = self._append(scan, self._answer(scan))
            if scan.key:
                self._made[scan.key] = made
        elif made[1] != scan.raw:
            raise ConflictError("client_key_reused", client_key=scan.key.removeprefix(f"{scan.by}:"))
        return Took(made[0], self._row.matched + self._counts["matched"])

    def write(self) -> None:
        """Write down everything that was taken."""
        if not self._rows:
            return
        step_id = self._row.step_id
        store.write(self._tx, self._rows)
        gained = {line: quantity for line, quantity in self._gained.items() if quantity}
        if gained:
            store.add_done(self._tx, step_id, gained)
        store.note(self._tx, step_id, self._counts, self._at)

    def _answer(self, scan: Scan) -> list[_Line]:
        piece = scan.found.piece
        if piece is None:
            problem = scan.found.problem or Problem("unknown_item", {"item": scan.raw[:80]})
            return [_Line("wrong", None, problem, "unknown")]
        if piece.kind == "package" and self._rules.boxes == "explode" and piece.item_id not in self._exact:
            return self._box(scan, piece)
        return [self._single(scan, piece)]

    def _single(self, scan: Scan, piece: Piece) -> _Line:
        problem = shape_fault(piece, self._rules)
        if problem is not None:
            return _Line("wrong", piece, problem)
        if piece.item_id in self._taken:
            params: dict[str, object] = {"item": piece.code, "by": self._taken[piece.item_id]}
            return _Line("duplicate", piece, Problem("task_scan_again", params), "duplicate")
        found = self._match(piece)
        good, told, policy = self._judge(piece, found, scan)
        if not good:
            return _Line("wrong", piece, told, policy)
        self._count(found)
        return _Line("right", piece, told, policy, found)

    def _box(self, scan: Scan, box: Piece) -> list[_Line]:
        """Count what is in a box: all that is not there already, or nothing if something in it does not belong."""
        count = len(scan.inside)
        if not scan.inside:
            return [_Line("wrong", box, Problem("scan_empty_box", {"item": box.code}))]
        new = [one for one in scan.inside if one.item_id not in self._taken]
        if not new:
            problem = Problem("scan_box_again", {"item": box.code, "count": count})
            return [_Line("duplicate", box, problem, "duplicate")]
        lines: list[_Line] = []
        bad: list[tuple[Piece, Problem, str]] = []
        for one in new:
            found = self._match(one)
            good, told, policy = self._judge(one, found, scan)
            if not good and told is not None:
                bad.append((one, told, policy))
                continue
            self._count(found)
            lines.append(_Line("right", one, told, policy, found, inside=True))
        if bad:
            self._count_back(lines)
            first, why, policy = bad[0]
            params: dict[str, object] = {
                "item": box.code, "count": count, "wrong": len(bad), "first": first.code, "why": why.code,
            }  # fmt: skip
            return [_Line("wrong", box, Problem("scan_box_wrong", params), policy)]
        again = count - len(new)
        partly = Problem("scan_box_partly", {"item": box.code, "count": len(new), "again": again}) if again else None
        return [_Line("box", replace(box, quantity=len(new) * MILLION), partly), *lines]

    def _match(self, piece: Piece) -> Match:
        """Find where a piece goes."""
        exact = self._exact.get(piece.item_id) if piece.item_id else None
        wants = [exact] if exact is not None else self._of_product.get(piece.product_id, [])
        return match(piece, wants, self._rules, listed=piece.product_id in self._listed)

    def _count(self, found: Match, sign: int = 1) -> None:
        """Count a piece on its lines."""
        for line, quantity in found.shares:
            want = self._by_line[line]
            before = want.matched
            want.done += sign * quantity
            self._counts["matched"] += want.matched - before
            self._gained[line] = self._gained.get(line, 0) + sign * quantity

    def _count_back(self, lines: Iterable[_Line]) -> None:
        for one in lines:
            self._count(one.match, -1)

    def _judge(self, piece: Piece, found: Match, scan: Scan) -> tuple[bool, Problem | None, str]:
        """Say whether a piece is taken, what is told, and by which policy: marks, what it is, where it is."""
        own = scan.reasons.get(piece.item_id, ()) if piece.item_id else ()
        reasons, fault = [one for one in own if one.policy in _MARKS], None
        if found.fault:
            policy = "extra" if found.fault == "not_listed" else found.fault
            fault = Reason(policy, Problem(found.fault))
            reasons.append(fault)
        reasons += [one for one in own if one.policy not in _MARKS]
        good, told = verdict(reasons, self._rules)
        policy = next((one.policy for one in reasons if one.problem is told), "")
        if told is not None and fault is not None and told is fault.problem:
            told = self._explained(piece, found)
        return good, told, policy

    def _explained(self, piece: Piece, found: Match) -> Problem:
        """Say of a piece that does not belong here what it is, whose it is and where it is to go."""
        tx, params = self._tx, about(piece, self._rules.title)
        owner = store.owners(tx, self._row.step_id, [piece.item_id]).get(piece.item_id) if piece.item_id else None
        if owner is not None:
            return Problem("task_scan_of_another", {**params, "owner": owner})
        lines = self._of_product.get(piece.product_id, [])
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

    def _append(self, scan: Scan, lines: Sequence[_Line]) -> tuple[int, str]:
        last = self._row.last + self._counts["last"]
        if last + len(lines) > MOST_LINES:
            self._count_back(lines)
            raise TooLargeError("scan_list_full", limit=MOST_LINES)
        right = [one.piece for one in lines if one.answer == "right" and one.piece is not None]
        self._counts.update(
            last=len(lines),
            good=len(right),
            done=sum(one.quantity for one in right),
            wrong=sum(one.answer == "wrong" for one in lines),
            duplicates=sum(one.answer == "duplicate" for one in lines),
        )
        self._taken.update({one.item_id: scan.by for one in right if one.item_id})
        first, done = int(last) + 1, self._row.done + self._counts["done"]
        self._rows += [
            _row(self._row.step_id, first + place, first, one, scan, done, self._at) for place, one in enumerate(lines)
        ]
        return first, scan.raw


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
    products = {one.product_id for one in gone}
    wants = store.wants_for(tx, step_id, {(one.product_id, one.item_id if one.line else 0) for one in gone})
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
