"""What a user does with products."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mazhi.kernel.access import audit
from mazhi.kernel.access.model import Actor
from mazhi.kernel.codes import store as rules
from mazhi.kernel.db import Database, Tx
from mazhi.kernel.errors import ConflictError, NotFoundError
from mazhi.kernel.life_cycles.model import VOID
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.master_data import store as master_data
from mazhi.kernel.master_data.model import Checks, Page, already_exists, in_use, page_of
from mazhi.kernel.places import store as places
from mazhi.kernel.products import store
from mazhi.kernel.products.model import Product, check_product, gtin14
from mazhi.kernel.products.store import ProductFilter

RIGHT = "products.edit"


class Products:
    """The products of one database."""

    def __init__(self, db: Database, life_cycles: LifeCycles) -> None:
        self._db = db
        self._life_cycles = life_cycles

    def create(self, actor: Actor, product: Product) -> Product:
        """Add a product.

        Raises:
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: The code is taken (code ``already_exists``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            clean = self._checked(tx, replace(product, active=True))
            found = master_data.insert(tx, store.product, store.values(clean))
            if found is None:
                raise already_exists(clean.code)
            audit.record(tx, actor, subject="product", key=clean.code, action="create", after=clean.facts())
            return replace(clean, id=found, version=1)

    def get(self, code: str) -> Product:
        """Return one product.

        Raises:
            NotFoundError: There is none of that code (code ``unknown_product``).
        """
        with self._db.read() as tx:
            return _known(tx, code)

    def find(self, wanted: ProductFilter, *, after: str | None = None, limit: int = 100) -> Page[Product]:
        """Return one page of products in the order of their codes."""
        with self._db.read() as tx:
            rows = store.find(tx, wanted, after, limit)
        return page_of(rows, limit, [product.code for product in rows])

    def change(self, actor: Actor, code: str, version: int, changes: Mapping[str, Any]) -> Product:
        """Change some fields of the version that the user saw; the code never changes.

        Raises:
            NotFoundError: There is no such product.
            InvalidInputError: Some fields are wrong; all are named.
            ConflictError: Somebody else changed it meanwhile (``edit_conflict``), or what is in stock does
                not allow it (``tracking_in_use``, ``states_in_use``).
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            old = _known(tx, code)
            master_data.claim(tx, store.product, old.id, version)
            new = self._checked(tx, replace(old, **changes), was=old)
            master_data.update(tx, store.product, old.id, store.values(new))
            audit.record(tx, actor, subject="product", key=code, action="change", before=old.facts(), after=new.facts())
            return replace(new, version=version + 1)

    def delete(self, actor: Actor, code: str) -> None:
        """Remove a product that nothing refers to.

        Raises:
            NotFoundError: There is no such product.
            ConflictError: Something refers to it (code ``in_use``); it can only be deactivated.
        """
        actor.require(RIGHT)
        with self._db.write() as tx:
            old = _known(tx, code)
            master_data.lock(tx, store.product, old.id)
            by = master_data.users(tx, store.USERS, old.id)
            if by or not master_data.delete(tx, store.product, old.id):
                raise in_use(code, by or ["history"])
            audit.record(tx, actor, subject="product", key=code, action="delete", before=old.facts())

    def _checked(self, tx: Tx, product: Product, *, was: Product | None = None) -> Product:
        """Return the product made uniform, or refuse it with everything that is wrong."""
        checks = Checks()
        check_product(product, checks)
        cycles = self._life_cycles.load(tx)
        if product.life_cycle not in cycles:
            checks.fault("/life_cycle", "unknown_life_cycle", item=product.life_cycle)
        named = {rule.place for rule in product.capture.rules if rule.place is not None}
        known = places.by_codes(tx, named) if named else {}
        for place, rule in enumerate(product.capture.rules):
            if rule.place is not None and rule.place not in known:
                checks.fault(f"/capture/rules/{place}/place", "unknown_place", item=rule.place)
        # A rule that was chosen before may be gone meanwhile; that must not stop other changes.
        chosen = product.rule if was is None or was.rule != product.rule else None
        if chosen is not None and rules.newest(tx, chosen) is None:
            checks.fault("/rule", "unknown_rule", item=chosen, rule=chosen)
        checks.done()
        if was is not None:
            self._check_in_stock(tx, was, product)
        return replace(product, name=product.name.strip(), gtin=gtin14(product.gtin) if product.gtin else None)

    def _check_in_stock(self, tx: Tx, old: Product, new: Product) -> None:
        """Refuse changes that would leave what is there already in a state that nobody can leave."""
        if new.tracking != old.tracking and (old.used or master_data.users(tx, store.USERS, old.id)):
            raise ConflictError("tracking_in_use", item=old.code)
        if new.life_cycle != old.life_cycle:
            states = {state.code for state in self._life_cycles.load(tx)[new.life_cycle].states}
            missing = store.states_in_stock(tx, old.id) - states - {VOID}
            if missing:
                raise ConflictError("states_in_use", life_cycle=new.life_cycle, states=", ".join(sorted(missing)))


def _known(tx: Tx, code: str) -> Product:
    found = store.by_codes(tx, [code]).get(code)
    if found is None:
        raise NotFoundError("unknown_product", item=code)
    return found
