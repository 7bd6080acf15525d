"""A flow as it was drawn: a tree of nodes with stable ids, read from JSON with all faults at once.

The tree is block-structured, so that nothing drawn can deadlock: a sequence of nodes; a branch, whose cases are
sequences of which one is taken; a parallel block, whose lanes are sequences of which all are taken. The only way back
is 退回, and it is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from mazhi.engines import options as declared
from mazhi.kernel.master_data.model import Checks
from mazhi.kernel.registry import Registry

if TYPE_CHECKING:
    from mazhi.engines.flows.kind import NodeKind

MOST_NODES = 500
DEEPEST = 12
LONGEST_TITLE = 100
START = "start"

Contains = Literal["nothing", "sequence", "cases", "lanes"]


@dataclass(frozen=True, slots=True)
class Node:
    """One node (节点) of a flow.

    Attributes:
        id: From birth, unique within the flow; steps, rights and statistics belong to it, whatever it is called later.
        kind: Name of the kind.
        title: What people read.
        options: What its kind declares, settled.
        children: What it contains: a sequence, or the cases or lanes of a block.
    """

    id: str
    kind: str
    title: str
    options: Mapping[str, Any] = field(default_factory=dict)
    children: tuple[Node, ...] = ()

    def walk(self) -> Iterator[Node]:
        """Return the node and everything within, in the order of the drawing."""
        yield self
        for child in self.children:
            yield from child.walk()

    def body(self) -> dict[str, Any]:
        """Write it as JSON."""
        return {
            "id": self.id, "kind": self.kind, "title": self.title, "options": dict(self.options),
            "children": [child.body() for child in self.children],
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """Where a node stands.

    Attributes:
        parent: What contains it; None for the start.
        place: Its place among the children of the parent.
        lanes: The lanes around it, from the outside in.
    """

    parent: Node | None
    place: int
    lanes: tuple[Node, ...]


class Flow:
    """A flow that is read: its nodes by id, and how they follow one another."""

    def __init__(self, form: str, root: Node) -> None:
        """Take the code of the form (in the same app) whose records run through it, and the start node."""
        self.form = form
        self.root = root
        self.nodes: dict[str, Node] = {}
        self._where: dict[str, Where] = {}
        self._place(root, Where(None, 0, ()))
        self.order = {number: place for place, number in enumerate(self.nodes)}
        """The place of each node in the order of the drawing, by its id."""

    def _place(self, node: Node, where: Where) -> None:
        self.nodes[node.id] = node
        self._where[node.id] = where
        lanes = (*where.lanes, node) if node.kind == "lane" else where.lanes
        for place, child in enumerate(node.children):
            self._place(child, Where(node, place, lanes))

    def __contains__(self, node_id: object) -> bool:
        return node_id in self.nodes

    def __getitem__(self, node_id: str) -> Node:
        return self.nodes[node_id]

    def parent(self, node: Node) -> Node | None:
        """Return what contains a node."""
        return self._where[node.id].parent

    def lanes(self, node: Node) -> tuple[str, ...]:
        """Return the ids of the lanes around a node, from the outside in."""
        return tuple(lane.id for lane in self._where[node.id].lanes)

    def following(self, node: Node) -> Node | None:
        """Return the next node of the same sequence, or None at its end (also of cases and lanes)."""
        parent = self.parent(node)
        if parent is None or node.kind in {"case", "lane"}:
            return None
        place = self._where[node.id].place + 1
        return parent.children[place] if place < len(parent.children) else None

    def body(self) -> dict[str, Any]:
        """Write it as JSON."""
        return {"form": self.form, "tree": self.root.body()}


def read(raw: Mapping[str, Any], kinds: Registry[NodeKind]) -> Flow:
    """Read a flow from JSON; its own shape only, not whether what it names is there.

    Raises:
        InvalidInputError: Something is wrong; every fault is named with its place.
    """
    checks = Checks()
    form = raw.get("form")
    if not isinstance(form, str) or not form:
        checks.fault("/form", "text_missing")
    tree = raw.get("tree")
    if not isinstance(tree, Mapping) or tree.get("kind") != START:
        checks.fault("/tree", "flow_no_start")
        checks.done()
    seen: set[str] = set()
    root = _node(tree if isinstance(tree, Mapping) else {}, "/tree", kinds, checks, seen, 0)
    if len(seen) > MOST_NODES:
        checks.fault("/tree", "flow_too_large", limit=MOST_NODES)
    checks.done()
    return Flow(str(form), root)


def _node(
    raw: Mapping[str, Any], pointer: str, kinds: Registry[NodeKind], checks: Checks, seen: set[str], depth: int
) -> Node:
    for name in raw.keys() - {"id", "kind", "title", "options", "children"}:
        checks.fault(f"{pointer}/{name}", "flow_unknown_property", name=name)
    number, kind, title = str(raw.get("id") or ""), str(raw.get("kind")), raw.get("title", "")
    if not number or len(number) > 64 or not number.isprintable():
        checks.fault(f"{pointer}/id", "flow_bad_id")
    elif number in seen:
        checks.fault(f"{pointer}/id", "flow_id_twice", item=number)
    seen.add(number)
    if not isinstance(title, str) or len(title) > LONGEST_TITLE or not title.isprintable():
        checks.fault(f"{pointer}/title", "flow_bad_title", limit=LONGEST_TITLE)
        title = ""
    if kind not in kinds:
        checks.fault(f"{pointer}/kind", "flow_unknown_kind", item=kind)
        return Node(number, kind, title)
    given = raw.get("options", {})
    if not isinstance(given, Mapping):
        checks.fault(f"{pointer}/options", "flow_bad_options")
        given = {}
    options = declared.settle(kinds[kind].options, given, checks, f"{pointer}/options")
    return Node(number, kind, title, options, _children(raw, kind, pointer, kinds, checks, seen, depth))


def _children(
    raw: Mapping[str, Any], kind: str, pointer: str, kinds: Registry[NodeKind], checks: Checks, seen: set[str],
    depth: int,
) -> tuple[Node, ...]:  # fmt: skip
    children: Sequence[Any] = raw.get("children", [])
    at, contains = f"{pointer}/children", kinds[kind].contains
    if not isinstance(children, list) or not all(isinstance(child, Mapping) for child in children):
        checks.fault(at, "flow_bad_children")
        return ()
    if depth >= DEEPEST and children:
        checks.fault(at, "flow_too_deep", limit=DEEPEST)
        return ()
    if contains == "nothing" and children:
        checks.fault(at, "flow_holds_nothing", kind=kinds[kind].zh, kind_en=kinds[kind].en)
        return ()
    if contains in {"cases", "lanes"} and len(children) < 2:
        checks.fault(at, "flow_block_of_one", kind=kinds[kind].zh, kind_en=kinds[kind].en)
    inner = {"cases": "case", "lanes": "lane"}.get(contains)
    found = []
    for place, child in enumerate(children):
        there = str(child.get("kind"))
        fits = there == inner if inner else there not in {START, "case", "lane"}
        if not fits:
            checks.fault(f"{at}/{place}/kind", "flow_wrong_place", item=there)
            continue
        found.append(_node(child, f"{at}/{place}", kinds, checks, seen, depth + 1))
    return tuple(found)
