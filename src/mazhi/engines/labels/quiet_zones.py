"""Quiet zones (静区): what stands in the white that a symbol needs around it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mazhi.engines.labels.bits import to_image
from mazhi.engines.labels.element import AnyMark
from mazhi.engines.labels.layout import extent
from mazhi.engines.labels.marks import DOTS_PER_MM, Box, Laid, Symbol
from mazhi.engines.labels.model import Placed, Template

_ROUNDING = 1
"""Dots that are let pass, since edges are rounded."""

Edges = tuple[int, int, int, int]
"""Left, upper, right and lower edge in dots."""


@dataclass(frozen=True, slots=True)
class Intrusion:
    """Ink of one element in the quiet zone of another's symbol."""

    element: str
    params: Mapping[str, Any]
    fix: Mapping[str, Any] | None


def zone(symbol: Symbol) -> Edges:
    """Return the symbol with its quiet zone, as it lies on the label."""
    left, right, above, below = (side * symbol.module for side in symbol.matrix.quiet)
    for _ in range(symbol.rotation // 90):
        left, above, right, below = below, left, above, right
    width, height = symbol.size
    return symbol.x - left, symbol.y - above, symbol.x + width + right, symbol.y + height + below


def intrusions(laid: Laid, shown: Mapping[str, Placed], template: Template) -> Iterator[Intrusion]:
    """Yield what stands in each symbol's quiet zone, each element once."""
    for symbol in laid.marks:
        if isinstance(symbol, Symbol):
            white = zone(symbol)
            inks: dict[str, Edges] = {}
            for mark in laid.marks:
                if mark.element != symbol.element and (ink := _ink(mark, white)):
                    inks[mark.element] = _union(inks.get(mark.element, ink), ink)
            for element, ink in inks.items():
                if min(_depths(ink, white)) > _ROUNDING:
                    yield _told(symbol, white, element, ink, laid, shown, template)


def _depths(ink: Edges, white: Edges) -> Edges:
    """Return how far ink would have to go left, up, right or down to leave the white."""
    return ink[2] - white[0], ink[3] - white[1], white[2] - ink[0], white[3] - ink[1]


def _union(one: Edges, other: Edges) -> Edges:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _ink(mark: AnyMark, white: Edges) -> Edges | None:
    """Return where a mark has ink inside these edges."""
    width, height = extent(mark)
    left, top = max(mark.x, white[0]), max(mark.y, white[1])
    right, bottom = min(mark.x + width, white[2]), min(mark.y + height, white[3])
    if left >= right or top >= bottom:
        return None
    if isinstance(mark, (Box, Symbol)):
        return left, top, right, bottom
    part = to_image(mark.bits).crop((left - mark.x, top - mark.y, right - mark.x, bottom - mark.y)).getbbox()
    return (left + part[0], top + part[1], left + part[2], top + part[3]) if part else None


def _told(
    symbol: Symbol, white: Edges, element: str, ink: Edges, laid: Laid, shown: Mapping[str, Placed], template: Template
) -> Intrusion:
    per_mm = DOTS_PER_MM[laid.dpi]
    depths = _depths(ink, white)
    placed, quiet = shown[element], max(symbol.matrix.quiet)
    params = {
        "element": placed.name, "code": shown[symbol.element].name, "depth": f"{min(depths) / per_mm:.1f}",
        "modules": quiet, "quiet": f"{quiet * symbol.module / per_mm:.1f}",
    }  # fmt: skip
    return Intrusion(element, params, _withdrawn(placed, depths, per_mm, template))


def _withdrawn(placed: Placed, depths: Edges, per_mm: float, template: Template) -> dict[str, Any] | None:
    """Shorten a line or box, move anything else, on the side where it is least; none if it would leave the label."""
    from_right, from_below, from_left, from_above = (math.ceil(depth / per_mm * 1000) / 1000 for depth in depths)
    if placed.kind in {"line", "rect"}:
        ways: list[tuple[float, dict[str, float]]] = [
            (from_right, {"w": placed.w - from_right}),
            (from_left, {"x": placed.x + from_left, "w": placed.w - from_left}),
            (from_below, {"h": placed.h - from_below}),
            (from_above, {"y": placed.y + from_above, "h": placed.h - from_above}),
        ]
        # A frame around the symbol cannot be shortened away.
        ways = [way for way in ways if all(way[1].get(side, 1) > 0 for side in ("w", "h"))]
        ways = [way for way in ways if max(placed.w, placed.h) * 0.4 > way[0]]
    else:
        ways = [
            (from_right, {"x": placed.x - from_right}),
            (from_left, {"x": placed.x + from_left}),
            (from_below, {"y": placed.y - from_below}),
            (from_above, {"y": placed.y + from_above}),
        ]
    ways = [way for way in ways if _stays(placed, way[1], template)]
    if not ways:
        return None
    change = min(ways, key=lambda way: way[0])[1]
    return {"element": placed.id, "set": {name: round(value, 3) for name, value in change.items()}}


def _stays(placed: Placed, change: Mapping[str, float], template: Template) -> bool:
    x, y = change.get("x", placed.x), change.get("y", placed.y)
    w, h = change.get("w", placed.w), change.get("h", placed.h)
    return x >= 0 and y >= 0 and x + w <= template.width_mm + 0.1 and y + h <= template.height_mm + 0.1
