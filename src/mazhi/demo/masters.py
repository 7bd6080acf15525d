"""The demo's master data, created where it is missing, so that a killed demo can go on."""

from __future__ import annotations

from collections.abc import Callable

from mazhi.bootstrap import System
from mazhi.demo import company
from mazhi.demo.days import Days
from mazhi.demo.production import batches
from mazhi.demo.story import Person
from mazhi.demo.supplies import filter_batches
from mazhi.kernel.access.model import SYSTEM
from mazhi.kernel.batches.model import Batch
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import ConflictError
from mazhi.kernel.partners.model import Partner


def create_masters(system: System, days: Days) -> None:
    """Create code rule, products, places, partners and batches."""
    unless_there(lambda: system.codes.create(SYSTEM, company.RULE))
    for product in company.PRODUCTS:
        unless_there(lambda: system.products.create(SYSTEM, product))  # noqa: B023 - called at once
    for place, inside in company.places():
        unless_there(lambda: system.places.create(SYSTEM, place, parent=inside))  # noqa: B023 - called at once
    for partner in company.partners():
        unless_there(lambda: system.partners.create(SYSTEM, partner))  # noqa: B023 - called at once
    for product_code, code, day in batches(days):
        _batch(system, product_code, Batch(code=code, made_on=day))
    for filters in filter_batches(days):
        _batch(system, company.FILTER, Batch(code=filters.code, made_on=filters.made_on, expires_on=filters.expires_on))
    for code, number, _ in company.PUMP_BATCHES:
        _batch(system, company.PUMP, Batch(code=code, supplier_batch=number), company.PUMP_SUPPLIER)
    for membrane in company.MEMBRANES.values():
        for code, _ in company.MEMBRANE_BATCHES:
            _batch(system, membrane, Batch(code=code), company.MEMBRANE_SUPPLIER)


def enrol(system: System, tx: Tx, person: Person) -> None:
    """Add a customer in the transaction in which the first machine is activated."""
    partner = Partner(code=person.code, name=person.name, kind="person", region=person.region, phone=person.phone)
    unless_there(lambda: system.partners.create_in(tx, SYSTEM, partner))


def _batch(system: System, product: str, batch: Batch, supplier: str | None = None) -> None:
    unless_there(lambda: system.batches.create(SYSTEM, batch, product=product, supplier=supplier))


def unless_there(create: Callable[[], object]) -> None:
    """Create something that an interrupted demo may have created before."""
    try:
        create()
    except ConflictError as error:
        if error.code != "already_exists":
            raise
