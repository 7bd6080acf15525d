"""Where everything stands in the picture: downwards, block within block, so that nothing can overlap.

Each sequence has an axis; what it holds stands on it, one below the other. A block opens with a gateway on the axis of
the sequence that it stands in, its ways stand side by side, each on its own axis, and it closes with another gateway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mazhi.engines.flows.bpmn.elements import GATEWAY, name_of, size_of, tag_of
from mazhi.engines.flows.model import Flow, Node

DOWN = 60
"""Between what follows one another."""
BETWEEN = 60
"""Between ways side by side."""
LABEL = 130
"""Width of the name beside an event or a gateway."""
BEND = 20
NEAR = GATEWAY[0] // 2 + BEND
"""A way whose axis lies nearer than this is left from below the gateway, not from its side."""
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shape:
    """One element in the picture.

    Attributes:
        id: Its id in the XML.
        tag: Its element.
        name: What people read.
        node: The node; None for what closes a block and for the end that nobody has drawn.
        x: Left edge.
        y: Upper edge.
        width: Width.
        height: Height.
    """

    id: str
    tag: str
    name: str
    node: Node | None
    x: int
    y: int
    width: int
    height: int

    @property
    def axis(self) -> int:
        """Return the middle, from left to right."""
        return self.x + self.width // 2

    @property
    def middle(self) -> int:
        """Return the middle, from top to bottom."""
        return self.y + self.height // 2

    @property
    def bottom(self) -> int:
        """Return the lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow.

    Attributes:
        id: Its id in the XML.
        source: Id of the shape that it leaves.
        target: Id of the shape that it comes to.
        name: What people read.
        condition: The formula under which it is taken.
        points: Where it goes.
    """

    id: str
    source: str
    target: str
    name: str
    condition: str
    points: tuple[Point, ...]


@dataclass(slots=True)
class Picture:
    """A flow as a picture.

    Attributes:
        shapes: What stands in it, by id.
        edges: The arrows.
        sizes: How far each node reaches to the left and right of its axis, by its id.
    """

    shapes: dict[str, Shape] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Laid:
    """A sequence that was laid out: the ids of its first and last shape, and where it ends.

    ``last`` is None where the flow ends within; ``first`` where there is nothing.
    """

    first: str | None
    last: str | None
    bottom: int


def draw(flow: Flow) -> Picture:
    """Lay a flow out."""
    picture = Picture()
    left, _ = _width(picture, flow.root.children)
    axis = BETWEEN + max(left, size_of("startEvent")[0])
    start = _put(picture, ident(flow.root.id), "startEvent", name_of(flow.root), flow.root, axis, BETWEEN)
    laid = _sequence(picture, flow.root.children, axis, start.bottom + DOWN)
    if laid.first is not None:
        _connect(picture, start.id, laid.first, axis)
    last = start.id if laid.first is None else laid.last
    if last is not None:
        end = _put(picture, "end", "endEvent", "结束", None, axis, laid.bottom + (0 if laid.first is None else DOWN))
        _connect(picture, last, end.id, axis)
    return picture


def ident(node_id: str) -> str:
    """Return the id of a node as an XML name that no other node has."""
    return "node_" + "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-.") else f"_{ord(sign):x}_" for sign in node_id
    )


def _put(picture: Picture, key: str, tag: str, name: str, node: Node | None, axis: int, top: int) -> Shape:
    width, height = size_of(tag)
    shape = picture.shapes[key] = Shape(key, tag, name, node, axis - width // 2, top, width, height)
    return shape


def _reachable(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return what of a sequence the flow can come to: what stands behind an end is left out."""
    for place, node in enumerate(nodes):
        if _ends(node):
            return nodes[: place + 1]
    return nodes


def _ends(node: Node) -> bool:
    """Tell whether the flow never goes on behind a node: it is an end, or every way through it comes to one."""
    return node.kind == "end" or (
        bool(node.children) and all(any(_ends(inner) for inner in way.children) for way in node.children)
    )


def _width(picture: Picture, nodes: Sequence[Node]) -> tuple[int, int]:
    """Return how far a sequence reaches to the left and to the right of its axis."""
    found = [_reach(picture, node) for node in _reachable(nodes)]
    half = size_of("userTask")[0] // 2
    return max([half, *(left for left, _ in found)]), max([half, *(right for _, right in found)])


def _reach(picture: Picture, node: Node) -> tuple[int, int]:
    held = picture.sizes.get(node.id)
    if held is not None:
        return held
    tag = tag_of(node)
    half = size_of(tag)[0] // 2
    if tag.endswith("Gateway"):
        ways = [_width(picture, way.children) for way in node.children]
        whole = sum(left + right for left, right in ways) + BETWEEN * (len(ways) - 1)
        found = (max(half, whole // 2), max(half + BEND + LABEL, whole - whole // 2))
    else:
        found = (half, half + BEND + LABEL if tag.endswith("Event") else half)
    picture.sizes[node.id] = found
    return found


def _sequence(picture: Picture, nodes: Sequence[Node], axis: int, top: int) -> Laid:
    first, last, bottom = None, None, top
    reachable = _reachable(nodes)
    for node in reachable:
        begin = bottom + (DOWN if first is not None else 0)
        entered, left, bottom = _node(picture, node, axis, begin)
        if last is not None:
            _connect(picture, last, entered, axis)
        first, last = first or entered, left
    return Laid(first, last, bottom)


def _node(picture: Picture, node: Node, axis: int, top: int) -> tuple[str, str | None, int]:
    """Put a node, and everything within; return the shape that is entered, the one that is left, and the bottom."""
    shape = _put(picture, ident(node.id), tag_of(node), name_of(node), node, axis, top)
    if not shape.tag.endswith("Gateway"):
        return shape.id, None if node.kind == "end" else shape.id, shape.bottom
    return shape.id, *_block(picture, node, shape)


def _block(picture: Picture, node: Node, split: Shape) -> tuple[str | None, int]:
    widths = [_width(picture, way.children) for way in node.children]
    whole = sum(left + right for left, right in widths) + BETWEEN * (len(widths) - 1)
    begin, axes = split.axis - whole // 2, []
    for left, right in widths:
        axes.append(begin + left)
        begin += left + right + BETWEEN
    ways = [
        _sequence(picture, way.children, axis, split.bottom + DOWN)
        for way, axis in zip(node.children, axes, strict=True)
    ]
    bottom = max(way.bottom for way in ways)
    goes_on = not _ends(node)
    join = None
    if goes_on:
        join = _put(picture, f"{split.id}_join", split.tag, "", None, split.axis, bottom + DOWN)
    for child, laid, axis in zip(node.children, ways, axes, strict=True):
        condition = str(child.options.get("when") or "")
        name = child.title if node.kind == "branch" else ""
        if laid.first is not None:
            _connect(picture, split.id, laid.first, axis, name, condition)
        if join is not None and (laid.first is None or laid.last is not None):
            if laid.first is None:
                _connect(picture, split.id, join.id, axis, name, condition)
            else:
                _connect(picture, laid.last or "", join.id, axis)
    return (None, bottom) if join is None else (join.id, join.bottom)


def _connect(picture: Picture, source: str, target: str, axis: int, name: str = "", condition: str = "") -> None:
    """Draw an arrow that goes down along an axis, from the gateway that it leaves and to the one that it comes to."""
    one, other = picture.shapes[source], picture.shapes[target]
    points = (*_leaving(one, axis), *_coming(other, axis))
    picture.edges.append(
        Edge(f"flow_{len(picture.edges) + 1}", source, target, name, condition, tuple(dict.fromkeys(points)))
    )


def _leaving(shape: Shape, axis: int) -> list[Point]:
    aside = axis - shape.axis
    if not aside:
        return [(axis, shape.bottom)]
    if abs(aside) < NEAR:
        return [(shape.axis, shape.bottom), (shape.axis, shape.bottom + BEND), (axis, shape.bottom + BEND)]
    return [(shape.x if aside < 0 else shape.x + shape.width, shape.middle), (axis, shape.middle)]


def _coming(shape: Shape, axis: int) -> list[Point]:
    aside = axis - shape.axis
    if not aside:
        return [(axis, shape.y)]
    if abs(aside) < NEAR:
        return [(axis, shape.y - BEND), (shape.axis, shape.y - BEND), (shape.axis, shape.y)]
    return [(axis, shape.middle), (shape.x if aside < 0 else shape.x + shape.width, shape.middle)]
