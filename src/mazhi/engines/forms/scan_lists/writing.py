"""Writing lines: what is there twice, what comes out of boxes, and the counters; the list is locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mazhi.engines.forms.scan_lists import store
from mazhi.engines.forms.scan_lists.model import (
    MOST_LINES,
    Conditions,
    Line,
    Standing,
    amount,
    refusal,
    settle,
    spread,
)
from mazhi.kernel import clock
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem, TooLargeError
from mazhi.kernel.scanning.pieces import MILLION, Found, Piece, contents


@dataclass(frozen=True, slots=True)
class Written:
    """What came of some scans.

    Attributes:
        lines: What was written.
        first: The number of the first line.
        done: How much is counted now, in millionths.
    """

    lines: Sequence[Line]
    first: int
    done: int


def write(
    tx: Tx, row: Any, wanted: Conditions, scans: Sequence[tuple[str, int, Found]], *, by: str, key: str = ""
) -> Written:
    """Answer scans – text, number of the row in its source, and what it was found to be – and write them down.

    Raises:
        TooLargeError: The list would be longer than a list may be (code ``scan_list_full``).
    """
    inner = _inner(tx, wanted, scans)
    pieces = [found.piece for _, _, found in scans if found.piece] + [one for some in inner.values() for one in some]
    standing = _standing(tx, row, wanted, pieces)
    lines: list[Line] = []
    for raw, source, found in scans:
        lines += _answered(raw, source, found, wanted, standing, inner, len(lines))
    counts = spread(lines)
    if row.last + len(lines) > MOST_LINES:
        raise TooLargeError("scan_list_full", limit=MOST_LINES)
    at = clock.now()
    store.write(tx, row.id, row.last + 1, lines, key=key, at=at, by=by, done=standing.quantity)
    gained = standing.quantity - row.quantity
    store.note(tx, row.id, lines=len(lines), changes={**counts, "quantity": gained}, at=at)
    return Written(lines, row.last + 1, standing.quantity)


def _inner(tx: Tx, wanted: Conditions, scans: Sequence[tuple[str, int, Found]]) -> Mapping[int, Sequence[Piece]]:
    """Return what is in the packages that stand for their content, all at once."""
    if wanted.boxes != "explode" or wanted.takes == "goods":
        return {}
    boxes = {found.piece.item_id for _, _, found in scans if found.piece and found.piece.kind == "package"}
    return contents(tx, boxes) if boxes else {}


def _standing(tx: Tx, row: Any, wanted: Conditions, pieces: Sequence[Piece]) -> Standing:
    ids = {one.item_id for one in pieces if one.item_id}
    if not ids:
        return Standing(quantity=int(row.quantity), listed=set() if wanted.listed else None)
    return Standing(
        taken=store.items_of(tx, row.id, ids),
        elsewhere=_elsewhere(tx, row, ids) if wanted.once else {},
        listed=set(store.items_of(tx, wanted.listed, ids)) if wanted.listed else None,
        quantity=int(row.quantity),
    )


def _elsewhere(tx: Tx, row: Any, ids: set[int]) -> dict[int, int]:
    """Return which items stand in another record that is there, with its number."""
    held = store.elsewhere(tx, row.field, ids, {row.id, row.base_id})
    lists = store.by_ids(tx, set(held.values())) if held else {}
    records = {number: one.record_id for number, one in lists.items()}
    there = store.alive(tx, row.form_id, records.values()) if records else set()
    return {item: records[number] for item, number in held.items() if records.get(number) in there}


def _answered(
    raw: str, source: int, found: Found, wanted: Conditions, standing: Standing,
    inner: Mapping[int, Sequence[Piece]], place: int,
) -> list[Line]:  # fmt: skip
    line = Line(raw, "wrong", found.problem, found.piece, source=source, meant=found.meant)
    piece = found.piece
    if piece is None:
        return [line]
    if piece.kind == "package" and wanted.boxes == "explode" and wanted.takes != "goods":
        return _box(line, piece, inner.get(piece.item_id, ()), wanted, standing, place)
    line.problem = refusal(piece, wanted)
    if line.problem is None:
        settle(line, piece, wanted, standing)
    return [line]


def _box(
    line: Line, box: Piece, inside: Sequence[Piece], wanted: Conditions, standing: Standing, place: int
) -> list[Line]:
    """Count what is in a box: all that is not there already, or nothing if something in it does not belong."""
    count = len(inside)
    if not inside:
        line.problem = Problem("scan_empty_box", {"item": box.code})
        return [line]
    if box.item_id in standing.taken:
        line.answer, line.problem = "duplicate", Problem("scan_again", {"item": box.code})
        return [line]
    bad = [(one, why) for one in inside if (why := _refused_inside(one, wanted, standing))]
    if bad:
        params = {"item": box.code, "count": count, "wrong": len(bad), "first": bad[0][0].code, "why": bad[0][1].code}
        line.problem = Problem("scan_box_wrong", params)
        return [line]
    new = [one for one in inside if one.item_id not in standing.taken and one.item_id not in standing.elsewhere]
    if not new:
        line.answer, line.problem = "duplicate", Problem("scan_box_again", {"item": box.code, "count": count})
        return [line]
    gained = len(new) * MILLION
    if wanted.expected is not None and not wanted.over and standing.quantity + gained > wanted.expected:
        params = {"item": box.code, "count": len(new), "expected": amount(wanted.expected)}
        line.problem = Problem("scan_box_over", params)
        return [line]
    line.answer = "box"
    line.piece = replace(box, quantity=gained)
    if len(new) < count:
        line.problem = Problem("scan_box_partly", {"item": box.code, "count": len(new), "again": count - len(new)})
    standing.quantity += gained
    standing.taken |= {one.item_id: 0 for one in new}
    return [line, *(Line(one.code, "right", piece=one, within=place, source=line.source) for one in new)]


def _refused_inside(piece: Piece, wanted: Conditions, standing: Standing) -> Problem | None:
    problem = refusal(piece, wanted)
    if problem is None and standing.listed is not None and piece.item_id not in standing.listed:
        return Problem("scan_not_listed", {"item": piece.code})
    return problem
