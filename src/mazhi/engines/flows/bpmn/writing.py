"""Writing a picture of a flow as XML of BPMN 2.0, with its diagram."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from mazhi.engines.flows.bpmn.layout import LABEL, SHORT, Edge, Picture, Shape, draw
from mazhi.engines.flows.family import action_kinds, node_kinds
from mazhi.engines.flows.model import Flow, Node

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DIAGRAM = "http://www.omg.org/spec/BPMN/20100524/DI"
BOUNDS = "http://www.omg.org/spec/DD/20100524/DC"
POINTS = "http://www.omg.org/spec/DD/20100524/DI"
TYPES = "http://www.w3.org/2001/XMLSchema-instance"
TARGET = "https://mazhi.example/flows"
"""The name space of what is written; it is a name and no address."""
_PREFIXES = {"bpmn": MODEL, "bpmndi": DIAGRAM, "dc": BOUNDS, "di": POINTS, "xsi": TYPES}
LINE = 20


def write(flow: Flow, code: str, name: str, version: int) -> bytes:
    """Return a flow as XML."""
    for prefix, space in _PREFIXES.items():
        ET.register_namespace(prefix, space)
    picture = draw(flow)
    root = ET.Element(
        f"{{{MODEL}}}definitions",
        {"id": "definitions", "name": _clean(name), "targetNamespace": TARGET, "exporter": "Mazhi",
         "exporterVersion": str(version)},
    )  # fmt: skip
    process = _add(root, MODEL, "process", id="process", name=_clean(name), isExecutable="false")
    _documented(process, f"{code} · {version}")
    coming: dict[str, list[Edge]] = {}
    leaving: dict[str, list[Edge]] = {}
    for edge in picture.edges:
        leaving.setdefault(edge.source, []).append(edge)
        coming.setdefault(edge.target, []).append(edge)
    terminating = set(_within_lanes(flow.root))
    for shape in picture.shapes.values():
        _element(process, shape, coming.get(shape.id, []), leaving.get(shape.id, []), terminating)
    for edge in picture.edges:
        _flow(process, edge)
    _diagram(root, picture)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text


def _add(parent: ET.Element, space: str, tag: str, **attributes: str) -> ET.Element:
    return ET.SubElement(parent, f"{{{space}}}{tag}", attributes)


def _clean(text: str) -> str:
    """Leave out what XML cannot hold."""
    return "".join(sign for sign in text if sign in "\t\n\r" or " " <= sign < "\ud800" or "\ue000" <= sign < "\ufffe"
                   or sign > "\uffff")  # fmt: skip


def _documented(element: ET.Element, text: str) -> None:
    if text.strip():
        _add(element, MODEL, "documentation").text = _clean(text.strip())


def _within_lanes(node: Node, *, inside: bool = False) -> Iterator[str]:
    """Give the ends that end the flow out of the middle of parallel ways."""
    if node.kind == "end" and inside:
        yield node.id
    for child in node.children:
        yield from _within_lanes(child, inside=inside or node.kind == "lane")


def _element(process: ET.Element, shape: Shape, coming: list[Edge], leaving: list[Edge], terminating: set[str]) -> None:
    element = _add(process, MODEL, shape.tag, id=shape.id)
    node = shape.node
    if shape.name:
        element.set("name", _clean(shape.name))
    if shape.tag.endswith("Gateway"):
        element.set("gatewayDirection", "Converging" if shape.part == "join" else "Diverging")
    if shape.tag == "exclusiveGateway" and node is not None and leaving:
        element.set("default", leaving[-1].id)
    if node is not None:
        _documented(element, _told(node))
    for edge in coming:
        _add(element, MODEL, "incoming").text = edge.id
    for edge in leaving:
        _add(element, MODEL, "outgoing").text = edge.id
    if node is not None:
        _defined(element, shape, node, terminating)
    if shape.part == "refused":
        # Whatever else runs beside it ends with it.
        _add(element, MODEL, "terminateEventDefinition", id=f"{shape.id}_terminate")


def _defined(element: ET.Element, shape: Shape, node: Node, terminating: set[str]) -> None:
    """Say what kind of event it is, and that several people do it."""
    if shape.tag == "intermediateCatchEvent":
        _add(element, MODEL, "timerEventDefinition", id=f"{shape.id}_timer")
    if node.id in terminating:
        _add(element, MODEL, "terminateEventDefinition", id=f"{shape.id}_terminate")
    if node_kinds[node.kind].work and node.options.get("many") in {"all", "turn"}:
        turn = "true" if node.options["many"] == "turn" else "false"
        _add(element, MODEL, "multiInstanceLoopCharacteristics", isSequential=turn)


def _told(node: Node) -> str:
    """Return what the drawing says beside the title: its kind, and the instructions for people."""
    kind = node_kinds[node.kind]
    lines = [] if node.title in {"", kind.zh} or node.kind in {"start", "end"} else [kind.zh]
    hint = str(node.options.get("hint") or "")
    due = node.options.get("due") or {}
    if isinstance(due, dict) and due.get("hours"):
        lines.append(f"时限：{due['hours']} 小时")
    if kind.work and _sends_anywhere(node):
        lines.append("可以退回到前面任何一步")
    return "\n".join([*lines, hint])


def _sends_anywhere(node: Node) -> bool:
    """Tell whether a step can be sent back without the drawing naming where to."""
    button = (node.options.get("buttons") or {}).get("send_back") or {}
    return bool(button.get("on", action_kinds["send_back"].usual)) and not button.get("to")


def _flow(process: ET.Element, edge: Edge) -> None:
    element = _add(process, MODEL, "sequenceFlow", id=edge.id, sourceRef=edge.source, targetRef=edge.target)
    if edge.name:
        element.set("name", _clean(edge.name))
    if edge.condition:
        condition = _add(element, MODEL, "conditionExpression")
        condition.set(f"{{{TYPES}}}type", "bpmn:tFormalExpression")
        condition.text = _clean(edge.condition)


def _diagram(root: ET.Element, picture: Picture) -> None:
    diagram = _add(root, DIAGRAM, "BPMNDiagram", id="diagram")
    plane = _add(diagram, DIAGRAM, "BPMNPlane", id="plane", bpmnElement="process")
    for shape in picture.shapes.values():
        drawn = _add(plane, DIAGRAM, "BPMNShape", id=f"{shape.id}_shape", bpmnElement=shape.id)
        _bounds(drawn, shape.x, shape.y, shape.width, shape.height)
        if shape.part == "refused":
            under = shape.axis - SHORT // 2, shape.bottom + 4, SHORT, LINE
            _bounds(_add(drawn, DIAGRAM, "BPMNLabel"), *under)
        elif shape.name and not shape.tag.endswith(("Task", "Activity")):
            label = _add(drawn, DIAGRAM, "BPMNLabel")
            above = LINE if shape.tag.endswith("Gateway") else -(shape.height - LINE) // 2
            _bounds(label, shape.x + shape.width + LINE // 2, shape.y - above, LABEL, LINE)
    for edge in picture.edges:
        drawn = _add(plane, DIAGRAM, "BPMNEdge", id=f"{edge.id}_edge", bpmnElement=edge.id)
        for x, y in edge.points:
            _add(drawn, POINTS, "waypoint", x=str(x), y=str(y))
        if edge.name:
            _bounds(_add(drawn, DIAGRAM, "BPMNLabel"), *_label_of(edge, picture))


def _label_of(edge: Edge, picture: Picture) -> tuple[int, int, int, int]:
    """Return where the name of an arrow stands: beside the gateway where it was decided, else at its first corner."""
    source = picture.shapes[edge.source]
    (x, y), (next_x, next_y) = edge.points[0], edge.points[1]
    if source.part != "decision":
        return next_x + LINE // 2, next_y + LINE // 2, LABEL // 2, LINE
    if y != next_y:
        return x + LINE // 2, y + LINE // 2, SHORT // 2, LINE
    return (x + LINE // 2 if next_x > x else x - LINE // 2 - SHORT // 2), y - LINE - 2, SHORT // 2, LINE


def _bounds(element: ET.Element, x: int, y: int, width: int, height: int) -> None:
    _add(element, BOUNDS, "Bounds", x=str(x), y=str(y), width=str(width), height=str(height))
