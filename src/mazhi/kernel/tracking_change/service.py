"""Changing how a product is tracked (跟踪方式变更): look first, then carry over, at once or while counting."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.codes.service import CodeRules
from mazhi.kernel.counters.service import Ids
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, ForbiddenError, InvalidInputError, NotFoundError
from mazhi.kernel.making.drawing import Drawing
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.posting import store as posting
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product
from mazhi.kernel.tracking_change import carrying, store
from mazhi.kernel.tracking_change.model import Line, Way, Wish, carried, direction

SHOWN = 10_000


@dataclass(frozen=True, slots=True)
class Look:
    """What a change comes to: what is carried over and what stays a quantity, for whoever decides."""

    product: Product
    wish: Wish
    way: Way
    lines: tuple[Line, ...]
    left: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done: the events that tell it, the codes that were made, or the count that was opened."""

    events: tuple[int, ...] = ()
    count: int = 0
    codes: tuple[str, ...] = field(default=())
    change: int | None = None
    was: str = ""


class TrackingChanges:
    """Changes of tracking."""

    def __init__(self, db: Database, codes: CodeRules, item_ids: Ids, event_ids: Ids) -> None:
        self._db = db
        self._codes = codes
        self._item_ids = item_ids
        self._event_ids = event_ids

    def look(self, actor: Actor, code: str, wish: Wish) -> Look:
        """Say what the change would carry over, and change nothing.

        Raises:
            NotFoundError: There is no such product.
            InvalidInputError: The change cannot be made; everything that stands against it is named.
        """
        allowed(actor, wish)
        with self._db.read() as tx:
            return _look(known(tx, code), wish, store.pool, tx)

    def change(self, actor: Actor, code: str, wish: Wish) -> Changed:
        """Change the tracking and carry the stock over, in one transaction; or open the count that will.

        Raises:
            NotFoundError: There is no such product or rule.
            InvalidInputError: The change cannot be made; everything that stands against it is named.
            ConflictError: The stock changed meanwhile (``stock_changed``), codes are taken, a count is open already
                (``count_open``), or the client key was used for another request.
        """
        allowed(actor, wish)
        mark = _fingerprint(code, wish)
        with self._db.read() as tx:
            earlier = posting.known_request(tx, wish.client_key, mark) if wish.client_key else None
            repeated = _known(earlier, wish, mark)
            if repeated is not None:
                return repeated
            seen = _look(known(tx, code), wish, store.pool, tx)
        units = sum(line.units for line in seen.lines) if seen.way == "rule" else 0
        fresh = self._draw(seen.product, wish, units) if units else []
        event_ids = self._event_ids.take(2)
        item_ids = self._item_ids.take(units) if units else range(0)
        with self._db.write() as tx:
            if wish.client_key:
                repeated = _known(posting.claim_request(tx, wish.client_key, mark, clock.now()), wish, mark)
                if repeated is not None:
                    return repeated
            product = known(tx, code)
            master_data.lock(tx, products.product, product.id)
            look = _look(known(tx, code), wish, lambda tx, one: posting.lock_pool(tx, [one]), tx)
            if look.lines != seen.lines:
                raise ConflictError("stock_changed", item=code)
            done = self._carry(tx, actor, look, fresh, event_ids, item_ids)
            if wish.client_key:
                posting.store_answer(tx, wish.client_key, None, json.dumps(asdict(done)))
            return done

    def _carry(
        self, tx: Tx, actor: Actor, look: Look, fresh: Sequence[str], event_ids: range, item_ids: range
    ) -> Changed:
        product, wish, lines = look.product, look.wish, look.lines
        if look.way == "scan":
            change_id = store.start(tx, product.id, wish.reason, actor.name)
            if change_id is None:
                raise ConflictError("count_open", item=product.code)
            store.add_lines(tx, change_id, [line.key for line in lines], 1)
            return Changed(change=change_id, was=product.tracking)
        carrying.change_product(tx, actor, product, wish, with_batches=product.has_batches)
        if look.way == "batch":
            carrying.into_batches(tx, actor, product, wish, lines, event_ids[0])
            return Changed((event_ids[0],), len(lines), was=product.tracking)
        if look.way == "rule":
            rest = iter(fresh)
            chosen = {line: [next(rest) for _ in range(line.units)] for line in lines}
            carrying.into_pieces(tx, actor, product, wish, chosen, event_ids, item_ids)
            return Changed(tuple(event_ids), len(fresh), tuple(fresh[:SHOWN]), was=product.tracking)
        return Changed(was=product.tracking)

    def _draw(self, product: Product, wish: Wish, units: int) -> list[str]:
        rule = str(wish.rule)
        at = clock.to_datetime(clock.now(), clock.DEFAULT_ZONE)
        drawing = Drawing(
            self._db, rule, "own", self._codes.space(rule),
            lambda count: self._codes.issue(rule, count, product=product, at=at).codes,
        )  # fmt: skip
        return drawing.fresh(units, ())


def allowed(actor: Actor, wish: Wish) -> None:
    """Let only those change a tracking who may do everything that it consists of, everywhere.

    Raises:
        ForbiddenError: A right is missing, or holds for some places only.
    """
    needed = ["products.edit", "operation.adjust", *(["items.make"] if wish.to == "serial" else [])]
    for right in needed:
        actor.require(right)
        if actor.areas(right) is not None:
            raise ForbiddenError("no_right", right=right)


def known(tx: Tx, code: str) -> Product:
    """Return a product.

    Raises:
        NotFoundError: There is none of that code.
    """
    found = products.by_codes(tx, [code]).get(code)
    if found is None:
        raise NotFoundError("unknown_product", item=code)
    return found


def _look(product: Product, wish: Wish, read: Any, tx: Tx) -> Look:
    balances: Mapping[Any, int] = read(tx, product.id)
    keys = carried(wish.to, balances)
    lines = tuple(Line(number, key, balances[key]) for number, key in enumerate(keys, 1))
    rest = sorted(key for key, quantity in balances.items() if quantity and key not in set(keys))
    left = tuple(Line(number, key, balances[key]) for number, key in enumerate(rest, len(lines) + 1))
    way, problems = direction(product, wish, lines, stocked=store.is_stocked(tx, product.id))
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    return Look(product, wish, way, lines, left)


def _fingerprint(code: str, wish: Wish) -> str:
    body = asdict(wish)
    del body["client_key"]
    return hashlib.sha256(json.dumps(["tracking", code, body], sort_keys=True).encode()).hexdigest()


def _known(found: tuple[str, str] | None, wish: Wish, mark: str) -> Changed | None:
    """Return the answer of an earlier request with the same key."""
    if found is None:
        return None
    if found[0] != mark:
        raise ConflictError("client_key_reused", client_key=wish.client_key)
    answer = json.loads(found[1])
    return Changed(tuple(answer["events"]), answer["count"], tuple(answer["codes"]), answer["change"], answer["was"])
