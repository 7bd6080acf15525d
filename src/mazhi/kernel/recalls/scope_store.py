"""Working a scope out: what is affected, and everything that contains or ever contained it, in one statement.

The closure stays in the database, because a scope may have a million pieces and is written where it is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Row

from mazhi.kernel.db import Tx
from mazhi.kernel.genealogy.store import EVER, NOW
from mazhi.kernel.recalls.model import Seeds
from mazhi.kernel.stock.store import KEY


def scope(seeds: Sequence[Seeds]) -> tuple[str, dict[str, Any]]:
    """Return ``WITH RECURSIVE …`` that defines ``affected(item_id, cause)``, one row an item, and its parameters.

    A cause is the item that is itself named by a criterion, or (below zero) a batch of which a unit has a quantity.
    The cross join keeps SQLite at going from what is found to its edges; left free, it looks at every edge each time.
    """
    named: list[str] = []
    params: dict[str, Any] = {}
    for place, one in enumerate(seeds):
        named += _named(place, one, params)
    if not named:
        named = ["SELECT id, id, 0 FROM item WHERE 1 = 0"]
    sql = f"""
        WITH RECURSIVE scope(item_id, cause, only_now) AS (
            SELECT n.item_id, n.cause, n.only_now FROM (
                SELECT 0 AS item_id, 0 AS cause, 0 AS only_now WHERE 1 = 0 UNION ALL {" UNION ALL ".join(named)}
            ) n JOIN item i ON i.id = n.item_id WHERE i.kind <> 'package' AND i.state <> ''
            UNION
            SELECT e.parent_id, s.cause, s.only_now FROM scope s CROSS JOIN part_in e JOIN item p ON p.id = e.parent_id
            WHERE e.child_kind = 'item' AND e.child_id = s.item_id
            AND p.kind <> 'package' AND p.state <> '' AND ({NOW} OR (s.only_now = 0 AND {EVER}))
        ), affected AS (SELECT item_id, min(cause) AS cause FROM scope GROUP BY item_id)
    """
    return sql, params


def _named(place: int, seeds: Seeds, params: dict[str, Any]) -> Iterator[str]:
    now = int(seeds.only_now)
    if seeds.items:
        params[f"items{place}"] = list(seeds.items)
        yield f"SELECT id, id, {now} FROM item WHERE id ANY(:items{place}, bigint)"
    if seeds.batches:
        params[f"batches{place}"] = [batch_id for _, batch_id in seeds.batches]
        yield f"SELECT id, id, {now} FROM item WHERE batch_id ANY(:batches{place}, bigint)"
        yield (
            f"SELECT e.parent_id, -e.child_id, {now} FROM part_in e WHERE e.child_kind = 'batch' "
            f"AND e.child_id ANY(:batches{place}, bigint) AND {NOW if now else EVER}"
        )
    if seeds.births:
        params[f"births{place}"] = list(seeds.births)
        narrowed = ""
        if seeds.product is not None:
            params[f"product{place}"] = seeds.product
            narrowed = f"AND b.product_id = :product{place}"
        yield (
            f"SELECT b.id, b.id, {now} FROM history h JOIN item b ON b.id = h.item_id "
            f"WHERE h.event_id ANY(:births{place}, bigint) AND h.seq = 1 {narrowed}"
        )


def _role(products: Collection[int] | None, params: dict[str, Any]) -> str:
    """Tell units from parts: what is built in goes with its unit; so does what the recall is not about."""
    if products is None:
        return "CASE WHEN i.state = 'built_in' THEN 'part' ELSE 'unit' END"
    params["recalled"] = sorted(products)
    return "CASE WHEN i.state = 'built_in' OR NOT (i.product_id ANY(:recalled, bigint)) THEN 'part' ELSE 'unit' END"


MANY = 200_000
"""From so many named pieces on, reading whole tables once costs less than looking every piece up."""


def steady(tx: Tx, seeds: Sequence[Seeds]) -> None:
    """Tell PostgreSQL what it cannot guess of these statements: how large a closure gets.

    Compiling them takes longer than doing them; what is put together must not spill; and of a large scope every row
    is needed, so that one pass over a table beats a look-up for each.
    """
    if tx.dialect != "postgresql":
        return
    tx.run("SET LOCAL jit = off")
    tx.run("SET LOCAL work_mem = '128MB'")
    params: dict[str, Any] = {}
    named = [sql for place, one in enumerate(seeds) for sql in _named(place, one, params)]
    if named:
        sql = f"SELECT count(*) FROM (SELECT 1 FROM ({' UNION ALL '.join(named)}) n LIMIT {MANY}) m"
        if tx.scalar(sql, **params) >= MANY:
            tx.run("SET LOCAL enable_nestloop = off")


def usual(tx: Tx) -> None:
    """Let the statements that follow in the same transaction be planned as ever."""
    if tx.dialect == "postgresql":
        tx.run("SET LOCAL enable_nestloop = on")


def count(tx: Tx, seeds: Sequence[Seeds], products: Collection[int] | None) -> Sequence[Row[*tuple[Any, ...]]]:
    """Count a scope by role, product, state, place and holder, with one item of each group; nothing is written."""
    steady(tx, seeds)
    sql, params = scope(seeds)
    role = _role(products, params)
    return tx.rows(
        f"{sql} SELECT g.role, g.product_id, g.state, g.place_id, g.holder_id, count(*) AS pieces, min(g.id) AS one "
        f"FROM (SELECT {role} AS role, i.product_id, i.state, i.place_id, i.holder_id, i.id FROM affected a "
        "JOIN item i ON i.id = a.item_id) g GROUP BY g.role, g.product_id, g.state, g.place_id, g.holder_id",
        **params,
    )


def first_units(tx: Tx, seeds: Sequence[Seeds], products: Collection[int] | None, limit: int) -> list[int]:
    """Return the first units of a scope."""
    steady(tx, seeds)
    sql, params = scope(seeds)
    role = _role(products, params)
    rows = tx.rows(
        f"{sql} SELECT i.id FROM affected a JOIN item i ON i.id = a.item_id WHERE {role} = 'unit' "
        f"ORDER BY i.id LIMIT {int(limit)}",
        **params,
    )
    return [row[0] for row in rows]


def freeze(tx: Tx, recall_id: int, seeds: Sequence[Seeds], products: Collection[int] | None) -> None:
    """Write a scope down as the recall's pieces."""
    steady(tx, seeds)
    sql, params = scope(seeds)
    role = _role(products, params)
    insert = (
        "INSERT INTO recall_item (recall_id, item_id, role, code, product_id, batch_id, state, place_id, holder_id, "
        "cause, status, measure, attempts) "
    )
    tx.run(
        f"{insert} {sql} SELECT {int(recall_id)}, i.id, {role}, i.code, i.product_id, i.batch_id, i.state, i.place_id, "
        "i.holder_id, a.cause, 'open', '', 0 FROM affected a JOIN item i ON i.id = a.item_id",
        **params,
    )
    usual(tx)


_IN_LINES = {
    "sqlite": "SELECT group_concat(code, char(10)) FROM "
    "(SELECT code FROM recall_item WHERE recall_id = :id ORDER BY code)",
    "postgresql": "SELECT string_agg(code, chr(10) ORDER BY code) FROM recall_item WHERE recall_id = :id",
}
"""Joined by the database, since a million rows cost more than their text; the key's collation is the order of bytes."""


def code_lines(tx: Tx, recall_id: int) -> str:
    """Return every code of a scope in order, a line each."""
    return str(tx.scalar(_IN_LINES[tx.dialect], id=recall_id) or "")


def roles(tx: Tx, recall_id: int) -> dict[str, int]:
    """Count a scope's units and parts."""
    rows = tx.rows("SELECT role, count(*) FROM recall_item WHERE recall_id = :id GROUP BY role", id=recall_id)
    return {row[0]: int(row[1]) for row in rows}


def everything(tx: Tx) -> int:
    """Count all pieces that there are."""
    return int(tx.scalar("SELECT count(*) FROM item WHERE kind <> 'package' AND state <> ''"))


def balances(tx: Tx, batches: Collection[tuple[int, int]]) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the quantities (not serial goods) of these batches of products, deeper places first.

    Deeper first: holding what a warehouse has of itself must not draw from a bin whose turn comes later.
    """
    if not batches:
        return []
    key = ", ".join(f"s.{name}" for name in KEY)
    return tx.rows(
        f"SELECT {key}, s.quantity FROM stock s JOIN ROWS(:pairs, product_id bigint, batch_id bigint) b "
        "ON b.product_id = s.product_id AND b.batch_id = s.batch_id LEFT JOIN place p ON p.id = s.place_id "
        f"WHERE s.slot = 0 AND s.quantity > 0 ORDER BY length(coalesce(p.path, '')) DESC, {key}",
        pairs=sorted(set(batches)),
    )
