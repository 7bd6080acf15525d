"""Loading the data of labels: a dozen statements, for one label or for ten thousand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from mazhi.engines.labels.data import store
from mazhi.engines.labels.data.catalogue import LISTS, catalogue
from mazhi.engines.labels.data.model import LabelData, Part, Row, flat
from mazhi.kernel import clock
from mazhi.kernel.access.model import Actor
from mazhi.kernel.barcodes.check_digits import gs1_mod10_holds
from mazhi.kernel.batches import store as batches
from mazhi.kernel.batches.model import Batch
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.items import store as items
from mazhi.kernel.life_cycles.service import LifeCycles
from mazhi.kernel.packaging import store as packaging
from mazhi.kernel.packaging.model import PackageType
from mazhi.kernel.partners import store as partners
from mazhi.kernel.places import store as places
from mazhi.kernel.products import store as products
from mazhi.kernel.products.model import Product

Wanted = str | tuple[str, str | None]
"""An identifier, or an identifier and the namespace that it is looked for in."""
Run = Mapping[str, Any]
_IN_PACKAGES = frozenset({"product", "batch", "package"})


def resolve(tx: Tx, actor: Actor, wanted: Sequence[Wanted]) -> list[int]:
    """Return the ids of the items behind identifiers, as far as the actor may see them, in the given order.

    Raises:
        ForbiddenError: The actor may not see items.
        InvalidInputError: Some lead to nothing, or to several items; all of them are named.
    """
    if not wanted:
        return []
    actor.require("items.view")
    areas = actor.areas("items.view")
    pairs = [(one, None) if isinstance(one, str) else one for one in wanted]
    found = store.behind(tx, (value for value, _ in pairs if "\0" not in value))
    problems: list[Problem] = []
    ids: list[int] = []
    for place, (value, namespace) in enumerate(pairs):
        fitting = {
            one.item_id: one.namespace
            for one in found.get(value, ())
            if namespace in {None, one.namespace} and (areas is None or one.place_id in areas or not one.place_id)
        }
        if len(fitting) == 1:
            ids.append(next(iter(fitting)))
        elif fitting:
            spaces = ", ".join(sorted(fitting.values()))
            problems.append(Problem("ambiguous_item", {"namespaces": spaces}, f"/items/{place}", value))
        else:
            problems.append(Problem("unknown_item", {}, f"/items/{place}", value))
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    return ids


@dataclass(slots=True)
class _Known:
    """What was read for all labels together."""

    rows: Mapping[int, Any]
    around: items.Around
    tallies: Mapping[int, store.Tally]
    types: Mapping[int, PackageType]
    products: Mapping[int, Product]
    product_parts: Mapping[int, Part]
    batch_parts: Mapping[int, Part]
    batches: Mapping[int, Batch]
    partners: Mapping[int, tuple[str, str]]
    places: Mapping[int, tuple[str, str]]
    states: Mapping[tuple[str, str], str]
    contents: Mapping[int, list[Row]]
    parts: Mapping[int, list[Row]]
    host: str


class Loader:
    """Loads the data of labels."""

    def __init__(self, life_cycles: LifeCycles) -> None:
        self._life_cycles = life_cycles

    def load(
        self,
        tx: Tx,
        item_ids: Sequence[int],
        records: Sequence[Mapping[str, Any]] = (),
        *,
        names: Collection[str] | None = None,
        run: Run | None = None,
    ) -> list[LabelData]:
        """Load one label's data for each item, each record, or each pair of both.

        Args:
            tx: The snapshot.
            item_ids: Items; the same one may be there several times.
            records: Plain fields; beside items there must be one for each.
            names: Fields that are needed, by either name; None for all.
            run: What is the same for all: ``now``, ``user``, ``printer``.

        Raises:
            InvalidInputError: There are items and records, but not as many (code ``label_records_paired``).
        """
        if item_ids and records and len(item_ids) != len(records):
            raise InvalidInputError("label_records_paired", items=len(item_ids), records=len(records))
        total = len(item_ids) or len(records)
        shared = {**(run or {}), "total": total}
        known = self._read(tx, sorted(set(item_ids)), _groups(names))
        made: dict[int, LabelData] = {}
        found: list[LabelData] = []
        for place in range(total):
            record = flat(records[place]) if records else None
            if not item_ids:
                found.append(LabelData(None, f"#{place + 1}", {}, record=record, run=shared, number=place + 1))
                continue
            item_id = item_ids[place]
            one = made.get(item_id)
            if one is None:
                one = made[item_id] = _described(known, item_id)
            found.append(
                LabelData(
                    item_id, one.code, one.groups, one.contents, one.parts, one.identifiers, record, shared, place + 1
                )
            )
        return found

    def _read(self, tx: Tx, ids: Sequence[int], groups: frozenset[str]) -> _Known:
        rows = items.rows_by_ids(tx, ids) if ids else {}
        boxes = [item_id for item_id, row in rows.items() if row.kind == "package"]
        inner = store.inside(tx, ids) if ids and groups & LISTS else []
        amounts = store.quantities(tx, ids) if ids and "parts" in groups else []
        tallies = store.tallies(tx, boxes) if boxes and groups & _IN_PACKAGES else {}
        batch_ids = {row.batch_id for row in [*rows.values(), *inner]} | {one.batch_id for one in tallies.values()}
        batch_ids |= {row.child_id for row in amounts if row.child_kind == "batch"}
        found_batches = batches.by_ids(tx, sorted(batch_ids - {0})) if batch_ids - {0} else {}
        product_ids = {row.product_id for row in [*rows.values(), *inner]} | {
            one.product_id for one in tallies.values()
        }
        product_ids |= {one.product_id for one in found_batches.values()}
        product_ids |= {row.child_id for row in amounts if row.child_kind == "product"}
        found_products = products.by_ids(tx, sorted(product_ids - {0})) if product_ids - {0} else {}
        named = _partner_names(tx, rows, found_batches)
        built_in = [row for row in inner if row.state == "built_in"]
        return _Known(
            rows=rows,
            around=items.around(tx, ids, {"item": {row.parent_id or 0 for row in rows.values()}})
            if ids
            else items.Around({}, {}, {"item": {}}),
            tallies=tallies,
            types=packaging.types_of(tx, boxes) if boxes and "package" in groups else {},
            products=found_products,
            product_parts={one.id: _product(one) for one in found_products.values()},
            batch_parts={one.id: _batch(one, named) for one in found_batches.values()},
            batches=found_batches,
            partners=named,
            places=_place_names(tx, rows),
            states=self._states(tx, found_products) if "item" in groups else {},
            contents=_listed((row for row in inner if row.state != "built_in"), found_products, found_batches),
            parts=_parts(built_in, amounts, found_products, found_batches),
            host=store.host(tx) if ids else "",
        )

    def _states(self, tx: Tx, found: Mapping[int, Product]) -> dict[tuple[str, str], str]:
        wanted = {one.life_cycle for one in found.values()} | {"goods"}
        cycles = self._life_cycles.load(tx)
        return {(code, state.code): state.zh for code in wanted if code in cycles for state in cycles[code].states}


def _groups(names: Collection[str] | None) -> frozenset[str]:
    """Return which groups of fields are needed."""
    if names is None:
        return frozenset({"item", "product", "batch", "package", *LISTS})
    wanted = {catalogue.canonical(name).partition(".")[0] for name in names}
    if any(catalogue.canonical(name) == "item.digital_link" for name in names):
        wanted |= {"product", "package"}
    return frozenset(wanted)


def _partner_names(tx: Tx, rows: Mapping[int, Any], found: Mapping[int, Batch]) -> dict[int, tuple[str, str]]:
    ids = {row.holder_id for row in rows.values()} | {row.owner_id for row in rows.values()}
    ids = (ids | {one.supplier_id for one in found.values()}) - {0}
    return {one.id: (one.code, one.name) for one in partners.by_ids(tx, sorted(ids)).values()} if ids else {}


def _place_names(tx: Tx, rows: Mapping[int, Any]) -> dict[int, tuple[str, str]]:
    ids = {row.place_id for row in rows.values()} - {0}
    return {one.id: (one.code, one.name) for one in places.by_ids(tx, sorted(ids)).values()} if ids else {}


def _product(one: Product) -> Part:
    return {
        "code": one.code,
        "name": one.name,
        "gtin": one.gtin,
        "unit": one.unit,
        "category": one.category,
        "warranty_days": one.warranty_days,
        "shelf_life_days": one.shelf_life_days,
    }


def _batch(one: Batch, named: Mapping[int, tuple[str, str]]) -> Part:
    supplier, supplier_name = named.get(one.supplier_id, (None, None))
    return {
        "code": one.code,
        "made_on": one.made_on,
        "expires_on": one.expires_on,
        "supplier_batch": one.supplier_batch,
        "supplier": supplier,
        "supplier_name": supplier_name,
    }


def _line(code: str | None, product: Product | None, batch: Batch | None) -> Row:
    return {
        "code": code,
        "product": product.code if product else None,
        "product_name": product.name if product else None,
        "batch": batch.code if batch else None,
    }


def _listed(rows: Iterable[Any], known: Mapping[int, Product], found: Mapping[int, Batch]) -> dict[int, list[Row]]:
    lists: dict[int, list[Row]] = {}
    for row in rows:
        line = _line(row.code, known.get(row.product_id), found.get(row.batch_id))
        lists.setdefault(row.parent_id, []).append(line)
    return lists


def _parts(
    rows: Iterable[Any], amounts: Iterable[Any], known: Mapping[int, Product], found: Mapping[int, Batch]
) -> dict[int, list[Row]]:
    """List single parts, then the quantities of batches and products that are built in."""
    lists = _listed(rows, known, found)
    for row in amounts:
        batch = found.get(row.child_id) if row.child_kind == "batch" else None
        product = known.get(batch.product_id if batch else row.child_id)
        lists.setdefault(row.parent_id, []).append(_line(None, product, batch))
    return lists


def _described(known: _Known, item_id: int) -> LabelData:
    row = known.rows[item_id]
    tally = known.tallies.get(item_id)
    product_id, batch_id = (tally.product_id, tally.batch_id) if tally else (row.product_id, row.batch_id)
    product, batch = known.product_parts.get(product_id, {}), known.batch_parts.get(batch_id, {})
    identifiers = dict(known.around.identifiers.get(item_id, ()))
    package: Part = {}
    if row.kind == "package":
        kind = known.types.get(item_id)
        package = {
            "count": tally.pieces if tally else None,
            "sscc": _sscc([row.code, *identifiers.values()]),
            "type": kind.code if kind else None,
            "type_name": kind.name if kind else None,
        }
    item = {**_item(known, row), "digital_link": _link(known.host, row, product, package)}
    groups = {"item": item, "product": product, "batch": batch, "package": package}
    contents, parts = known.contents.get(item_id, ()), known.parts.get(item_id, ())
    return LabelData(item_id, row.code, groups, contents, parts, identifiers)


def _item(known: _Known, row: Any) -> dict[str, Any]:
    product = known.products.get(row.product_id)
    place, place_name = known.places.get(row.place_id, (None, None))
    holder, holder_name = known.partners.get(row.holder_id, (None, None))
    owner, owner_name = known.partners.get(row.owner_id, (None, None))
    born = known.around.births.get(row.id)
    return {
        "code": row.code,
        "kind": row.kind,
        "state": row.state,
        "state_name": known.states.get((product.life_cycle if product else "goods", row.state), row.state),
        "quality": row.quality,
        "born_at": None if born is None else clock.to_datetime(born, clock.DEFAULT_ZONE).replace(tzinfo=None),
        "place": place,
        "place_name": place_name,
        "holder": holder,
        "holder_name": holder_name,
        "owner": owner,
        "owner_name": owner_name,
        "parent": known.around.codes["item"].get(row.parent_id or 0),
        "warranty_start": _day(row.warranty_start),
        "warranty_end": _day(row.warranty_end),
    }


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _sscc(values: Sequence[str]) -> str | None:
    """Return the SSCC among the codes of a package, as its 18 digits."""
    for value in values:
        digits = value.removeprefix("(00)")
        digits = digits[2:] if len(digits) == 20 and digits.startswith("00") else digits
        if len(digits) == 18 and digits.isascii() and digits.isdigit() and gs1_mod10_holds(digits):
            return digits
    return None


def _link(host: str, row: Any, product: Part, package: Part) -> str | None:
    """Return the GS1 Digital Link of an item, or None where it has no key of GS1."""
    if package.get("sscc"):
        return f"{host}/00/{package['sscc']}"
    gtin = product.get("gtin")
    if row.kind == "package" or not gtin:
        return None
    return f"{host}/01/{gtin}/21/{quote(row.code, safe='')}"
