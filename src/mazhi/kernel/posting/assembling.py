"""Planning what builds parts in and takes them out: assemble, install, disassemble, remove, swap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from mazhi.kernel.boms import store as boms
from mazhi.kernel.boms.model import Fitting
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import Problem
from mazhi.kernel.genealogy import store as genealogy
from mazhi.kernel.genealogy.model import BATCH, ONE, PRODUCT, Edge, Part
from mazhi.kernel.places import store as places
from mazhi.kernel.posting import store
from mazhi.kernel.posting.edges import Edges
from mazhi.kernel.posting.lines import Pool, apply, lines_inside, resolve_lines
from mazhi.kernel.posting.model import BUILT_IN, Change, PostRequest, Setting, changes
from mazhi.kernel.posting.naming import Component, components
from mazhi.kernel.posting.operation import HolderRule, PlaceRule
from mazhi.kernel.posting.planning import (
    Changed,
    Frame,
    Plan,
    Step,
    fill_setting,
    find_pieces,
    in_order,
    judge,
)
from mazhi.kernel.posting.quantities import Line, Move, StockKey, decimal_text, take_out
from mazhi.kernel.posting.writing import Piece

PARENT = "/items/0"
OUTWARD = frozenset({"disassemble", "remove", "swap"})
"""What may be done to a unit that is itself built in."""
ASSEMBLIES = frozenset({"assemble", "install"}) | OUTWARD


@dataclass(slots=True)
class Job:
    """One unit that parts go into or come out of, and what has been planned for it so far."""

    tx: Tx
    frame: Frame
    parent: Piece
    pieces: Mapping[str, Piece]
    into: list[Component]
    out: list[Component]
    changed: Changed = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    refused: list[Problem] = field(default_factory=list)
    fitting: Fitting | None = None
    """The room that the unit's bill of materials leaves; None where it has none."""

    @property
    def kind(self) -> str:
        """The operation."""
        return self.frame.request.kind

    def refuse(self, problem: Problem, pointer: str, item: str) -> None:
        """Note why a component is refused."""
        self.refused.append(Problem(problem.code, problem.params, pointer, item))


def plan(tx: Tx, frame: Frame) -> Plan:
    """Judge the unit and every component; a swap goes through whole or not at all."""
    event_id = frame.event_ids[0]
    into, out = _named(frame.request)
    named = [part for part in (*into, *out) if part.item is not None]
    refs = [frame.request.items[0], *(part.item for part in named if part.item is not None)]
    pieces, refused = find_pieces(tx, refs, pointers=[PARENT, *(part.pointer for part in named)])
    by_pointer = {piece.pointer: piece for piece in pieces}
    parent = by_pointer.get(PARENT)
    if parent is None:
        return Plan(event_id, [], 0, in_order(refused))
    job = Job(tx, frame, parent, by_pointer, into, out, refused=[_twice(problem, parent) for problem in refused])
    fill_setting(tx, frame.setting, pieces)
    row = _judge_parent(job)
    if row is None:
        return Plan(event_id, [], 0, in_order(job.refused))
    _take_out(job)
    _build_in(job)
    refused = in_order(job.refused)
    if not (job.changed or job.parts) or (refused and job.kind == "swap"):
        return Plan(event_id, [], 0, refused)
    step = Step(frame.stamp(event_id, frame.event_data), [row, *job.changed], job.moves, None, Edges(job.parts))
    return Plan(event_id, [step], 1, refused)


def _named(request: PostRequest) -> tuple[list[Component], list[Component]]:
    """Return what is to go in and what is to come out."""
    if request.kind == "swap":
        return components(request.data, "in"), components(request.data, "out")
    found = components(request.data, "components")
    return ([], found) if request.kind in OUTWARD else (found, [])


def _twice(problem: Problem, parent: Piece) -> Problem:
    """Call it a cycle where a unit is to become its own part."""
    if problem.code == "duplicate_in_request" and problem.params["first"] == parent.given:
        return Problem("cycle", {"package_id": parent.id}, problem.pointer, problem.item)
    return problem


def _judge_parent(job: Job) -> tuple[Piece, Change] | None:
    """Judge the unit itself; a unit that is built in may lose and change parts, whatever its own unit is."""
    parent, setting = job.parent, job.frame.setting
    if parent.facts.kind == "package":
        job.refuse(Problem("wrong_product", {"product": parent.given, "why": "package"}), PARENT, parent.given)
        return None
    if job.kind in OUTWARD:
        setting = replace(setting, place_id=0)
        if parent.facts.state == BUILT_IN:
            outside = setting.areas is not None and _place(job) not in setting.areas
            if not outside:
                return parent, Change(parent.facts, "")
            right = {"right": f"operation.{job.kind}", "place_id": _place(job)}
            job.refuse(Problem("no_right", right), PARENT, parent.given)
            return None
    setting = replace(setting, operation=replace(setting.operation, chooses=False), from_ids=None)
    changed, refused = judge([parent], setting)
    job.refused += refused
    return changed[0] if changed else None


def _place(job: Job) -> int:
    """Return where a unit is; a part that is built in is where its outermost unit is."""
    if job.parent.facts.state != BUILT_IN:
        return job.parent.facts.place_id
    units = genealogy.around(job.tx, job.parent.id)
    facts = store.facts_of(job.tx, units)
    root = next((facts[i] for i in units if facts[i].state != BUILT_IN), None)
    return root.place_id if root else 0


def _role(job: Job, side: str) -> str:
    return f"swap:{side}" if job.kind == "swap" else f"{job.kind}:component"


def _build_in(job: Job) -> None:
    """Judge what goes in: it is used up, so it must be free, released and good for long enough."""
    if not job.into:
        return
    setting = job.frame.setting
    operation = replace(
        setting.operation, use=True, place=PlaceRule.CLEARED, holder=HolderRule.KEPT, on_built_in=False, chooses=False
    )
    using = replace(setting, operation=operation, place_id=0, owner_id=None)
    job.fitting = _fitting(job)
    outer = set(genealogy.around(job.tx, job.parent.id))
    for source, group in _by_source(job, job.into).items():
        here = using if source is None else replace(using, from_ids=source)
        singles = [job.pieces[part.pointer] for part in group if part.pointer in job.pieces]
        fill_setting(job.tx, here, singles)
        fit = [piece for piece in singles if not _unfit(job, piece, outer)]
        good, refused = judge(fit, here, _role(job, "in"))
        job.refused += refused
        for piece, change in good:
            problem = job.fitting.take(piece.facts.product_id, ONE) if job.fitting else None
            if problem is not None:
                job.refuse(problem, piece.pointer, piece.given)
                continue
            after = change.after._replace(parent_id=job.parent.id, quality=piece.facts.quality)
            job.changed.append((piece, Change(after, changes(piece.facts, after))))
        lines, refused = resolve_lines(job.tx, [(p.pointer, p.line) for p in group if p.line is not None], here)
        job.refused += refused
        if lines:
            _draw(job, lines, here)


def _fitting(job: Job) -> Fitting | None:
    """Look up what the unit's bill of materials leaves room for, what comes out now not counted."""
    product_id = job.parent.facts.product_id
    bom = boms.read(job.tx, product_id, boms.latest(job.tx, product_id))
    if bom is None or not bom.lines:
        return None
    inside = dict(boms.inside(job.tx, job.parent.id))
    for piece, change in job.changed:
        if change.after.parent_id is None:
            inside[piece.facts.product_id] -= ONE
    for move in job.moves:
        inside[move.product_id] -= move.quantity
    return Fitting(bom.lines, inside)


def _unfit(job: Job, piece: Piece, outer: set[int]) -> bool:
    if piece.facts.kind == "package":
        problem = Problem("wrong_product", {"product": piece.given, "why": "package"})
    elif piece.id in outer:
        problem = Problem("cycle", {"package_id": job.parent.id})
    else:
        return False
    job.refuse(problem, piece.pointer, piece.given)
    return True


def _by_source(job: Job, parts: Sequence[Component]) -> dict[frozenset[int] | None, list[Component]]:
    """Group components by where they must come from: their own place, else the request's."""
    codes = {part.source for part in parts if part.source is not None}
    known = places.by_codes(job.tx, sorted(codes)) if codes else {}
    inside = {code: frozenset(places.inside(job.tx, [place.id])) for code, place in known.items()}
    groups: dict[frozenset[int] | None, list[Component]] = {}
    for part in parts:
        if part.source is not None and part.source not in inside:
            job.refuse(Problem("unknown_place", {"item": part.source}), f"{part.pointer}/from", part.source)
            continue
        source = job.frame.setting.from_ids if part.source is None else inside[part.source]
        groups.setdefault(source, []).append(part)
    return groups


def _draw(job: Job, lines: Sequence[tuple[str, Line]], setting: Setting) -> None:
    pool = Pool.lock(job.tx, setting, {line.product.id for _, line in lines})
    pool.apply([move for move in job.moves if move.product_id in {line.product.id for _, line in lines}])
    for pointer, line in lines:
        answer: list[Move] | Problem = pool.decide(line, setting, _role(job, "in"))
        if job.fitting is not None and not isinstance(answer, Problem):
            answer = job.fitting.take(line.product.id, line.quantity) or answer
        if isinstance(answer, Problem):
            job.refuse(answer, pointer, line.product.code)
            continue
        pool.apply(answer)
        _keep(job, line, answer, line.quantity)


def _balances(job: Job, lines: Sequence[tuple[str, Line]]) -> dict[StockKey, int]:
    """Lock the balances, as what is planned already leaves them."""
    balances = store.lock_pool(job.tx, {line.product.id for _, line in lines})
    for move in job.moves:
        if move.product_id in {line.product.id for _, line in lines}:
            apply(move, balances)
    return balances


def _keep(job: Job, line: Line, moves: Sequence[Move], quantity: int) -> None:
    job.moves += moves
    job.parts.append(Part(job.parent.id, *_child(line), quantity))


def _child(line: Line) -> tuple[str, int]:
    return (BATCH, line.batch_id) if line.batch_id else (PRODUCT, line.product.id)


def _take_out(job: Job) -> None:
    """Judge what comes out: it must be inside this very unit, and goes where it is said, else to the unit's place."""
    setting = job.frame.setting
    everything = job.kind == "disassemble" and not job.out
    if not job.out and not everything:
        return
    operation = replace(setting.operation, use=False, on_built_in=True, place=PlaceRule.OPTIONAL)
    loose = replace(setting, operation=operation, place_id=setting.place_id or _place(job), from_ids=None)
    held = genealogy.quantities_in(job.tx, [job.parent.id])
    singles = _all_inside(job) if everything else [job.pieces[p.pointer] for p in job.out if p.pointer in job.pieces]
    fill_setting(job.tx, loose, singles)
    inside = [piece for piece in singles if not _elsewhere(job, piece)]
    good, refused = judge(inside, loose, _role(job, "out"))
    job.refused += refused
    for piece, change in good:
        after = change.after._replace(parent_id=None)
        job.changed.append((piece, Change(after, changes(piece.facts, after))))
    if everything:
        if not singles and not held:
            job.refuse(Problem("empty_package"), PARENT, job.parent.given)
        _free(job, [(PARENT, line) for line in lines_inside(job.tx, held, loose)], set(), loose, held)
        return
    named = [(part.pointer, part.line) for part in job.out if part.line is not None]
    found, refused = resolve_lines(job.tx, named, loose)
    job.refused += refused
    _free(job, found, {part.pointer for part in job.out if part.whole}, loose, held)


def _all_inside(job: Job) -> list[Piece]:
    ids = genealogy.parts_of(job.tx, job.parent.id)
    rows = store.lock_items(job.tx, ids) if ids else {}
    return [Piece(i, *row, PARENT, row[1]) for i, row in rows.items()]


def _elsewhere(job: Job, piece: Piece) -> bool:
    if piece.facts.parent_id == job.parent.id and piece.facts.state == BUILT_IN:
        return False
    problem = Problem("not_inside", {"parent_id": piece.facts.parent_id, "package_id": job.parent.id})
    job.refuse(problem, piece.pointer, piece.given)
    return True


def _free(job: Job, lines: Sequence[tuple[str, Line]], whole: set[str], setting: Setting, held: Sequence[Edge]) -> None:
    """Take quantities out of the unit, back into the balances."""
    if not lines:
        return
    left: dict[tuple[str, int], int] = {}
    for edge in held:
        left[edge.child_kind, edge.child_id] = left.get((edge.child_kind, edge.child_id), 0) + edge.quantity
    balances = _balances(job, lines)
    for pointer, line in lines:
        child = _child(line)
        there = left.get(child, 0)
        wanted = replace(line, quantity=there) if pointer in whole else line
        if not there:
            job.refuse(
                Problem("not_inside", {"parent_id": None, "package_id": job.parent.id}), pointer, line.product.code
            )
            continue
        if wanted.quantity > there:
            short = Problem("not_enough", {"left": decimal_text(there), "wanted": decimal_text(wanted.quantity)})
            job.refuse(short, pointer, line.product.code)
            continue
        answer = take_out(wanted, setting, balances, _role(job, "out"))
        if isinstance(answer, Problem):
            job.refuse(answer, pointer, line.product.code)
            continue
        left[child] = there - wanted.quantity
        for move in answer:
            apply(move, balances)
        _keep(job, wanted, answer, -wanted.quantity)
