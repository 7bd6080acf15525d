"""Telling a trace: pages of it in codes, as ``GET /items/{identifier}/genealogy`` answers."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.genealogy import store
from mazhi.kernel.genealogy.model import BATCH, ITEM, ONE, PRODUCT
from mazhi.kernel.genealogy.tracing import Direction, Node, Trace
from mazhi.kernel.items import store as items
from mazhi.kernel.posting.marks import read_marks

_KINDS = (ITEM, BATCH, PRODUCT)
_RANK = {kind: rank for rank, kind in enumerate(_KINDS)}


def node_id(node: Node) -> str:
    """Name a node within one answer; it means nothing elsewhere."""
    return f"{node[0][0]}{node[1]}"


def quantity(millionths: int) -> int | float:
    """Write a quantity as a number."""
    whole, rest = divmod(millionths, ONE)
    return whole if rest == 0 else millionths / ONE


def page(
    tx: Tx,
    found: Trace,
    root: Node,
    direction: Direction,
    *,
    after: str | None,
    limit: int,
    areas: Collection[int] | None,
    at: int | None = None,
) -> dict[str, Any]:
    """Return one page of nodes, nearest first, with the edges by which each of them was reached.

    State and place of items are those of the moment ``at``; None: of now.
    """
    start = (-1, 0, 0) if after is None else _mark(after)
    shown, more = _nearest(found, start, limit)
    edges = _edges_to(found, shown, direction)
    return {
        "root": node_id(root),
        "nodes": describe(tx, shown, areas, at),
        "edges": tell_edges(edges),
        "next": more,
        "total": found.total,
        "deeper": found.deeper,
    }


def _nearest(found: Trace, start: tuple[int, int, int], limit: int) -> tuple[dict[Node, int], str | None]:
    """Return the next nodes after a mark with their depths, and the mark to go on after; None at the end.

    Only the levels that are shown are sorted.
    """
    shown: dict[Node, int] = {}
    for depth, level in enumerate(found.levels):
        for rank, kind in enumerate(_KINDS):
            if (depth, rank) < start[:2] or not level.get(kind):
                continue
            if len(shown) == limit:
                return shown, _next(shown)
            ids = sorted(level[kind])
            first = bisect_right(ids, start[2]) if (depth, rank) == start[:2] else 0
            last = first + limit - len(shown)
            shown |= {(kind, ident): depth for ident in ids[first:last]}
            if last < len(ids):
                return shown, _next(shown)
    return shown, None


def _next(shown: dict[Node, int]) -> str:
    kind, ident = next(reversed(shown))
    return json.dumps((shown[kind, ident], _RANK[kind], ident)).encode().hex()


def _edges_to(found: Trace, shown: Mapping[Node, int], direction: Direction) -> list[store.EdgeRow]:
    """Return the edges by which these nodes were reached."""
    if direction == "up":
        here = {ident for kind, ident in shown if kind == ITEM}
        return [edge for edge in found.rows if edge[0] in here]
    return [edge for edge in found.rows if edge[1:3] in shown]


def tell_edges(edges: Iterable[store.EdgeRow]) -> list[dict[str, Any]]:
    """Write edges for a reader; many of them began in the same event, so each moment is written once."""
    moments: dict[int | None, str | None] = {None: None}
    told = []
    for parent_id, kind, child_id, _, _, amount, since, until in edges:
        for moment in (since, until):
            if moment not in moments:
                moments[moment] = clock.to_text(moment or 0)
        told.append(
            {
                "parent": f"i{parent_id}",
                "child": f"{kind[0]}{child_id}",
                "quantity": 1 if amount == ONE else quantity(amount),
                "since": moments[since],
                "until": moments[until],
            }
        )
    return told


def _mark(after: str) -> tuple[int, int, int]:
    try:
        depth, rank, ident = json.loads(bytes.fromhex(after))
        return int(depth), int(rank), int(ident)
    except (ValueError, TypeError):
        raise InvalidInputError("invalid_input", problems=[Problem("bad_page_mark", {}, "/after")]) from None


def describe(
    tx: Tx, nodes: Mapping[Node, int], areas: Collection[int] | None, at: int | None = None
) -> list[dict[str, Any]]:
    """Describe nodes with their depths; of what stands outside the reader's places, state and place are left out."""
    rows = store.facts(tx, _ids(nodes, ITEM)) if nodes else {}
    if at is not None:
        stood = store.stood(tx, rows, at)
        rows = {
            one: row._replace(state=stood.get(one, ("", 0))[0], place_id=stood.get(one, ("", 0))[1])
            for one, row in rows.items()
        }
    batch_ids = {row.batch_id for row in rows.values()} | _ids(nodes, BATCH)
    owners = store.products_of_batches(tx, _ids(nodes, BATCH))
    codes = items.all_codes(
        tx,
        {
            "batch": batch_ids,
            "product": {row.product_id for row in rows.values()} | _ids(nodes, PRODUCT) | set(owners.values()),
            "place": {row.place_id for row in rows.values()},
        },
    )
    batches, products = codes["batch"], codes["product"]
    marks = {row.marks: list(dict.fromkeys(mark for mark, _, _ in read_marks(row.marks))) for row in rows.values()}
    told = []
    for (kind, ident), depth in nodes.items():
        if kind == ITEM and ident in rows:
            told.append(_tell_item(rows[ident], depth, codes, marks, areas))
            continue
        product = owners.get(ident, 0) if kind == BATCH else ident
        told.append(
            {
                "id": node_id((kind, ident)),
                "kind": kind,
                "code": {BATCH: batches, PRODUCT: products}.get(kind, {}).get(ident, ""),
                "product": None if kind == ITEM else products.get(product),
                "batch": batches.get(ident) if kind == BATCH else None,
                "state": None,
                "quality": None,
                "marks": [],
                "place": None,
                "package": False,
                "depth": depth,
            }
        )
    return told


def _tell_item(
    row: store.Shown,
    depth: int,
    codes: Mapping[str, Mapping[int, str]],
    marks: Mapping[str, list[str]],
    areas: Collection[int] | None,
) -> dict[str, Any]:
    item_id, kind, code, product_id, batch_id, state, quality_, marked, place_id = row
    visible = areas is None or place_id == 0 or place_id in areas
    return {
        "id": f"i{item_id}",
        "kind": ITEM,
        "code": code,
        "product": codes["product"].get(product_id),
        "batch": codes["batch"].get(batch_id),
        "state": (state or None) if visible else None,
        "quality": quality_,
        "marks": list(marks[marked]),
        "place": codes["place"].get(place_id) if visible else None,
        "package": kind == "package",
        "depth": depth,
    }


def _ids(nodes: Iterable[Node], kind: str) -> set[int]:
    return {ident for one, ident in nodes if one == kind}
