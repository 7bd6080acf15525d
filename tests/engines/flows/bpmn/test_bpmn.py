"""Flows as BPMN: valid by the published schema, nothing overlaps, every arrow ends at what it connects."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st

from mazhi.engines.flows.bpmn.layout import Picture, Shape, draw
from mazhi.engines.flows.bpmn.service import Bpmn
from mazhi.engines.flows.bpmn.writing import BOUNDS, DIAGRAM, MODEL, POINTS, write
from mazhi.engines.flows.family import node_kinds
from mazhi.engines.flows.model import Flow, read
from tests.engines.flows.shop import APP, Shop, members, node

SCHEMA = Path(__file__).parents[4] / "ui/node_modules/bpmn-moddle/resources/bpmn/xsd/BPMN20.xsd"
WORK = ("approve", "fill", "scan")
PLAIN = sorted(kind.name for kind in node_kinds if kind.contains == "nothing" and kind.name != "end")
TITLES = st.sampled_from(["", "收货扫码核对", '质检 <合格> & "让步"', "部门负责人审批（超过一万元的采购单）", "𠮷"])


@cache
def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(SCHEMA))


@st.composite
def trees(draw_: st.DrawFn) -> dict[str, Any]:
    """Draw any tree at all, ids of odd signs and ways without anything included."""
    count = 0

    seen = ["start"]

    def made(kind: str, *children: dict[str, Any], **options: Any) -> dict[str, Any]:
        nonlocal count
        count += 1
        sign = draw_(st.sampled_from(["-", "_", "2d", "号", "/", " "]))
        key = f"{count}{sign}"
        if kind in {"approve", "fill", "scan"} and draw_(st.booleans()):
            to = draw_(st.lists(st.sampled_from([*seen, key, "gone"]), unique=True, max_size=3))
            options["buttons"] = {"send_back": {"on": draw_(st.booleans()), "to": to}}
        if kind == "approve":
            options["refused"] = draw_(st.sampled_from(["end", "start"]))
        seen.append(key)
        return {**node(kind, key, *children, **options), "title": draw_(TITLES)}

    def one(depth: int) -> dict[str, Any]:
        kind = draw_(st.sampled_from(["plain", "plain", "end", *(["branch", "parallel"] * 2 if depth < 3 else [])]))
        if kind in {"branch", "parallel"}:
            ways = draw_(st.integers(2, 5 if depth == 0 else 3))
            inner = "case" if kind == "branch" else "lane"
            when = {"when": "AND(数量 > 1, x < 2)"} if inner == "case" else {}
            return made(kind, *(made(inner, *several(depth + 1), **when) for _ in range(ways)))
        return made("end") if kind == "end" else made(draw_(st.sampled_from(PLAIN) | st.sampled_from(WORK)))

    def several(depth: int) -> list[dict[str, Any]]:
        return [one(depth) for _ in range(draw_(st.integers(0, 3)))]

    return {"form": "receipt", "tree": {**made("start", *several(0)), "id": "start"}}


def flow_of(body: dict[str, Any]) -> Flow:
    return read(body, node_kinds)


def overlap(one: Shape, other: Shape) -> bool:
    return (
        one.x < other.x + other.width and other.x < one.x + one.width and one.y < other.bottom and other.y < one.bottom
    )


def crosses(shape: Shape, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether a piece of an arrow runs through the inside of a shape."""
    left, right = sorted((one[0], other[0]))
    upper, lower = sorted((one[1], other[1]))
    return left < shape.x + shape.width and right > shape.x and upper < shape.bottom and lower > shape.y


def on_border(shape: Shape, point: tuple[int, int]) -> bool:
    x, y = point
    within = shape.x <= x <= shape.x + shape.width and shape.y <= y <= shape.bottom
    return within and (x in {shape.x, shape.x + shape.width} or y in {shape.y, shape.bottom})


def look_at(picture: Picture) -> None:
    for one, other in combinations(picture.shapes.values(), 2):
        assert not overlap(one, other), (one, other)
    assert all(one.x >= 0 and one.y >= 0 for one in picture.shapes.values())
    for edge in picture.edges:
        source, target = picture.shapes[edge.source], picture.shapes[edge.target]
        assert on_border(source, edge.points[0]), edge
        assert on_border(target, edge.points[-1]), edge
        for one, other in pairwise(edge.points):
            assert one[0] == other[0] or one[1] == other[1], "only straight lines"
            assert not any(crosses(shape, one, other) for shape in picture.shapes.values()), edge


def connected(picture: Picture) -> None:
    """Everything but the beginning is come to, and everything but ends is left."""
    sources, targets = {one.source for one in picture.edges}, {one.target for one in picture.edges}
    for shape in picture.shapes.values():
        assert (shape.id in targets) != (shape.tag == "startEvent"), shape
        assert (shape.id in sources) != (shape.tag == "endEvent"), shape


@settings(max_examples=25, deadline=None)
@given(trees())
def test_any_flow_is_valid_and_nothing_overlaps(body: dict[str, Any]) -> None:
    flow = flow_of(body)
    picture = draw(flow)
    look_at(picture)
    connected(picture)
    text = write(flow, "f", "收货", 1)
    schema().validate(BytesIO(text))
    root = ET.fromstring(text)
    names = {"model": MODEL, "di": DIAGRAM, "dc": BOUNDS, "points": POINTS}
    drawn = root.findall(".//di:BPMNShape", names)
    assert [one.get("bpmnElement") for one in drawn] == list(picture.shapes)
    assert len(root.findall(".//model:sequenceFlow", names)) == len(root.findall(".//di:BPMNEdge", names))


def test_a_flow_as_a_manual_shows_it(shop: Shop) -> None:
    shop.draw(
        node("fill", "a", title="填写到货单", who=members("chen"), hint="核对送货单"),
        node(
            "branch", "b",
            node("case", "c", node("approve", "d", title="主管审批", who=members("li", "zhang"), many="all"),
                 title="金额大", when="amount > 10"),
            node("case", "e", title="其余情况"),
        ),
        node(
            "parallel", "p",
            node("lane", "l1", node("copy", "f", title="告诉仓库", who=members("li"))),
            node("lane", "l2", node("wait", "w", title="等一天", amount=24)),
        ),
    )  # fmt: skip
    text = Bpmn(shop.db, shop.system.flows).export(APP, "f")
    schema().validate(BytesIO(text))
    root = ET.fromstring(text)
    found = {one.get("id"): one for one in root.iter() if one.get("id")}
    tags = {key: one.tag.split("}")[1] for key, one in found.items()}
    assert {tags[f"node_{key}"] for key in "ad"} == {"userTask"}
    assert (tags["node_b"], tags["node_p"], tags["node_f"], tags["node_w"]) == (
        "exclusiveGateway", "parallelGateway", "sendTask", "intermediateCatchEvent",
    )  # fmt: skip
    assert found["node_a"].get("name") == "填写到货单"
    space = f"{{{MODEL}}}"
    assert found["node_d"].find(f"{space}multiInstanceLoopCharacteristics") is not None
    assert "核对送货单" in str(found["node_a"].findtext(f"{space}documentation"))
    (condition,) = root.iter(f"{space}conditionExpression")
    assert condition.text == "amount > 10"
    default = found[str(found["node_b"].get("default"))]
    assert (default.get("name"), default.get("targetRef")) == ("其余情况", "node_b_join")


def test_refusing_ends_the_flow_and_sending_back_goes_to_the_step() -> None:
    back = {"send_back": {"on": True, "to": ["a", "start"]}}
    lanes = [
        node("lane", "l1", node("approve", "c", title="质检", refused="start")),
        node("lane", "l2", node("fill", "d", buttons=back)),
    ]
    tree = node("start", "start", node("fill", "a"), node("approve", "b", buttons=back), node("parallel", "p", *lanes))
    picture = draw(flow_of({"form": "receipt", "tree": tree}))
    look_at(picture)
    told = {(one.source, one.name, one.target) for one in picture.edges if one.name}
    assert told == {
        ("node_b_decision", "拒绝", "node_b_refused"), ("node_b_decision", "同意", "node_p"),
        ("node_b_decision", "退回", "node_a"), ("node_b_decision", "退回", "again"),
        ("node_c_decision", "拒绝", "again"), ("node_c_decision", "同意", "node_p_join"),
        ("node_d_decision", "退回", "node_a"), ("node_d_decision", "退回", "again"),
        ("node_d_decision", "完成", "node_p_join"),
    }  # fmt: skip
    text = write(flow_of({"form": "receipt", "tree": tree}), "f", "收货", 1)
    schema().validate(BytesIO(text))
    off = node("approve", "b", buttons={"refuse": {"on": False}})
    picture = draw(flow_of({"form": "receipt", "tree": node("start", "start", off)}))
    assert not [one for one in picture.shapes.values() if one.part]


def test_what_stands_behind_an_end_is_not_drawn_and_an_end_within_lanes_ends_all() -> None:
    lanes = [node("lane", f"l{n}", node("end", f"e{n}")) for n in range(2)]
    body = {"form": "receipt", "tree": node("start", "start", node("parallel", "p", *lanes), node("copy", "never"))}
    picture = draw(flow_of(body))
    assert "node_never" not in picture.shapes
    assert "node_p_join" not in picture.shapes
    root = ET.fromstring(write(flow_of(body), "f", "x", 1))
    assert len(list(root.iter(f"{{{MODEL}}}terminateEventDefinition"))) == 2


def test_an_empty_flow_has_a_beginning_and_an_end() -> None:
    picture = draw(flow_of({"form": "receipt", "tree": node("start", "start")}))
    assert [one.tag for one in picture.shapes.values()] == ["startEvent", "endEvent"]
    look_at(picture)
    connected(picture)
