"""A genealogy on paper: what is inside an item, or what it is inside of, indented by level."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mazhi.kernel.documents.page import Page


def tree(
    page: Page, traced: Mapping[str, Any], states: Mapping[str, str], *, direction: str, at: int | None, ever: bool
) -> bytes:
    """Set a genealogy; a thing that several others lead to stands below each of them, its own branches once."""
    say = page.say
    page.paragraph(say("doc_tree_down" if direction == "down" else "doc_tree_up"))
    when = say("doc_tree_ever") if ever else page.time(at if at is not None else page.moment)
    page.facts([(say("doc_tree_at"), when), (say("doc_tree_total"), traced["total"])])
    head = [say("doc_code"), say("doc_product"), say("doc_batch"), say("doc_quantity"), say("doc_state"),
            say("doc_tree_since"), say("doc_tree_until")]  # fmt: skip
    rows = [
        (
            "· " * level + node["code"], node["product"], node["batch"], edge["quantity"] if edge else None,
            states.get(node["state"] or "", node["state"]), page.time(edge["since"]) if edge else None,
            page.time(edge["until"]) if edge and edge["until"] else None,
        )
        for level, node, edge in ordered(traced, direction)
    ]  # fmt: skip
    page.table(head, rows, (38, 20, 18, 10, 14, 24, 24))
    missing = traced["total"] - len(traced["nodes"])
    if missing > 0:
        page.paragraph(say("doc_more", count=missing), soft=True)
    return page.done()


def ordered(traced: Mapping[str, Any], direction: str) -> Iterator[tuple[int, Mapping[str, Any], Mapping[str, Any]]]:
    """Go through a genealogy as one reads it: each thing, then what it leads to."""
    nodes = {node["id"]: node for node in traced["nodes"]}
    start, end = ("parent", "child") if direction == "down" else ("child", "parent")
    branches: dict[str, list[Mapping[str, Any]]] = {}
    for edge in traced["edges"]:
        branches.setdefault(edge[start], []).append(edge)
    seen: set[str] = set()
    waiting: list[tuple[int, str, Mapping[str, Any]]] = [(0, traced["root"], {})]
    while waiting:
        level, name, edge = waiting.pop()
        if name not in nodes:
            continue
        yield level, nodes[name], edge
        if name not in seen:
            seen.add(name)
            below = sorted(branches.get(name, ()), key=lambda one: _sorted_by(nodes, one[end]), reverse=True)
            waiting += [(level + 1, one[end], one) for one in below]


def _sorted_by(nodes: Mapping[str, Any], name: str) -> tuple[str, str]:
    node = nodes.get(name)
    return (str(node["product"]), str(node["code"])) if node else ("", "")


def gathered(pages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Put the pages of one trace together."""
    first = pages[0]
    return {
        "root": first["root"],
        "total": first["total"],
        "nodes": [node for page in pages for node in page["nodes"]],
        "edges": [edge for page in pages for edge in page["edges"]],
    }
