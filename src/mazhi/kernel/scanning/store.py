"""Every statement that a scan needs; each takes lists, so that a scan costs the same few statements whatever it is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from mazhi.kernel.db import Tx
from mazhi.kernel.items.store import rows_by_ids

MOST_HOLDERS = 2000
"""So many items of one serial number, each in another namespace, are looked at."""
TAIL = 6
"""So many last characters the index ``identifier_tail`` holds, and must be typed."""


@dataclass(frozen=True, slots=True)
class Holder:
    """One identifier and the item that it belongs to."""

    value: str
    namespace: str
    item_id: int


ItemRow = Row[*tuple[Any, ...]]
"""A row of the item table."""

Visible = Callable[[dict[int, ItemRow]], dict[int, ItemRow]]
"""Keeps the items that somebody may see."""


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product."""

    id: int
    code: str
    name: str
    gtin: str | None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch with its product."""

    id: int
    code: str
    supplier_batch: str | None
    expires_on: str | None
    product: ProductRow


@dataclass(frozen=True, slots=True)
class NamedRow:
    """A place or a partner."""

    id: int
    code: str
    name: str
    phone: str | None = None


@dataclass(slots=True)
class MasterData:
    """The master data that some codes stand for."""

    products: list[ProductRow] = field(default_factory=list)
    batches: list[BatchRow] = field(default_factory=list)
    places: list[NamedRow] = field(default_factory=list)
    partners: list[NamedRow] = field(default_factory=list)


def storable(values: Iterable[str]) -> list[str]:
    """Keep what a database can hold as text, each once: no NUL, no half of a surrogate pair, not too long."""
    return [value for value in dict.fromkeys(values) if 0 < len(value) <= 200 and _is_text(value)]


def _is_text(value: str) -> bool:
    return not any(character == "\0" or "\ud800" <= character <= "\udfff" for character in value)


def holders(tx: Tx, values: Collection[str]) -> tuple[list[Holder], list[str]]:
    """Return every identifier with one of these values, of all namespaces, our own first.

    Beside them stand the values that are labels of a roll and not bound to anything yet.
    """
    if not values:
        return [], []
    rows = tx.rows(
        "SELECT * FROM (SELECT value, namespace, item_id FROM identifier WHERE value ANY(:values, text) "
        "UNION ALL SELECT code, namespace, 0 FROM roll_label WHERE code ANY(:values, text) AND state <> 'bound') x "
        f"ORDER BY value, namespace <> 'own', namespace LIMIT {MOST_HOLDERS}",
        values=list(values),
    )
    return [Holder(*row) for row in rows if row[2]], [row[0] for row in rows if not row[2]]


def items(tx: Tx, ids: Collection[int]) -> dict[int, ItemRow]:
    """Return items by id."""
    return rows_by_ids(tx, sorted(ids)) if ids else {}


_MASTER_DATA = """
SELECT 'product' AS kind, id, code, name, gtin AS extra, '' AS day, 0 AS product, '' AS product_code, '' AS product_name
FROM product WHERE code ANY(:codes, text)
UNION ALL SELECT 'product', id, code, name, gtin, '', 0, '', '' FROM product WHERE gtin ANY(:gtins, text)
UNION ALL SELECT 'place', id, code, name, '', '', 0, '', '' FROM place WHERE code ANY(:codes, text)
UNION ALL SELECT 'partner', id, code, name, phone, '', 0, '', '' FROM partner WHERE code ANY(:codes, text)
UNION ALL SELECT 'batch', b.id, b.code, '', b.supplier_batch, b.expires_on, p.id, p.code, p.name
FROM batch b JOIN product p ON p.id = b.product_id WHERE b.code ANY(:batches, text)
UNION ALL SELECT 'batch', b.id, b.code, '', b.supplier_batch, b.expires_on, p.id, p.code, p.name
FROM batch b JOIN product p ON p.id = b.product_id WHERE b.supplier_batch ANY(:batches, text)
"""


def master_data(tx: Tx, *, codes: Sequence[str], gtins: Sequence[str], batches: Sequence[str]) -> MasterData:
    """Return the master data with these codes, products with these GTINs, batches called so here or by the supplier."""
    found = MasterData()
    if not (codes or gtins or batches):
        return found
    seen: set[tuple[str, int]] = set()
    for row in tx.rows(_MASTER_DATA, codes=list(codes), gtins=list(gtins), batches=list(batches)):
        kind, row_id, code, name, extra, day, product_id, product_code, product_name = row
        if (kind, row_id) in seen:
            continue
        seen.add((kind, row_id))
        if kind == "product":
            found.products.append(ProductRow(row_id, code, name, extra))
        elif kind == "batch":
            product = ProductRow(product_id, product_code, product_name, None)
            found.batches.append(BatchRow(row_id, code, extra, day, product))
        elif kind == "place":
            found.places.append(NamedRow(row_id, code, name))
        else:
            found.partners.append(NamedRow(row_id, code, name, extra))
    return found


def product_codes(tx: Tx, ids: Collection[int]) -> dict[int, str]:
    """Return the codes of products by id."""
    if not ids:
        return {}
    return {
        row[0]: row[1] for row in tx.rows("SELECT id, code FROM product WHERE id ANY(:ids, bigint)", ids=sorted(ids))
    }


def partners_by_phone(tx: Tx, phones: Collection[str]) -> list[NamedRow]:
    """Return partners with one of these telephone numbers."""
    rows = tx.rows(
        "SELECT id, code, name, phone FROM partner WHERE phone ANY(:phones, text) ORDER BY code LIMIT 10",
        phones=list(phones),
    )
    return [NamedRow(*row) for row in rows]


TAIL_EXPRESSION = f"substr(value, length(value) - {TAIL - 1})"
"""The last characters of an identifier, as both databases compute (and index) them."""


def holders_by_ending(tx: Tx, ending: str, limit: int) -> list[Holder]:
    """Return some of the identifiers that end so; ``ending`` must be as long as the index's."""
    rows = tx.rows(
        f"SELECT value, namespace, item_id FROM identifier WHERE {TAIL_EXPRESSION} = :tail LIMIT {limit * 10}",
        tail=ending[-TAIL:],
    )
    return [Holder(*row) for row in rows if row[0].endswith(ending)][:limit]
