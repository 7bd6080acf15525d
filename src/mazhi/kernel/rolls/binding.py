"""Binding labels (绑定): one scan lets the piece be born, or marks the piece that is there, and links its mothers.

Everything that binding does to items goes through the operations of the ledger: ``commission`` for pieces and
packages that come into being, ``relabel`` for a piece that was there before, ``pack`` for what goes into a package.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.batches import store as batches
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, Problem
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.making.birth import Births, bear
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.packaging import store as packaging
from mazhi.kernel.places import store as places
from mazhi.kernel.posting import store as posting
from mazhi.kernel.posting.model import NEW, Facts, ItemRef, PostRequest
from mazhi.kernel.posting.period import check_time
from mazhi.kernel.posting.planning import find_pieces
from mazhi.kernel.posting.service import Posting
from mazhi.kernel.posting.writing import Stamp
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product
from mazhi.kernel.rolls import store
from mazhi.kernel.rolls.model import MOST_SCANS, OWN, Binding, Label, Piece, Roll, Scan, plan_binding

RACES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class BindRequest:
    """Labels that were scanned to be bound.

    Attributes:
        roll: The roll that all of them must be of; None: whichever they are of.
        product: The product that they must be for, as the work order says; None: whatever the roll is for.
        batch: The batch of pieces that come into being.
        place: Where they are.
    """

    scans: Sequence[Scan]
    roll: str | None = None
    product: str | None = None
    batch: str | None = None
    place: str | None = None
    document: str = ""
    note: str = ""
    occurred_at: int | None = None
    client_key: str | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """What was bound: one entry a label; ``events`` in the order in which they happened."""

    events: list[int]
    labels: list[dict[str, Any]]


@dataclass(slots=True)
class _Work:
    """A binding being carried out."""

    actor: Actor
    request: BindRequest
    rolls: Mapping[int, Roll]
    found: Binding
    event_ids: range
    item_ids: range
    at: int
    now: int
    events: list[int]
    items: dict[Label, int]

    def event(self) -> int:
        event_id = self.event_ids[len(self.events)]
        self.events.append(event_id)
        return event_id


class RollBinding:
    """Binds labels of rolls."""

    def __init__(
        self, db: Database, life_cycles: LifeCycles, posting_service: Posting, item_ids: Ids, event_ids: Ids
    ) -> None:
        self._db = db
        self._life_cycles = life_cycles
        self._posting = posting_service
        self._item_ids = item_ids
        self._event_ids = event_ids

    def bind(self, actor: Actor, request: BindRequest) -> Bound:
        """Bind labels, all of them or none; a whole set, or all that a mother label stands for, by one scan.

        Raises:
            InvalidInputError: The request is wrong, or names what is unknown.
            ConflictError: ``labels_refused`` with every refusal; ``operation_refused`` where the ledger refuses what
                binding would do to an item; or ``client_key_reused``. Nothing is changed then.
        """
        actor.require("items.make")
        _check(request)
        for _ in range(RACES):
            with self._db.read() as tx:
                _, _, found = _plan(tx, request, locked=False)
            born = sum(piece.item is None for piece in found.pieces) + len(found.packages)
            events = 1 + len(found.pieces) - born + len(found.packages) + len(found.packs)
            item_ids = self._item_ids.take(born) if born else range(0)
            event_ids = self._event_ids.take(max(events, 1))
            try:
                return self._commit(actor, request, item_ids, event_ids)
            except _ChangedError:
                continue
        raise ConflictError("labels_changed_meanwhile")

    def _commit(self, actor: Actor, request: BindRequest, item_ids: range, event_ids: range) -> Bound:
        now = clock.now()
        with self._db.write() as tx:
            if request.client_key is not None:
                known = posting.claim_request(tx, request.client_key, _fingerprint(request), now)
                if known is not None:
                    return _repeat(request, known)
            at = now if request.occurred_at is None else request.occurred_at
            check_time(tx, actor, at, now)
            rolls, product, found = _plan(tx, request, locked=True)
            if found.refused:
                raise ConflictError("labels_refused", problems=found.refused, refused=len(found.refused))
            work = _Work(actor, request, rolls, found, event_ids, item_ids, at, now, [], {})
            try:
                self._carry_out(tx, work, product)
            except IndexError:
                raise _ChangedError from None
            bound = Bound(work.events, [_told(work, label) for label in work.items])
            _log(tx, work)
            if request.client_key is not None:
                answer = json.dumps(asdict(bound), ensure_ascii=False)
                posting.store_answer(tx, request.client_key, bound.events[0], answer)
            return bound

    def _carry_out(self, tx: Tx, work: _Work, product: Product) -> None:
        born = [piece for piece in work.found.pieces if piece.item is None]
        there = [piece for piece in work.found.pieces if piece.item is not None]
        if there:
            self._mark(tx, work, there, product)
        if born or work.found.packages:
            self._bear(tx, work, born, product)
        for mother, children in work.found.packs:
            self._pack(tx, work, mother, children)

    def _bear(self, tx: Tx, work: _Work, born: Sequence[Piece], product: Product) -> None:
        """Let pieces and packages come into being under the codes of their labels."""
        packages = work.found.packages
        event_id = work.event()
        ids = work.item_ids[: len(born) + len(packages)]
        if len(ids) < len(born) + len(packages):
            raise IndexError
        rows: list[tuple[Label, int, int]] = []
        others: list[tuple[str, str, int]] = []
        for place, piece in enumerate(born):
            work.items[piece.label] = ids[place]
            rows += [(label, ids[place], event_id) for label in (piece.label, *piece.aliases)]
            others += [(alias.code, alias.namespace, place) for alias in piece.aliases]
        for place, label in enumerate(packages, len(born)):
            work.items[label] = ids[place]
            rows.append((label, ids[place], event_id))
        store.bind(tx, rows, work.actor.name)
        facts, box = self._facts(tx, work, product)
        each = [facts] * len(born) + [box] * len(packages)
        codes = [piece.label.code for piece in born] + [label.code for label in packages]
        request = work.request
        about = {"roll": sorted({roll.code for roll in work.rolls.values()})}
        stamp = Stamp(
            event_id, "commission", work.at, work.now, work.actor.name, work.actor.device, request.document,
            request.note, json.dumps({"data": about}, ensure_ascii=False, separators=(",", ":")),
        )  # fmt: skip
        bear(tx, stamp, Births(ids, codes, facts if not packages else each, OWN, others))
        master_data.mark_used(tx, products.product, [product])
        self._set_types(tx, work)

    def _facts(self, tx: Tx, work: _Work, product: Product) -> tuple[Facts, Facts]:
        """Say what newborn pieces and packages are like."""
        request, problems = work.request, []
        place = places.by_codes(tx, [request.place]).get(request.place) if request.place else None
        batch = None
        if request.place and place is None:
            problems.append(Problem("unknown_place", {"item": request.place}, "/place"))
        if request.batch:
            batch = batches.by_codes(tx, [(product.id, request.batch)]).get((product.id, request.batch))
            if batch is None:
                problems.append(Problem("unknown_batch", {"item": request.batch, "product": product.code}, "/batch"))
        if problems:
            raise InvalidInputError("invalid_input", problems=problems)
        areas = work.actor.areas("items.make")
        if areas is not None and (place.id if place else 0) not in areas:
            raise ForbiddenError("no_right", right="items.make")
        cycles = self._life_cycles.load(tx)
        piece = NEW._replace(
            kind="serial",
            product_id=product.id,
            batch_id=batch.id if batch else 0,
            place_id=place.id if place else 0,
            state=cycles[product.life_cycle].birth,
            quality="pending" if "commission" in product.inspect_on else NEW.quality,
        )
        box = NEW._replace(kind="package", place_id=piece.place_id, state=cycles["goods"].birth)
        return piece, box

    def _set_types(self, tx: Tx, work: _Work) -> None:
        by_type: dict[str, list[int]] = {}
        for label in work.found.packages:
            named = work.rolls[label.roll_id].parts[label.part].package_type
            if named is not None:
                by_type.setdefault(named, []).append(work.items[label])
        for code, item_ids in by_type.items():
            kind = packaging.by_code(tx, code)
            if kind is not None:
                packaging.set_types(tx, item_ids, kind.id)

    def _mark(self, tx: Tx, work: _Work, there: Sequence[Piece], product: Product) -> None:
        """Give pieces that are there already the codes of the labels that were stuck on them."""
        refs = [piece.item for piece in there if piece.item is not None]
        items, refused = find_pieces(tx, refs, pointers=[f"{piece.pointer}/item" for piece in there])
        wrong = [item for item in items if item.facts.product_id != product.id]
        refused += [
            Problem("label_of_other_product", {"product": product.code}, item.pointer, item.given) for item in wrong
        ]
        if refused:
            raise ConflictError("operation_refused", problems=refused, refused=len(refused))
        for piece, item in zip(there, items, strict=True):
            work.actor.require("operation.relabel")
            event_id = work.event()
            work.items[piece.label] = item.id
            store.bind(tx, [(label, item.id, event_id) for label in (piece.label, *piece.aliases)], work.actor.name)
            data = {"new": piece.label.code, "reason": "label"}
            self._post(tx, work, event_id, "relabel", [ItemRef(item.given, item_id=item.id)], data, piece.pointer)
            aliases = [(alias.code, alias.namespace, item.id, event_id) for alias in piece.aliases]
            if aliases and posting.insert_identifiers(tx, aliases):
                raise ConflictError("already_exists", item=piece.label.code, count=len(aliases))

    def _pack(self, tx: Tx, work: _Work, mother: Label, children: Sequence[Label]) -> None:
        work.actor.require("operation.pack")
        items = [ItemRef(child.code, item_id=work.items[child]) for child in children]
        into = {"identifier": mother.code, "namespace": OWN}
        pointer = next((piece.pointer for piece in work.found.pieces if piece.label in children), "/scans")
        self._post(tx, work, work.event(), "pack", items, {"into": into}, pointer)

    def _post(
        self, tx: Tx, work: _Work, event_id: int, kind: str, items: Sequence[ItemRef], data: dict[str, Any],
        pointer: str,
    ) -> None:  # fmt: skip
        request = PostRequest(
            kind=kind, items=items, data=data, document=work.request.document, note=work.request.note,
            occurred_at=work.request.occurred_at,
        )  # fmt: skip
        try:
            self._posting.post_in(tx, work.actor, request, range(event_id, event_id + 1))
        except ConflictError as error:
            error.problems = [replace(problem, pointer=pointer) for problem in error.problems]
            raise


class _ChangedError(Exception):
    """Somebody gave labels out meanwhile, so that more is to be done than there are ids for."""


def _check(request: BindRequest) -> None:
    problems: list[Problem] = []
    if not request.scans:
        problems.append(Problem("nothing_to_do", {}, "/scans"))
    if len(request.scans) > MOST_SCANS:
        problems.append(Problem("too_many_items", {"most": MOST_SCANS}, "/scans"))
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)


def _plan(tx: Tx, request: BindRequest, *, locked: bool) -> tuple[dict[int, Roll], Product, Binding]:
    """Look up what was scanned, lock the sets if wanted, and say what binding them comes to."""
    named = [scan.label for scan in request.scans if "\0" not in scan.label]
    hits = store.labels_of(tx, named)
    labels = store.labels_in_sets(tx, [(hit.roll_id, hit.set_number) for hit in hits], locked=locked)
    rolls = store.by_ids(tx, [label.roll_id for label in hits])
    wanted = products.by_ids(tx, {roll.product_id for roll in rolls.values()})
    found = plan_binding(rolls, labels, request.scans)
    known = {hit.code: rolls[hit.roll_id] for hit in hits}
    found.refused += _elsewhere(request, known, wanted)
    product = next(iter(wanted.values()), None)
    if product is None:
        raise ConflictError("labels_refused", problems=found.refused, refused=len(found.refused))
    if len(wanted) > 1 and not found.refused:
        found.refused.append(Problem("labels_of_several_products", {}, "/scans"))
    return rolls, product, found


def _elsewhere(request: BindRequest, known: Mapping[str, Roll], wanted: Mapping[int, Product]) -> list[Problem]:
    """Refuse labels of another roll, or for another product, than the one that is asked for."""
    refused: list[Problem] = []
    for place, scan in enumerate(request.scans):
        roll = known.get(scan.label)
        if roll is None:
            continue
        product = wanted[roll.product_id].code
        if request.product is not None and product != request.product:
            facts: dict[str, object] = {"product": product, "wanted": request.product, "roll": roll.code}
            refused.append(Problem("label_for_other_product", facts, f"/scans/{place}", scan.label))
        elif request.roll is not None and roll.code != request.roll:
            about: dict[str, object] = {"roll": roll.code, "wanted": request.roll}
            refused.append(Problem("label_of_other_roll", about, f"/scans/{place}", scan.label))
    return refused


def _told(work: _Work, label: Label) -> dict[str, Any]:
    """Describe one piece or package that has its label now."""
    roll = work.rolls[label.roll_id]
    mother = next((into.code for into, children in work.found.packs if label in children), None)
    piece = next((one for one in work.found.pieces if one.label == label), None)
    return {
        "label": label.code,
        "roll": roll.code,
        "set": label.set_number,
        "part": roll.parts[label.part].name,
        "kind": roll.parts[label.part].kind,
        "aliases": [alias.code for alias in piece.aliases] if piece else [],
        "item": piece.item.value if piece and piece.item else None,
        "package": mother,
    }


def _log(tx: Tx, work: _Work) -> None:
    """Note in the log of each roll what was bound."""
    used: dict[int, list[Label]] = {}
    for piece in work.found.pieces:
        used.setdefault(piece.label.roll_id, []).extend((piece.label, *piece.aliases))
    for label in work.found.packages:
        used.setdefault(label.roll_id, []).append(label)
    rows = [
        {
            "roll_id": roll_id, "kind": "bound", "labels": len(labels), "first_code": labels[0].code,
            "last_code": labels[-1].code, "first_set": min(one.set_number for one in labels),
            "last_set": max(one.set_number for one in labels), "document": work.request.document,
            "event_id": work.events[0], "at": work.now, "actor": work.actor.name, "device": work.actor.device,
        }
        for roll_id, labels in used.items()
    ]  # fmt: skip
    store.insert_log(tx, rows)


def _fingerprint(request: BindRequest) -> str:
    body = asdict(request)
    del body["client_key"]
    return hashlib.sha256(json.dumps(["bind", body], sort_keys=True, default=str).encode()).hexdigest()


def _repeat(request: BindRequest, known: tuple[str, str]) -> Bound:
    body_hash, answer = known
    if body_hash != _fingerprint(request):
        raise ConflictError("client_key_reused", client_key=request.client_key)
    return Bound(**json.loads(answer))
