"""What a user asks of genealogy: what is inside a thing, where did it go, where is a batch used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from mazhi.kernel.access.model import Actor
from mazhi.kernel.batches.model import Batch
from mazhi.kernel.batches.service import known
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.genealogy import store
from mazhi.kernel.genealogy.model import BATCH, ITEM
from mazhi.kernel.genealogy.telling import page, quantity
from mazhi.kernel.genealogy.tracing import Direction, Node, When, trace
from mazhi.kernel.items import store as items
from mazhi.kernel.items.service import Items

RIGHT = "items.view"


@dataclass(frozen=True, slots=True)
class Question:
    """How a trace goes: which way, at which moment (None: now), how deep, and which page of it."""

    direction: Direction = "down"
    when: When = field(default_factory=When)
    depth: int | None = None
    after: str | None = None
    limit: int = 100

    @property
    def moment(self) -> int | None:
        """The moment whose states and places are told; None: now."""
        return None if self.when.ever else self.when.at


class Genealogy:
    """Reads genealogies."""

    def __init__(self, db: Database, items_service: Items) -> None:
        self._db = db
        self._items = items_service

    def of_item(
        self, actor: Actor, identifier: str, question: Question, *, namespace: str | None = None
    ) -> dict[str, Any]:
        """Trace an item; what is found is counted whole and told page by page."""
        with self._db.read() as tx:
            root: Node = (ITEM, self._items.resolve(tx, actor, identifier, namespace))
            found = trace(tx, [root], question.direction, question.when, question.depth)
            return page(
                tx, found, root, question.direction, after=question.after, limit=question.limit,
                areas=actor.areas(RIGHT), at=question.moment,
            )  # fmt: skip

    def of_batch(self, actor: Actor, code: str, question: Question, *, product: str | None = None) -> dict[str, Any]:
        """Trace where a batch is used: its own pieces, what they and its quantities are inside of, and so on up.

        Raises:
            NotFoundError: There is no such batch.
            ConflictError: Several products have a batch of this code (``ambiguous_batch``).
        """
        actor.require(RIGHT)
        with self._db.read() as tx:
            batch = known(tx, code, product).batch
            root: Node = (BATCH, batch.id)
            own = store.items_of_batch(tx, batch.id)
            pieces: list[Node] = [(ITEM, item_id) for item_id in own]
            found = trace(tx, [root], "up", question.when, question.depth, beside=pieces)
            told = page(
                tx, found, root, "up", after=question.after, limit=question.limit, areas=actor.areas(RIGHT),
                at=question.moment,
            )  # fmt: skip
            units = found.of_kind(ITEM) - set(own)
            return {**told, **_counts(tx, batch, own, units)}


def _counts(tx: Tx, batch: Batch, own: list[int], units: set[int]) -> dict[str, Any]:
    """Sum up where a batch is: its pieces by state, its quantities by state and place, the units around them."""
    pieces = store.by_state(tx, own) if own else []
    around = store.by_state(tx, units) if units else []
    amounts = store.balances(tx, batch.product_id, batch.id)
    products = items.codes_of(tx, "product", {row.product_id for row in around})
    places = items.codes_of(tx, "place", {row.place_id for row in amounts})
    return {
        "pieces": [{"state": row.state, "count": row.pieces} for row in pieces],
        "quantities": [
            {"state": row.state, "place": places.get(row.place_id), "quantity": quantity(row.quantity)}
            for row in amounts
        ],
        "units": [
            {"product": products.get(row.product_id), "state": row.state or None, "count": row.pieces} for row in around
        ],
    }
