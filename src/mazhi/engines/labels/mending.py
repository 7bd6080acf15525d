"""How what forbids printing may be mended with one click: a smaller size, a larger box, the right check digit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.labels.layout import spot_of
from mazhi.engines.labels.model import Placed, element_kinds
from mazhi.kernel.errors import Problem

_LEAST_HALVES = 12
"""Half points below which nothing is made smaller by itself."""


def mend(
    problem: Problem, shown: Mapping[str, Placed], dpi: int, data: Scope, width_mm: float
) -> dict[str, Any] | None:
    """Return the change that takes a problem away, or none."""
    placed = shown.get(str(problem.params.get("id", "")))
    if placed is None:
        return None
    change = None
    if problem.code == "label_text_does_not_fit":
        change = _fitting_text(placed, dpi, data) or _wider(placed, problem, width_mm)
    elif problem.code == "label_code_does_not_fit":
        change = _fitting_code(placed, problem)
    elif problem.code == "carrier_wrong_check_digit":
        change = _right_digit(placed, problem)
    return {"element": placed.id, "set": change} if change else None


def _fits(placed: Placed, change: Mapping[str, object], dpi: int, data: Scope) -> bool:
    values = {**placed.values, **change}
    spot = spot_of(placed, dpi, None)
    changed = type(spot)(spot.id, spot.name, spot.width, spot.height, dpi, values)
    return not element_kinds[placed.kind].plan(changed).draw(data).problems


def _fitting_text(placed: Placed, dpi: int, data: Scope) -> dict[str, object] | None:
    """Wrap it, shrink it, or set it smaller, whatever comes first."""
    if "wrap" not in placed.values:
        return None
    shrink: dict[str, object] = {"shrink": True, "min_size": _LEAST_HALVES / 2}
    ways: list[dict[str, object]] = [{"wrap": True}, shrink, {"wrap": True, **shrink}]
    size = placed.values["size"]
    if isinstance(size, (int, float)):
        ways += [{"size": halves / 2} for halves in range(int(size * 2) - 1, _LEAST_HALVES - 1, -1)]
    return next((way for way in ways if _fits(placed, way, dpi, data)), None)


def _wider(placed: Placed, problem: Problem, width_mm: float) -> dict[str, object] | None:
    """Make the box as wide as its text, if that stays on the label."""
    needed = float(str(problem.params["width"])) + 0.1
    if placed.rotation in {90, 270} or needed <= placed.w or placed.x + needed > width_mm:
        return None
    return {"w": round(needed, 1)}


def _fitting_code(placed: Placed, problem: Problem) -> dict[str, object]:
    """Make the box as large as it has to be, with narrower bars if they were chosen."""
    width, height = float(str(problem.params["width"])), float(str(problem.params["height"]))
    if placed.rotation in {90, 270}:
        width, height = height, width
    change: dict[str, object] = {}
    if width > placed.w:
        change["w"] = width
    if height > placed.h:
        change["h"] = height
    return change


def _right_digit(placed: Placed, problem: Problem) -> dict[str, object] | None:
    value, content = str(placed.values.get("value", "")), str(problem.params.get("content", ""))
    expected = str(problem.params.get("expected", ""))
    if "{" in value or len(expected) != 1 or not content or content not in value:
        return None
    return {"value": value.replace(content, content[:-1] + expected)}
