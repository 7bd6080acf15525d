"""Where everything stands in the picture: downwards, block within block, so that nothing can overlap.

Each sequence has an axis; what it holds stands on it, one below the other. A block opens with a gateway on the axis of
the sequence that it stands in, its ways stand side by side, each on its own axis, and it closes with another gateway.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mazhi.engines.flows.bpmn.decisions import Decision, decision
from mazhi.engines.flows.bpmn.elements import EVENT, GATEWAY, name_of, size_of, tag_of
from mazhi.engines.flows.bpmn.returning import BAND, ENTRY, Back, Track, room_for, route
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
BESIDE = 60
"""Between a gateway and the end that stands beside it for what was refused."""
SHORT = 60
"""Width of the name under such an end."""
AGAIN = "again"
"""Id of the work of who started it and gets it back."""
Point = tuple[int, int]
Part = Literal["", "join", "decision", "refused", "again"]


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
        part: What it is for where it is no node: what closes a block, what is decided behind a step, where it ends
            when it is refused, the work of who gets it back.
    """

    id: str
    tag: str
    name: str
    node: Node | None
    x: int
    y: int
    width: int
    height: int
    part: Part = ""

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
        decisions: What can be decided at nodes, by their ids.
        backs: The arrows that go back; they are drawn when everything stands.
        tracks: Where such arrows run beside each sequence, by the id of what holds it.
    """

    shapes: dict[str, Shape] = field(default_factory=dict)
    edges: list[Edge] = field(default_factory=list)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    backs: list[Back] = field(default_factory=list)
    tracks: dict[str, Track] = field(default_factory=dict)


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
    _decide(picture, flow)
    left, _ = _width(picture, flow.root.children)
    axis = BETWEEN + max(left, size_of("startEvent")[0])
    picture.tracks[flow.root.id] = Track(axis - left, 0)
    start = _put(picture, ident(flow.root.id), "startEvent", name_of(flow.root), flow.root, axis, BETWEEN)
    if any(one.target == flow.root.id for one in picture.backs):
        again = _put(picture, AGAIN, "userTask", "发起人填写", None, axis, start.bottom + DOWN, "again")
        _connect(picture, start.id, again.id, axis)
        start = again
    laid = _sequence(picture, flow.root.children, axis, start.bottom + DOWN)
    if laid.first is not None:
        _connect(picture, start.id, laid.first, axis)
    last = start.id if laid.first is None else laid.last
    if last is not None:
        end = _put(picture, "end", "endEvent", "结束", None, axis, laid.bottom + (0 if laid.first is None else DOWN))
        _connect(picture, last, end.id, axis)
    _send_back(picture, flow)
    return picture


def _decide(picture: Picture, flow: Flow) -> None:
    """Find out what can be decided at each step that the flow can come to."""
    reachable = set(_reached(flow.root))
    for node in flow.root.walk():
        found = decision(flow, node) if node.id in reachable else None
        if found is None:
            continue
        picture.decisions[node.id] = found
        if found.refused == flow.root.id:
            picture.backs.append(Back("拒绝", node.id, flow.root.id))
        picture.backs += [Back("退回", node.id, one) for one in found.back if one in reachable]


def _reached(node: Node) -> Iterator[str]:
    yield node.id
    for child in _reachable(node.children) if node.kind in {"start", "case", "lane"} else node.children:
        yield from _reached(child)


def _send_back(picture: Picture, flow: Flow) -> None:
    """Draw the arrows that go back."""
    coming: dict[str, int] = {}
    for number, back in enumerate(picture.backs):
        gateway = picture.shapes[f"{ident(back.node)}_decision"]
        target = picture.shapes[AGAIN if back.target == flow.root.id else ident(back.target)]
        place = coming[target.id] = coming.get(target.id, 0) + 1
        end = (target.x, target.y + min(ENTRY + 8 * (place - 1), target.height - ENTRY))
        points = route(flow, picture.tracks, back, number, (gateway.x, gateway.middle), end)
        picture.edges.append(Edge(f"flow_{len(picture.edges) + 1}", gateway.id, target.id, back.name, "", points))


def ident(node_id: str) -> str:
    """Return the id of a node as an XML name that no other node has."""
    return "node_" + "".join(
        sign if sign.isascii() and (sign.isalnum() or sign in "-.") else f"_{ord(sign):x}_" for sign in node_id
    )


def _put(
    picture: Picture, key: str, tag: str, name: str, node: Node | None, axis: int, top: int, part: Part = ""
) -> Shape:
    width, height = size_of(tag)
    shape = picture.shapes[key] = Shape(key, tag, name, node, axis - width // 2, top, width, height, part)
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
    room = room_for(len(picture.backs))
    return room + max([half, *(left for left, _ in found)]), max([half, *(right for _, right in found)])


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
        held_by = picture.decisions.get(node.id)
        if held_by is not None and held_by.refused == "end":
            found = (half, max(half, GATEWAY[0] // 2 + BESIDE + (EVENT[0] + SHORT) // 2))
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
    if shape.tag.endswith("Gateway"):
        return shape.id, *_block(picture, node, shape)
    if node.id in picture.decisions:
        return shape.id, *_decided(picture, shape, picture.decisions[node.id])
    return shape.id, None if node.kind == "end" else shape.id, shape.bottom


def _decided(picture: Picture, task: Shape, found: Decision) -> tuple[str, int]:
    """Put the gateway behind a step at which something is decided, and the end for what is refused."""
    gateway = _put(
        picture, f"{task.id}_decision", "exclusiveGateway", "", None, task.axis, task.bottom + DOWN, "decision"
    )
    _connect(picture, task.id, gateway.id, task.axis)
    if found.refused == "end":
        beside = gateway.x + gateway.width + BESIDE + EVENT[0] // 2
        top = gateway.middle - EVENT[1] // 2
        end = _put(picture, f"{task.id}_refused", "endEvent", "已拒绝", None, beside, top, "refused")
        points = ((gateway.x + gateway.width, gateway.middle), (end.x, end.middle))
        picture.edges.append(Edge(f"flow_{len(picture.edges) + 1}", gateway.id, end.id, "拒绝", "", points))
    return gateway.id, gateway.bottom


def _block(picture: Picture, node: Node, split: Shape) -> tuple[str | None, int]:
    widths = [_width(picture, way.children) for way in node.children]
    whole = sum(left + right for left, right in widths) + BETWEEN * (len(widths) - 1)
    begin, axes = split.axis - whole // 2, []
    for way, (left, right) in zip(node.children, widths, strict=True):
        axes.append(begin + left)
        picture.tracks[way.id] = Track(begin, split.bottom + BAND)
        begin += left + right + BETWEEN
    ways = [
        _sequence(picture, way.children, axis, split.bottom + DOWN)
        for way, axis in zip(node.children, axes, strict=True)
    ]
    bottom = max(way.bottom for way in ways)
    goes_on = not _ends(node)
    join = None
    if goes_on:
        join = _put(picture, f"{split.id}_join", split.tag, "", None, split.axis, bottom + DOWN, "join")
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
    if one.part == "decision" and not name:
        name = picture.decisions[_decided_at(picture, one)].agreed
    points = (*_leaving(one, axis), *_coming(other, axis))
    picture.edges.append(
        Edge(f"flow_{len(picture.edges) + 1}", source, target, name, condition, tuple(dict.fromkeys(points)))
    )


def _decided_at(picture: Picture, gateway: Shape) -> str:
    """Return the id of the node whose decision a gateway draws."""
    task = picture.shapes[gateway.id.removesuffix("_decision")]
    return task.node.id if task.node is not None else ""


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
