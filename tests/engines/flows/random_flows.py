"""Random flows, for property tests: any tree that the designer could draw with people, ways and blocks."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.engines.flows.shop import members, node

PEOPLE = ("chen", "li", "zhang", "boss")


class _Ids:
    """Ids in the order in which the nodes are drawn."""

    def __init__(self) -> None:
        self.count = 0
        self.received = False

    def next(self, kind: str) -> str:
        self.count += 1
        return f"{kind}{self.count}"


def _who(draw: st.DrawFn) -> dict[str, Any]:
    return members(*draw(st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True)))


def _work(draw: st.DrawFn, ids: _Ids) -> dict[str, Any]:
    kind = draw(st.sampled_from(["fill", "approve", "approve"]))
    many = draw(st.sampled_from(["any", "all", "turn", "ratio"]))
    more = {"refused": draw(st.sampled_from(["end", "start"]))} if kind == "approve" else {}
    return node(kind, ids.next(kind), who=_who(draw), many=many, ratio=draw(st.sampled_from([30, 50, 100])), **more)


def _scan(draw: st.DrawFn, ids: _Ids) -> dict[str, Any]:
    """Draw a step that scans the lines of the record; the first one drawn receives what was scanned."""
    posts = {} if ids.received else {"operation": {"kind": "receive", "place": {"value": "WH1"}}}
    ids.received = True
    against = {"kind": "lines", "table": "lines", "product": "product", "quantity": "qty"}
    return node("scan", ids.next("scan"), who=_who(draw), many="any", against=against, **posts)


def _sequence(draw: st.DrawFn, ids: _Ids, depth: int, scans: bool, most: int = 3) -> list[dict[str, Any]]:
    return [_node(draw, ids, depth, scans) for _ in range(draw(st.integers(0, most)))]


def _node(draw: st.DrawFn, ids: _Ids, depth: int, scans: bool) -> dict[str, Any]:
    kinds = ["work", "work", "work", "copy", "end", *(["branch", "parallel"] if depth < 3 else []), *["scan"] * scans]
    match draw(st.sampled_from(kinds)):
        case "branch":
            limits = draw(st.lists(st.integers(0, 9), min_size=1, max_size=2))
            cases = [
                node("case", ids.next("case"), *_sequence(draw, ids, depth + 1, scans, 2), when=f"amount>{limit}")
                for limit in limits
            ]
            last = node("case", ids.next("case"), *_sequence(draw, ids, depth + 1, scans, 2))
            return node("branch", ids.next("branch"), *cases, last)
        case "parallel":
            lanes = [
                node("lane", ids.next("lane"), *_sequence(draw, ids, depth + 1, scans, 2))
                for _ in range(draw(st.integers(2, 3)))
            ]
            return node("parallel", ids.next("parallel"), *lanes)
        case "copy":
            return node("copy", ids.next("copy"), who=_who(draw))
        case "end" if depth and draw(st.booleans()):
            return node("end", ids.next("end"))
        case "scan":
            return _scan(draw, ids)
        case _:
            return _work(draw, ids)


@st.composite
def flows(draw: st.DrawFn, *, scans: bool = False) -> list[dict[str, Any]]:
    """Draw the main sequence of a flow."""
    ids = _Ids()
    return [_work(draw, ids), *_sequence(draw, ids, 0, scans, 4)]
