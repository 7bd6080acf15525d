"""What a user does with batches."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.batches import store
from mazhi.kernel.batches.model import Batch, BatchView, check_batch, last_day
from mazhi.kernel.batches.store import BatchFilter
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError, Problem, invalid
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.master_data.model import (
    Checks,
    Page,
    already_exists,
    in_use,
    is_code,
    page_of,
)
from mazhi.kernel.partners import store as partners
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product

RIGHT = "batches.edit"


class Batches:
    """The batches of one database."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def create(self, actor: Actor, batch: Batch, *, product: str, supplier: str | None = None) -> BatchView:
        """Add a batch of a product; without a last good day, it is reckoned from the product's shelf life.

        Raises:
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: The product has a batch of that code (code ``already_exists``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            checks = Checks()
            of = products.by_codes(tx, [product]).get(product)
            if of is None:
                checks.fault("/product", "unknown_product", item=product)
            elif of.tracking == "sku":
                checks.fault("/product", "sku_has_no_batches", item=product)
            clean = replace(batch, supplier_id=_supplier(tx, supplier, checks))
            if of is not None:
                master_data.lock(tx, products.product, of.id)
                clean = _dated(replace(clean, product_id=of.id), of)
            check_batch(clean, checks)
            checks.done()
            found = master_data.insert(tx, store.batch, store.values(clean))
            if found is None:
                raise already_exists(clean.code)
            view = BatchView(replace(clean, id=found, version=1), product, supplier)
            audit.record(tx, actor, subject="batch", key=_key(view), action="create", after=view.facts())
            return view

    def get(self, code: str, *, product: str | None = None) -> BatchView:
        """Return one batch; the product is needed where several products have a batch of that code.

        Raises:
            NotFoundError: There is none (code ``unknown_batch``).
            ConflictError: Several products have one (code ``ambiguous_batch``, one problem for each).
        """
        with self._db.read() as tx:
            return known(tx, code, product)

    def find(
        self,
        wanted: BatchFilter,
        *,
        product: str | None = None,
        supplier: str | None = None,
        after: str | None = None,
        limit: int = 100,
    ) -> Page[BatchView]:
        """Return one page of batches in the order of their codes.

        Raises:
            NotFoundError: There is no such product or supplier to look for.
            InvalidInputError: ``after`` is not the ``next`` of an earlier page.
        """
        with self._db.read() as tx:
            if product is not None:
                wanted = replace(wanted, product_id=_product(tx, product).id)
            if supplier is not None:
                found = partners.by_codes(tx, [supplier]).get(supplier)
                if found is None:
                    raise NotFoundError("unknown_partner", item=supplier)
                wanted = replace(wanted, supplier_id=found.id)
            rows = _views(tx, store.find(tx, wanted, _after(tx, after), limit))
        keys = [json.dumps([view.batch.code, view.product], ensure_ascii=False) for view in rows]
        return page_of(rows, limit, keys)

    def change(
        self, actor: Actor, code: str, version: int, changes: Mapping[str, Any], *, product: str | None = None
    ) -> BatchView:
        """Change some fields of the version that the user saw; code and product never change.

        Raises:
            NotFoundError: There is no such batch.
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: Somebody else changed it meanwhile (``edit_conflict``), or it is ``ambiguous_batch``.
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            old = known(tx, code, product)
            master_data.claim(tx, store.batch, old.batch.id, version)
            checks = Checks()
            fields = dict(changes)
            supplier = fields.pop("supplier", old.supplier)
            of = _product(tx, old.product)
            if "expires_on" not in fields and old.batch.expires_on == last_day(old.batch.made_on, of.shelf_life_days):
                # It was reckoned, not given: reckon it again from the new date.
                fields["expires_on"] = None
            new = replace(old.batch, **fields, supplier_id=_supplier(tx, supplier, checks))
            new = _dated(new, of)
            check_batch(new, checks)
            checks.done()
            master_data.update(tx, store.batch, new.id, store.values(new))
            view = BatchView(replace(new, version=version + 1), old.product, supplier)
            audit.record(
                tx,
                actor,
                subject="batch",
                key=_key(view),
                action="change",
                before=old.facts(),
                after=view.facts(),
            )
            return view

    def delete(self, actor: Actor, code: str, *, product: str | None = None) -> None:
        """Remove a batch that nothing refers to.

        Raises:
            NotFoundError: There is no such batch.
            ConflictError: Something refers to it (code ``in_use``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            old = known(tx, code, product)
            master_data.lock(tx, store.batch, old.batch.id)
            by = master_data.users(tx, store.USERS, old.batch.id)
            if by or not master_data.delete(tx, store.batch, old.batch.id):
                raise in_use(code, by or ["history"])
            audit.record(tx, actor, subject="batch", key=_key(old), action="delete", before=old.facts())


def _key(view: BatchView) -> str:
    return f"{view.product} {view.batch.code}"


def _dated(batch: Batch, product: Product) -> Batch:
    if batch.expires_on is not None:
        return batch
    return replace(batch, expires_on=last_day(batch.made_on, product.shelf_life_days))


def _supplier(tx: Tx, code: str | None, checks: Checks) -> int:
    if code is None:
        return 0
    found = partners.by_codes(tx, [code]).get(code)
    if found is None:
        checks.fault("/supplier", "unknown_partner", item=code)
        return 0
    master_data.lock(tx, partners.partner, found.id)
    return found.id


def _product(tx: Tx, code: str) -> Product:
    found = products.by_codes(tx, [code]).get(code)
    if found is None:
        raise NotFoundError("unknown_product", item=code)
    return found


def known(tx: Tx, code: str, product: str | None) -> BatchView:
    """Return the one batch of that code (and product); see ``Batches.get`` for what it raises."""
    if product is None:
        found = store.by_code(tx, code)
    else:
        of = _product(tx, product)
        found = list(store.by_codes(tx, [(of.id, code)]).values())
    if not found:
        raise NotFoundError("unknown_batch", item=code)
    views = _views(tx, found)
    if len(views) > 1:
        problems = [Problem("batch_of_product", {"product": view.product}, None, code) for view in views]
        raise ConflictError("ambiguous_batch", problems=problems, item=code)
    return views[0]


def _views(tx: Tx, batches: list[Batch]) -> list[BatchView]:
    of = products.by_ids(tx, {batch.product_id for batch in batches})
    suppliers = partners.by_ids(tx, {batch.supplier_id for batch in batches} - {0})
    return [
        BatchView(
            batch,
            of[batch.product_id].code,
            suppliers[batch.supplier_id].code if batch.supplier_id else None,
        )
        for batch in batches
    ]


def _after(tx: Tx, after: str | None) -> tuple[str, int] | None:
    if after is None:
        return None
    try:
        code, product = (str(part) for part in json.loads(after))
    except (ValueError, TypeError):
        code = product = ""
    of = products.by_codes(tx, [product]).get(product) if is_code(product) else None
    if of is None or not is_code(code):
        raise invalid("/query/after", "bad_after")
    return code, of.id
