"""Every statement of an import's checks: set-based, one for a chunk of rows."""

from __future__ import annotations

from collections.abc import Collection

from mazhi.kernel.db import Tx

MOST_CODES = 20_000
"""Where there are more codes, no suggestion is looked for."""


def taken_identifiers(tx: Tx, wanted: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Return which of these (value, namespace) lead to an item already."""
    if not wanted:
        return set()
    rows = tx.rows(
        "SELECT value, namespace FROM identifier WHERE value ANY(:values, text)",
        values=sorted({value for value, _ in wanted}),
    )
    return {(value, namespace) for value, namespace in rows} & set(wanted)


def products_of_batches(tx: Tx, codes: Collection[str]) -> dict[str, list[str]]:
    """Return, by batch code, the products that have a batch of that code."""
    rows = tx.rows(
        "SELECT b.code AS batch, p.code AS product FROM batch b JOIN product p ON p.id = b.product_id"
        " WHERE b.code ANY(:codes, text) ORDER BY p.code",
        codes=list(codes),
    )
    found: dict[str, list[str]] = {}
    for batch, product in rows:
        found.setdefault(batch, []).append(product)
    return found


def names(tx: Tx, table: str) -> list[tuple[str, str]]:
    """Return code and name of everything active in a table of master data, for suggestions."""
    rows = tx.rows(f"SELECT code, name FROM {table} WHERE active ORDER BY code LIMIT {MOST_CODES + 1}")
    return [(code, name) for code, name in rows]
