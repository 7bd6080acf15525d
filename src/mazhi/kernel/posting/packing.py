"""Planning to pack (装箱) and to unpack (拆箱): what is in a package shares its state, its place and its holder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.genealogy import store as genealogy
from mazhi.kernel.packaging import store as packaging
from mazhi.kernel.posting.leaving import situation
from mazhi.kernel.posting.model import BUILT_IN, Change, Facts, changes
from mazhi.kernel.posting.naming import read_item
from mazhi.kernel.posting.planning import (
    Changed,
    Frame,
    Plan,
    Step,
    fill_setting,
    find_pieces,
    in_order,
    judge,
    unpack,
    whole_packages,
)
from mazhi.kernel.posting.writing import Piece
from mazhi.kernel.reservations.restoring import told

INTO, PACKAGE = "/data/into", "/data/package"


def plan_pack(tx: Tx, frame: Frame) -> Plan:
    """Plan to put items into a package; an empty one takes their state, place and holder."""
    event_id = frame.event_ids[0]
    pieces, box, refused = _named(tx, frame, "into", INTO)
    if box is None:
        return Plan(event_id, [], 0, in_order(refused))
    changed, wrong = _judged(tx, frame, pieces)
    refused += wrong
    wrong = _judge_box(frame, box)
    refused += wrong
    if wrong:
        return Plan(event_id, [], 0, in_order(refused))
    empty = not genealogy.filled(tx, [box.id])
    named = {piece.id for piece in pieces}
    changed, wrong = _fitting(tx, frame, changed, box, named, empty=empty)
    refused += wrong
    # What was refused by itself may still ride along in a package that was named as well.
    packed = [change.after for piece, change in changed if piece.id in named and change.after.parent_id == box.id]
    accepted = len(packed)
    if accepted and empty:
        after = packed[0]
        taken = box.facts._replace(state=after.state, place_id=after.place_id, holder_id=after.holder_id)
        if taken != box.facts:
            changed.append((box, Change(taken, changes(box.facts, taken))))
    step = Step(frame.stamp(event_id, frame.event_data), changed)
    return Plan(event_id, [step] if accepted else [], accepted, in_order(refused))


def plan_unpack(tx: Tx, frame: Frame) -> Plan:
    """Plan to take items, or everything, out of a package."""
    event_id = frame.event_ids[0]
    pieces, box, refused = _named(tx, frame, "package", PACKAGE)
    if frame.request.data.get("package") and box is None:
        return Plan(event_id, [], 0, in_order(refused))
    if not frame.request.items and box is not None:
        pieces = [piece for piece in unpack(tx, [box]) if piece.facts.parent_id == box.id]
        if not pieces:
            return Plan(event_id, [], 0, [Problem("empty_package", {}, PACKAGE, box.given)])
    inside: list[Piece] = []
    for piece in pieces:
        if piece.facts.state != BUILT_IN and (
            piece.facts.parent_id is None or (box is not None and piece.facts.parent_id != box.id)
        ):
            params: dict[str, object] = {"parent_id": piece.facts.parent_id, "package_id": box.id if box else None}
            refused.append(Problem("not_inside", params, piece.pointer, piece.given))
        else:
            inside.append(piece)
    changed, wrong = _judged(tx, frame, inside)
    refused += wrong
    named = {piece.id for piece in inside}
    changed = [
        (piece, _within(piece, change.after, None) if piece.id in named else change) for piece, change in changed
    ]
    accepted = sum(1 for piece, _ in changed if piece.id in named)
    step = Step(frame.stamp(event_id, frame.event_data), changed)
    return Plan(event_id, [step] if accepted else [], accepted, in_order(refused))


def _named(tx: Tx, frame: Frame, name: str, pointer: str) -> tuple[list[Piece], Piece | None, list[Problem]]:
    """Find and lock the items and the package; something named as both is its own package."""
    refs = list(frame.request.items)
    pointers = [f"/items/{index}" for index in range(len(refs))]
    package = read_item(frame.request.data.get(name))
    if package is not None:
        refs.insert(0, package)
        pointers.insert(0, pointer)
    pieces, refused = find_pieces(tx, refs, pointers=pointers)
    box = next((piece for piece in pieces if piece.pointer == pointer), None)
    if box is None:
        return pieces, None, refused
    refused = [
        Problem("cycle", {"package_id": box.id}, problem.pointer, problem.item)
        if problem.code == "duplicate_in_request" and problem.params["first"] == box.given
        else problem
        for problem in refused
    ]
    pieces = [piece for piece in pieces if piece.id != box.id]
    if box.facts.kind != "package":
        refused.append(Problem("wrong_product", {"product": box.given, "why": "not_a_package"}, pointer, box.given))
        return pieces, None, refused
    return pieces, box, refused


def _judge_box(frame: Frame, box: Piece) -> list[Problem]:
    """Judge the package itself: it need not come from anywhere, and an empty one need not stand anywhere."""
    areas = frame.setting.areas if box.facts.place_id else None
    return judge([box], replace(frame.setting, from_ids=None, areas=areas))[1]


def _judged(tx: Tx, frame: Frame, pieces: Sequence[Piece]) -> tuple[Changed, list[Problem]]:
    """Judge the items named; where they go to another place, all that is in them goes along."""
    every = unpack(tx, list(pieces)) if frame.setting.place_id else list(pieces)
    fill_setting(tx, frame.setting, every)
    changed, refused = judge(every, frame.setting)
    return (whole_packages(changed, every) if refused else changed), refused


def _fitting(
    tx: Tx, frame: Frame, changed: Changed, box: Piece, named: set[int], *, empty: bool
) -> tuple[Changed, list[Problem]]:
    """Put what is named into the package, as far as it may go in; the first piece settles an empty one's situation.

    What only rides along, inside something that is named, stays where it is, or is refused with it; so does what was
    named beside the package that it is in, and refused for that.
    """
    outer = set(genealogy.around(tx, box.id))
    again = bool(frame.request.data.get("from_package"))
    wanted = None if empty else situation(box.facts)
    kept = Reserved.look(tx, frame, box, [piece for piece, _ in changed if piece.id in named])
    packages = [piece.id for piece, _ in changed if piece.id in named and piece.facts.kind == "package"]
    room = packaging.room(tx, box.id, packages)
    refused: list[Problem] = []
    moved: dict[int, Change] = {}
    inside: dict[tuple[Facts, Facts], Change] = {}
    for piece, change in changed:
        if piece.id not in named:
            continue
        problem = _unfit(piece, change.after, box, outer, again) or _apart(change.after, wanted, box)
        problem = problem or kept.against(piece.id)
        if problem is None and room is not None:
            problem = room.take(piece.id, (piece.facts.product_id, piece.facts.batch_id))
        if problem is not None:
            refused.append(Problem(problem.code, problem.params, piece.pointer, piece.given))
            continue
        wanted = wanted or situation(change.after)
        alike = (piece.facts, change.after)
        if alike not in inside:
            inside[alike] = _within(piece, change.after, box.id)
        moved[piece.id] = inside[alike]
    around = {piece.id: piece for piece, _ in changed}
    left = named - moved.keys()
    good = [(one, moved.get(one.id, change)) for one, change in changed if not _stays(one, around, moved, left)]
    return good, refused


@dataclass(slots=True)
class Reserved:
    """Whose the goods are that go into a package: what is in one goes together, so it is kept for one document."""

    document: str
    pieces: Mapping[int, tuple[str, int]]
    inside: str

    @classmethod
    def look(cls, tx: Tx, frame: Frame, box: Piece, pieces: list[Piece]) -> Reserved:
        """See for whom what goes in, packages with what is in them, and what is in already, is reserved."""
        every = {piece.id: piece for piece in unpack(tx, pieces)}
        held = frame.setting.reserved([*every])
        if not held:
            return cls(frame.setting.document, {}, "")
        named, whose = {piece.id for piece in pieces}, dict[int, tuple[str, int]]()
        for item, kept in held.items():
            outer = item
            while outer not in named:
                outer = every[outer].facts.parent_id or 0
            whose.setdefault(outer, kept)
        inside = frame.setting.reserved([piece.id for piece in unpack(tx, [box])])
        return cls(frame.setting.document, whose, next((document for document, _ in inside.values()), ""))

    def against(self, item: int) -> Problem | None:
        """Say that a piece is reserved for another document than it is packed for, or than what is in there."""
        document, until = self.pieces.get(item, ("", 0))
        if not document:
            return None
        if self.document not in {"", document} or self.inside not in {"", document}:
            return Problem("reserved", told(document, until))
        self.inside = document
        return None


def _stays(piece: Piece, around: Mapping[int, Piece], moved: Mapping[int, Change], left: set[int]) -> bool:
    """Tell whether a piece stays behind: nobody moves it, nor anything that it is in."""
    if piece.id in moved:
        return False
    outer = around.get(piece.facts.parent_id or 0)
    return piece.id in left if outer is None else _stays(outer, around, moved, left)


def _within(piece: Piece, after: Facts, parent_id: int | None) -> Change:
    inside = after._replace(parent_id=parent_id)
    return Change(inside, changes(piece.facts, inside))


def _unfit(piece: Piece, after: Facts, box: Piece, outer: set[int], again: bool) -> Problem | None:
    if piece.id in outer:
        return Problem("cycle", {"package_id": box.id})
    inside = after.parent_id
    if inside is not None and (not again or inside == box.id):
        return Problem("already_inside", {"parent_id": inside})
    return None


def _apart(after: Facts, wanted: tuple[str, int, int] | None, box: Piece) -> Problem | None:
    """Refuse what is not in the state, at the place and with the holder of the package."""
    if wanted is None:
        return None
    state, place_id, holder_id = wanted
    if after.state != state:
        return Problem("wrong_state", {"state": after.state, "allowed": [state], "operation": "pack"})
    if after.place_id != place_id:
        return Problem("wrong_place", {"place_id": after.place_id, "package_id": box.id})
    if after.holder_id != holder_id:
        return Problem("wrong_holder", {"package_id": box.id})
    return None
