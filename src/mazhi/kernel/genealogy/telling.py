"""Telling a trace: pages of it in codes, as ``GET /items/{identifier}/genealogy`` answers."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from mazhi.kernel import clock
from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.genealogy import store
from mazhi.kernel.genealogy.model import BATCH, ITEM, ONE, PRODUCT, Edge
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
) -> dict[str, Any]:
    """Return one page of nodes, nearest first, with the edges by which each of them was reached."""
    keys = sorted([(depth, _RANK[kind], ident) for (kind, ident), depth in found.depths.items()])
    start = 0 if after is None else bisect_right(keys, _mark(after))
    last = keys[start : start + limit]
    shown: list[Node] = [(_KINDS[rank], ident) for _, rank, ident in last]
    more = json.dumps(last[-1]).encode().hex() if start + limit < len(keys) else None
    here = set(shown)
    edges = [edge for edge in found.edges if _reached(edge, direction) in here]
    return {
        "root": node_id(root),
        "nodes": describe(tx, shown, found, areas),
        "edges": [tell_edge(edge) for edge in edges],
        "next": more,
        "total": len(keys),
        "deeper": found.deeper,
    }


def tell_edge(edge: Edge) -> dict[str, Any]:
    """Write an edge for a reader."""
    return {
        "parent": node_id((ITEM, edge.parent_id)),
        "child": node_id((edge.child_kind, edge.child_id)),
        "quantity": quantity(edge.quantity),
        "since": clock.to_text(edge.since_at),
        "until": None if edge.until_at is None else clock.to_text(edge.until_at),
    }


def _reached(edge: Edge, direction: Direction) -> Node:
    return (edge.child_kind, edge.child_id) if direction == "down" else (ITEM, edge.parent_id)


def _mark(after: str) -> tuple[int, int, int]:
    try:
        depth, rank, ident = json.loads(bytes.fromhex(after))
        return int(depth), int(rank), int(ident)
    except (ValueError, TypeError):
        raise InvalidInputError("invalid_input", problems=[Problem("bad_page_mark", {}, "/after")]) from None


def describe(tx: Tx, nodes: Sequence[Node], found: Trace, areas: Collection[int] | None) -> list[dict[str, Any]]:
    """Describe nodes in their order; of what stands outside the reader's places, state and place are left out."""
    rows = {row.id: row for row in store.facts(tx, _ids(nodes, ITEM))} if nodes else {}
    batch_ids = {row.batch_id for row in rows.values()} | _ids(nodes, BATCH)
    owners = store.products_of_batches(tx, _ids(nodes, BATCH))
    product_ids = {row.product_id for row in rows.values()} | _ids(nodes, PRODUCT) | set(owners.values())
    batches = items.codes_of(tx, "batch", batch_ids)
    products = items.codes_of(tx, "product", product_ids)
    places = items.codes_of(tx, "place", {row.place_id for row in rows.values()})
    told = []
    for kind, ident in nodes:
        base: dict[str, Any] = {
            "id": node_id((kind, ident)), "kind": kind, "code": "", "product": None, "batch": None, "state": None,
            "quality": None, "marks": [], "place": None, "package": False, "depth": found.depths[kind, ident],
        }  # fmt: skip
        if kind == PRODUCT:
            base |= {"code": products.get(ident, ""), "product": products.get(ident)}
        elif kind == BATCH:
            base |= {
                "code": batches.get(ident, ""),
                "batch": batches.get(ident),
                "product": products.get(owners.get(ident, 0)),
            }
        elif ident in rows:
            row = rows[ident]
            visible = areas is None or row.place_id == 0 or row.place_id in areas
            base |= {
                "code": row.code,
                "product": products.get(row.product_id),
                "batch": batches.get(row.batch_id),
                "state": (row.state or None) if visible else None,
                "quality": row.quality,
                "marks": list(dict.fromkeys(mark for mark, _, _ in read_marks(row.marks))),
                "place": places.get(row.place_id) if visible else None,
                "package": row.kind == "package",
            }
        told.append(base)
    return told


def _ids(nodes: Iterable[Node], kind: str) -> set[int]:
    return {ident for one, ident in nodes if one == kind}
