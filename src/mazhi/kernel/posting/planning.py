"""From a request to a plan: every item found, locked and judged, every refusal collected; nothing written yet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.batches import store as batches
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.life_cycles.model import LifeCycle
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.partners import store as partners
from mazhi.kernel.personal.model import FIELD, HASH, Payload, conceal
from mazhi.kernel.places import store as places
from mazhi.kernel.posting import store
from mazhi.kernel.posting.edges import Edges
from mazhi.kernel.posting.kinds import operation_kinds
from mazhi.kernel.posting.lines import plan_quantities, uncaptured
from mazhi.kernel.posting.model import BUILT_IN, Change, Facts, ItemRef, PostRequest, Setting, decide
from mazhi.kernel.posting.period import check_time
from mazhi.kernel.posting.quantities import Move
from mazhi.kernel.posting.writing import Piece, Since, Stamp
from mazhi.kernel.products import store as products
from mazhi.kernel.reservations.reach import takes
from mazhi.kernel.reservations.restoring import told
from mazhi.kernel.reservations.taking import reserved_for

Changed = list[tuple[Piece, Change]]


@dataclass(slots=True)
class Step:
    """One event to be written."""

    stamp: Stamp
    changed: Changed
    moves: list[Move] = field(default_factory=list)
    since: Mapping[int, Since] | None = None
    edges: Edges = field(default_factory=Edges)


@dataclass(slots=True)
class Plan:
    """What a request comes to; ``event_id`` is the event that answers it."""

    event_id: int
    steps: list[Step]
    accepted: int
    refused: list[Problem]


@dataclass(slots=True)
class Frame:
    """A request with its names looked up, and everything that does not depend on a single item."""

    actor: Actor
    request: PostRequest
    setting: Setting
    event_ids: Sequence[int]
    now: int
    event_data: str
    personal: Payload | None = None

    @classmethod
    def open(
        cls,
        tx: Tx,
        actor: Actor,
        request: PostRequest,
        event_ids: Sequence[int],
        now: int,
        cycles: Mapping[str, LifeCycle],
    ) -> Frame:
        """Look up places and partners and check the time.

        Raises:
            InvalidInputError: A name is unknown.
            ConflictError: The time lies in the future or in a closed period.
            ForbiddenError: The time lies in the past, and the actor may not enter late.
        """
        problems: list[Problem] = []
        occurred_at = now if request.occurred_at is None else request.occurred_at
        check_time(tx, actor, occurred_at, now)
        owner = request.data.get("owner")
        found_places = _places(tx, request, problems)
        found_partners = _partners(tx, request, problems)
        if problems:
            raise InvalidInputError("invalid_input", problems=problems)
        place = found_places.get(request.place or "")
        source = found_places.get(request.from_place or "")
        partner = found_partners.get(request.partner or "")
        holder_owner = found_partners.get(owner) if isinstance(owner, str) else None
        setting = Setting(
            operation=operation_kinds[request.kind],
            event_id=event_ids[0],
            occurred_at=occurred_at,
            occurred_on=clock.to_datetime(occurred_at, clock.DEFAULT_ZONE).date(),
            data=request.data,
            document=request.document,
            place_id=place.id if place else 0,
            from_ids=frozenset(places.inside(tx, [source.id])) if source else None,
            partner_id=partner.id if partner else 0,
            partner_kind=partner.kind if partner else "",
            owner_id=(holder_owner.id if holder_owner else 0) if "owner" in request.data else None,
            areas=actor.areas(f"operation.{request.kind}"),
            cycles=cycles,
            reserved=partial(reserved_for, tx, now),
        )
        private = request.data.get(FIELD)
        personal = conceal(private) if private else None
        about = {
            "partner": setting.partner_id,
            "from": source.id if source else 0,
            "place": setting.place_id,
            HASH: personal.hash if personal else None,
            "data": {name: value for name, value in request.data.items() if value is not None and name != FIELD},
        }
        event_data = json.dumps({k: v for k, v in about.items() if v}, ensure_ascii=False, separators=(",", ":"))
        return cls(actor, request, setting, event_ids, now, "" if event_data == "{}" else event_data, personal)

    def stamp(self, event_id: int, data: str) -> Stamp:
        """Return what the rows of one event have in common."""
        request, setting = self.request, self.setting
        return Stamp(
            event_id, request.kind, setting.occurred_at, self.now, self.actor.name, self.actor.device,
            request.document, request.note, data,
        )  # fmt: skip


def _places(tx: Tx, request: PostRequest, problems: list[Problem]) -> dict[str, Any]:
    named = {code: pointer for code, pointer in ((request.place, "/place"), (request.from_place, "/from")) if code}
    found = places.by_codes(tx, list(named)) if named else {}
    problems += [Problem("unknown_place", {"item": c}, pointer) for c, pointer in named.items() if c not in found]
    master_data.mark_used(tx, places.place, found.values())
    return dict(found)


def _partners(tx: Tx, request: PostRequest, problems: list[Problem]) -> dict[str, Any]:
    owner = request.data.get("owner")
    named = {c: pointer for c, pointer in ((request.partner, "/partner"), (owner, "/data/owner")) if c}
    found = partners.by_codes(tx, list(named)) if named else {}
    problems += [Problem("unknown_partner", {"item": c}, pointer) for c, pointer in named.items() if c not in found]
    master_data.mark_used(tx, partners.partner, found.values())
    return dict(found)


def _scanned(tx: Tx, ref: ItemRef, pointer: str) -> Piece | None:
    """Find and lock a single item in one statement, not two; None if it is not there, or there are several."""
    if ref.item_id is not None or "\0" in ref.value:
        return None
    rows = store.lock_named(tx, ref.value, ref.namespace)
    if len(rows) != 1:
        return None
    ((item_id, row),) = rows.items()
    return Piece(item_id, *row, pointer, ref.value)


def find_pieces(
    tx: Tx, refs: Sequence[ItemRef], *, pointers: Sequence[str] | None = None
) -> tuple[list[Piece], list[Problem]]:
    """Find and lock the items that a request names; what cannot be found is refused, in the order of the request.

    ``pointers`` say where each is named, if that is not simply its place among the items.
    """
    scanned = _scanned(tx, refs[0], "/items/0" if pointers is None else pointers[0]) if len(refs) == 1 else None
    if scanned is not None:
        return [scanned], []
    refused: list[Problem] = []
    named = list(dict.fromkeys(ref.value for ref in refs if ref.item_id is None and "\0" not in ref.value))
    known = store.resolve(tx, named) if named else {}
    wanted: dict[int, tuple[str, str]] = {}
    for index, ref in enumerate(refs):
        where = f"/items/{index}" if pointers is None else pointers[index]
        ids = (
            {i for space, i in known.get(ref.value, ()) if ref.namespace in {None, space}}
            if ref.item_id is None
            else {ref.item_id}
        )
        if len(ids) != 1:
            spaces = sorted(space for space, _ in known.get(ref.value, ()))
            code = "ambiguous_item" if ids else "unknown_item"
            refused.append(Problem(code, {"namespaces": ", ".join(spaces)}, where, ref.value))
            continue
        (item_id,) = ids
        if item_id in wanted:
            refused.append(Problem("duplicate_in_request", {"first": wanted[item_id][1]}, where, ref.value))
            continue
        wanted[item_id] = (where, ref.value)
    rows = store.lock_items(tx, wanted) if wanted else {}
    pieces = [
        Piece(item_id, *rows[item_id], where, given or rows[item_id][1]) for item_id, (where, given) in wanted.items()
    ]
    return pieces, refused


def unpack(tx: Tx, pieces: list[Piece]) -> list[Piece]:
    """Add to every package all that is in it, level by level; contents are refused under the package's pointer."""
    known = {piece.id for piece in pieces}
    level = [piece for piece in pieces if piece.facts.kind == "package"]
    while level:
        packages = {piece.id: piece for piece in level}
        inside = [(packages[parent], child) for parent, child in store.contents(tx, packages) if child not in known]
        rows = store.lock_items(tx, [child for _, child in inside]) if inside else {}
        found = [Piece(child, *rows[child], package.pointer, rows[child][1]) for package, child in inside]
        known.update(piece.id for piece in found)
        pieces = [*pieces, *found]
        level = [piece for piece in found if piece.facts.kind == "package"]
    return pieces


def fill_setting(tx: Tx, setting: Setting, pieces: Iterable[Piece]) -> None:
    """Look up the products and batches of these items."""
    product_ids = {piece.facts.product_id for piece in pieces} - {0}
    batch_ids = {piece.facts.batch_id for piece in pieces} - {0}
    setting.products = {**setting.products, **(products.by_ids(tx, product_ids) if product_ids else {})}
    if batch_ids and setting.operation.use:
        setting.batches = {**setting.batches, **batches.by_ids(tx, batch_ids)}


def judge(
    pieces: Sequence[Piece], setting: Setting, role: str | None = None
) -> tuple[list[tuple[Piece, Change]], list[Problem]]:
    """Decide about every item, once for each different ``Facts``; what is reserved for others is not taken."""
    answers: dict[Facts, Change | Problem] = {}
    taking: dict[Facts, bool] = {}
    good: list[tuple[Piece, Change]] = []
    refused: list[Problem] = []
    for piece in pieces:
        answer = answers.get(piece.facts)
        if answer is None:
            answer = answers[piece.facts] = decide(piece.facts, setting, role)
            if isinstance(answer, Change) and piece.facts.product_id:
                cycle = setting.cycle(piece.facts.product_id)
                taking[piece.facts] = takes(setting.operation, cycle, piece.facts, answer.after)
        if isinstance(answer, Problem):
            refused.append(Problem(answer.code, answer.params, piece.pointer, piece.given))
        else:
            good.append((piece, answer))
    wanted = [piece.id for piece, _ in good if taking.get(piece.facts)] if any(taking.values()) else []
    return _unreserved(good, refused, setting, wanted) if wanted else (good, refused)


def _unreserved(
    good: Changed, refused: list[Problem], setting: Setting, wanted: Sequence[int]
) -> tuple[Changed, list[Problem]]:
    """Refuse what of the items that are taken is reserved for another document."""
    others = {item: whose for item, whose in setting.reserved(wanted).items() if whose[0] != setting.document}
    if not others:
        return good, refused
    kept = [pair for pair in good if pair[0].id not in others]
    refused = refused + [
        Problem("reserved", told(*others[piece.id]), piece.pointer, piece.given)
        for piece, _ in good
        if piece.id in others
    ]
    return kept, refused


def plan(tx: Tx, frame: Frame) -> Plan:
    """Plan an ordinary operation: items and quantities, each judged by the life cycle and the operation's rules."""
    request, setting = frame.request, frame.setting
    pieces, refused = find_pieces(tx, request.items)
    named = {piece.id for piece in pieces}
    if setting.operation.on_packages:
        pieces = unpack(tx, pieces)
    fill_setting(tx, setting, pieces)
    changed, wrong = judge(pieces, setting)
    changed, unwanted = uncaptured(tx, request, setting, changed, named)
    wrong += unwanted
    if wrong and setting.operation.on_packages:
        changed = whole_packages(changed, pieces)
    refused += wrong
    changed, moves, lines, wrong = plan_quantities(tx, request, setting, changed)
    refused += wrong
    refused = in_order(refused)
    event_data = frame.event_data
    if lines and setting.operation.records_only:
        event_data = _with_counted(event_data, request)
        moves = []
    step = Step(frame.stamp(frame.event_ids[0], event_data), changed, moves)
    accepted = len(changed) + lines
    return Plan(frame.event_ids[0], [step] if accepted else [], accepted, refused)


def _with_counted(event_data: str, request: PostRequest) -> str:
    """Keep counted quantities in the event itself: a count moves nothing."""
    about = json.loads(event_data or "{}")
    about["counted"] = [
        {"product": line.product, "batch": line.batch, "quantity": format(line.quantity, "f")}
        for line in request.quantities
    ]
    return json.dumps(about, ensure_ascii=False, separators=(",", ":"))


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Return refusals in the order of what they point at."""
    return sorted(problems, key=lambda problem: _position(problem.pointer))


def _position(pointer: str | None) -> tuple[list[str], int]:
    parts = (pointer or "").strip("/").split("/")
    numbers = [int(part) for part in parts if part.isdecimal()]
    return [part for part in parts if not part.isdecimal()], numbers[0] if numbers else 0


def whole_packages(changed: Changed, pieces: Sequence[Piece]) -> Changed:
    """Leave out every package of which something is refused, with all its contents: it goes whole or not at all."""
    by_id = {piece.id: piece for piece in pieces}
    good = {piece.id for piece, _ in changed}
    broken: set[int] = set()
    for piece in pieces:
        if piece.id not in good:
            broken.add(_outermost(piece, by_id))
    if not broken:
        return changed
    return [(piece, change) for piece, change in changed if _outermost(piece, by_id) not in broken]


def _outermost(piece: Piece, known: Mapping[int, Piece]) -> int:
    outer = known.get(piece.facts.parent_id or 0)
    if outer is None or piece.facts.state == BUILT_IN:
        return piece.id
    return _outermost(outer, known)


def drawn(changed: Sequence[tuple[Piece, Change]]) -> Counter[tuple[int, int]]:
    """Count the items per product and batch."""
    return Counter((piece.facts.product_id, piece.facts.batch_id) for piece, _ in changed)
