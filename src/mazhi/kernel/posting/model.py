"""The rules of posting: what an operation does to an item in a given situation. No database here.

Items that are alike in everything that decides (``Facts``) get the same answer, so it is worked out once for each
different ``Facts`` and not once per item.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from mazhi.kernel.batches.model import Batch
from mazhi.kernel.errors import Problem
from mazhi.kernel.life_cycles.model import VOID, LifeCycle
from mazhi.kernel.posting.marks import BLOCKING, read_marks
from mazhi.kernel.posting.operation import HolderRule, Operation, PlaceRule
from mazhi.kernel.products.model import Product

BUILT_IN = "built_in"
QUALITIES = ("pending", "released", "concession", "rejected")
USABLE = ("released", "concession")
MILLION = 1_000_000
MAX_QUANTITY = 10**12
MOST_COMPONENTS = 10_000


class Facts(NamedTuple):
    """Everything of an item that decides what may happen to it; in the order of the item table's columns."""

    kind: str
    product_id: int
    batch_id: int
    state: str
    quality: str
    owner_id: int
    marks: str
    holder_id: int
    place_id: int
    parent_id: int | None
    warranty_start: str | None
    warranty_end: str | None


CHANGING = ("quality", "owner_id", "marks", "holder_id", "parent_id", "warranty_start", "warranty_end")
"""The facts whose changes stand in a history row's ``data``; state and place have columns of their own."""

BIRTH = ("kind", "product_id", "batch_id")
"""The facts that are settled at birth: in the event where all newborn share them, else in the first row."""


class Change(NamedTuple):
    """What becomes of an item: its facts afterwards and the ``data`` of its history row."""

    after: Facts
    data: str


@dataclass(frozen=True, slots=True)
class ItemRef:
    """An item as the caller names it; callers of the kernel that have found it already give its id."""

    value: str
    namespace: str | None = None
    item_id: int | None = None


@dataclass(frozen=True, slots=True)
class QuantityLine:
    """A quantity of batch or SKU goods as the caller names it."""

    product: str
    quantity: Decimal
    batch: str | None = None
    owner: str | None = None
    quality: str | None = None
    state: str | None = None


@dataclass(frozen=True, slots=True)
class PostRequest:
    """One request to carry out an operation."""

    kind: str
    items: Sequence[ItemRef] = ()
    quantities: Sequence[QuantityLine] = ()
    from_place: str | None = None
    place: str | None = None
    partner: str | None = None
    document: str = ""
    occurred_at: int | None = None
    note: str = ""
    mode: Literal["all", "partial"] = "all"
    client_key: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a request.

    ``event`` is None where nothing was accepted; ``remarks`` say what else is worth knowing.
    """

    event: int | None
    accepted: int
    refused: list[Problem]
    remarks: list[Problem] = field(default_factory=list)


def _nothing(_: Collection[int]) -> Mapping[int, tuple[str, int]]:
    return {}


@dataclass(slots=True)
class Setting:
    """The situation in which items are judged: one per request."""

    operation: Operation
    event_id: int
    occurred_at: int
    occurred_on: date
    data: Mapping[str, Any]
    document: str = ""
    place_id: int = 0
    from_ids: frozenset[int] | None = None
    partner_id: int = 0
    partner_kind: str = ""
    owner_id: int | None = None
    areas: frozenset[int] | None = None
    products: Mapping[int, Product] = field(default_factory=dict)
    cycles: Mapping[str, LifeCycle] = field(default_factory=dict)
    batches: Mapping[int, Batch] = field(default_factory=dict)
    reserved: Callable[[Collection[int]], Mapping[int, tuple[str, int]]] = field(default=_nothing)
    """Asks for which document, and until when, pieces are reserved."""

    def cycle(self, product_id: int) -> LifeCycle:
        """Return the life cycle of a product; packages follow that of goods."""
        product = self.products.get(product_id)
        return self.cycles[product.life_cycle if product else "goods"]

    @property
    def choice(self) -> str | None:
        """Return the end state that the caller chose, where the operation lets them choose."""
        return str(self.data.get("to") or "") or None if self.operation.chooses else None

    @property
    def back_to_supplier(self) -> bool:
        """Tell whether goods go back to a supplier, which no mark and no quality stops."""
        return self.operation.name == "ship" and self.partner_kind == "supplier"


def decide(facts: Facts, setting: Setting, role: str | None = None) -> Change | Problem:
    """Judge one item: what becomes of it, or why not. ``role`` replaces the operation's name in the life cycle."""
    operation = setting.operation
    if facts.state == BUILT_IN and not operation.on_built_in:
        return Problem("already_inside", {"parent_id": facts.parent_id})
    target = _target(facts, setting, role or operation.name)
    if isinstance(target, Problem):
        return target
    refusal = _refusal(facts, setting, target)
    if refusal is not None:
        return refusal
    after = _start_warranty(_move(facts, setting, target), setting)
    if operation.effect is not None:
        effected = operation.effect(after, setting)
        if isinstance(effected, Problem):
            return effected
        after = effected
    return Change(after, changes(facts, after))


def _target(facts: Facts, setting: Setting, name: str) -> str | Problem:
    target = setting.cycle(facts.product_id).target(name, facts.state, setting.choice)
    if isinstance(target, str):
        return target
    product = setting.products.get(facts.product_id)
    if product is not None and facts.state == "coded":
        if name == "ship" and product.capture.outbound_only:
            return "shipped"
        if name == "activate" and product.capture.track_only:
            return "sold"
    return Problem(target.code, {**target.params, "operation": setting.operation.name})


def _refusal(facts: Facts, setting: Setting, target: str) -> Problem | None:
    operation = setting.operation
    if setting.from_ids is not None and facts.place_id not in setting.from_ids and not _only_drawn(facts, setting):
        return Problem("wrong_place", {"place_id": facts.place_id})
    if setting.areas is not None and not _in_area(facts, setting):
        return Problem("no_right", {"right": f"operation.{operation.name}", "place_id": facts.place_id})
    if setting.back_to_supplier:
        return None
    if operation.use or target in operation.blocked_into:
        marked = {mark for mark, _, _ in read_marks(facts.marks)}
        for mark in BLOCKING:
            if mark in marked:
                cause = next(why for known, why, _ in read_marks(facts.marks) if known == mark)
                return Problem(mark, {"cause": cause})
    if operation.use:
        if facts.quality not in USABLE:
            return Problem("not_released", {"quality": facts.quality})
        return expired(facts.batch_id, setting)
    return None


def born_by_shipping(facts: Facts, setting: Setting) -> bool:
    """Tell whether a piece comes to be only by this shipment: ``from`` is where its quantity is drawn from."""
    product = setting.products.get(facts.product_id)
    return (
        setting.operation.name == "ship"
        and facts.state == "coded"
        and product is not None
        and product.capture.outbound_only
    )


def _only_drawn(facts: Facts, setting: Setting) -> bool:
    """Tell whether a piece stands nowhere yet, so that only the quantity drawn for it has a place."""
    return facts.place_id == 0 and born_by_shipping(facts, setting)


def expired(batch_id: int, setting: Setting) -> Problem | None:
    """Refuse goods of a batch whose shelf life is over."""
    batch = setting.batches.get(batch_id)
    if batch is None or not batch.is_expired(setting.occurred_on):
        return None
    return Problem("expired", {"batch": batch.code, "expires_on": str(batch.expires_on)})


def _in_area(facts: Facts, setting: Setting) -> bool:
    assert setting.areas is not None  # noqa: S101 - the caller asked
    here = facts.place_id == 0 or facts.place_id in setting.areas
    there = setting.place_id == 0 or setting.place_id in setting.areas
    nowhere = facts.place_id == 0 and setting.place_id == 0 and not _only_drawn(facts, setting)
    return here and there and not nowhere


def _move(facts: Facts, setting: Setting, target: str) -> Facts:
    operation = setting.operation
    if operation.records_only:
        return facts
    place_id = setting.place_id or facts.place_id
    if operation.place is PlaceRule.CLEARED or target in operation.clears_into or target == BUILT_IN:
        place_id = 0
    holder_id = facts.holder_id
    if operation.holder is HolderRule.PARTNER:
        holder_id = setting.partner_id or facts.holder_id
    elif operation.holder is HolderRule.CLEARED:
        holder_id = 0
    product = setting.products.get(facts.product_id)
    quality = facts.quality
    if product is not None and operation.name in product.inspect_on:
        quality = "pending"
    return facts._replace(
        state=target,
        place_id=place_id,
        holder_id=holder_id,
        owner_id=facts.owner_id if setting.owner_id is None else setting.owner_id,
        quality=quality,
    )


def _start_warranty(facts: Facts, setting: Setting) -> Facts:
    """Start the warranty where the product's rule says so, at the latest with the activation; it starts once."""
    product = setting.products.get(facts.product_id)
    if product is None or facts.warranty_start is not None or product.warranty_from == "none":
        return facts
    if setting.operation.name not in {product.warranty_from, "activate"}:
        return facts
    delay = 0 if setting.operation.name == "activate" else product.warranty_delay_days
    start = setting.occurred_on + timedelta(days=delay)
    end = None if product.warranty_days is None else (start + timedelta(days=product.warranty_days)).isoformat()
    return facts._replace(warranty_start=start.isoformat(), warranty_end=end)


def changes(before: Facts | None, after: Facts, *, born: bool = False) -> str:
    """Write what changed besides state and place as the ``data`` of a history row: ``{name: [old, new]}``."""
    found: dict[str, list[Any]] = {}
    for name in (*BIRTH, *CHANGING) if born else CHANGING:
        old = getattr(before or NEW, name)
        new = getattr(after, name)
        if old != new:
            found[name] = [old, new]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) if found else ""


NEW = Facts("serial", 0, 0, VOID, "released", 0, "", 0, 0, None, None, None)
"""What a thing is before it is: a first history row holds only what differs from this."""
