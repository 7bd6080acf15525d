"""What is doubtful about a template at one resolution, each with a change that mends it where there is one.

Some of it forbids printing (``blocks``), such as text that does not fit; the rest may be printed but will read badly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mazhi.engines.formula.evaluating import Scope
from mazhi.engines.labels.data.model import sample
from mazhi.engines.labels.element import LEAST_BAR_MM, LEAST_MODULE_MM, PT_PER_MM, Images
from mazhi.engines.labels.layout import Layout, frame_of
from mazhi.engines.labels.marks import DOTS_PER_MM, Laid, Symbol, Words
from mazhi.engines.labels.mending import mend
from mazhi.engines.labels.model import Placed, Template
from mazhi.engines.labels.quiet_zones import intrusions
from mazhi.engines.labels.wrapping import is_wide

LEAST_CHINESE, LEAST_LATIN = 17, 11
"""Dots of the em square below which strokes run together: 17 are 6 pt at 203 dpi."""

_EDGE = 2
"""Dots by which an element may pass the label's edge, since edges are rounded."""


@dataclass(frozen=True, slots=True)
class Warning:
    """One thing that is doubtful.

    Attributes:
        element: The id of the element that it is about.
        code: What it is; its text is in ``texts.toml``.
        params: What fills the text.
        fix: ``{"element": id, "set": {property: value}}``, or none.
        blocks: Whether the label must not be printed like this.
    """

    element: str
    code: str
    params: Mapping[str, Any]
    fix: Mapping[str, Any] | None = None
    blocks: bool = False


def check(template: Template, dpi: int, data: Scope | None = None, images: Images | None = None) -> list[Warning]:
    """Return everything that is doubtful about a label, in the order of its elements.

    Args:
        template: The template.
        dpi: The resolution at which it is to be printed.
        data: The data of one label; made up if there is none.
        images: Where pictures are got from.
    """
    scope = sample() if data is None else data
    laid, problems = Layout(template, dpi, images).try_lay(scope)
    shown = {one.id: one for one in template.elements if not one.hidden}
    found = [
        Warning(
            str(one.params.get("id", "")), one.code, one.params, mend(one, shown, dpi, scope, template.width_mm), True
        )
        for one in problems
    ]
    blocked = {one.element for one in found}
    found += _outside(template, dpi, shown)
    found += [one for one in _small_text(laid, shown, dpi) if one.element not in blocked]
    found += _small_modules(laid, shown, template, dpi)
    found += _narrow_quiet(laid, shown, dpi)
    found += [
        Warning(one.element, "label_check_quiet", one.params, one.fix) for one in intrusions(laid, shown, template)
    ]
    order = {element: number for number, element in enumerate(shown)}
    return sorted(found, key=lambda one: order.get(one.element, -1))


def _outside(template: Template, dpi: int, shown: Mapping[str, Placed]) -> Iterator[Warning]:
    per_mm = DOTS_PER_MM[dpi]
    width, height = template.width_mm * per_mm, template.height_mm * per_mm
    for placed in shown.values():
        frame = frame_of(placed, dpi)
        over = max(-frame.left, -frame.top, frame.right - width, frame.bottom - height)
        if over > _EDGE:
            params = {"element": placed.name, "over": f"{over / per_mm:.1f}"}
            yield Warning(placed.id, "label_check_outside", params, _inside(placed, template))


def _inside(placed: Placed, template: Template) -> dict[str, Any]:
    """Move an element in; what is larger than the label is cut down to it."""
    w, h = min(placed.w, template.width_mm), min(placed.h, template.height_mm)
    place = {
        "x": round(min(max(placed.x, 0), template.width_mm - w), 3),
        "y": round(min(max(placed.y, 0), template.height_mm - h), 3),
        "w": w,
        "h": h,
    }
    return {
        "element": placed.id,
        "set": {name: value for name, value in place.items() if value != getattr(placed, name)},
    }


def _small_text(laid: Laid, shown: Mapping[str, Placed], dpi: int) -> Iterator[Warning]:
    smallest: dict[tuple[str, bool], int] = {}
    for mark in laid.marks:
        if isinstance(mark, Words):
            key = mark.element, any(is_wide(sign) for sign in mark.text)
            smallest[key] = min(smallest.get(key, mark.size), mark.size)
    told = set()
    for (element, chinese), size in sorted(smallest.items(), key=lambda one: not one[0][1]):
        least = LEAST_CHINESE if chinese else LEAST_LATIN
        if size >= least or element in told:
            continue
        told.add(element)
        needed, placed = _points(least, dpi), shown[element]
        params = {
            "element": placed.name, "size": f"{size / DOTS_PER_MM[dpi] * PT_PER_MM:.1f}", "least": f"{needed:g}",
            "dots": least, "dpi": dpi,
        }  # fmt: skip
        code = "label_check_chinese_small" if chinese else "label_check_text_small"
        yield Warning(element, code, params, _larger(placed, needed))


def _points(dots: int, dpi: int) -> float:
    """Return the smallest size of type, in half points, that has so many dots."""
    halves = 1
    while round(halves / 2 / PT_PER_MM * DOTS_PER_MM[dpi]) < dots:
        halves += 1
    return halves / 2


def _larger(placed: Placed, points: float) -> dict[str, Any]:
    name = "readable_size" if placed.kind == "barcode" else "size"
    size = placed.values[name]
    changed: dict[str, Any] = {name: points} if isinstance(size, (int, float)) and size < points else {}
    if placed.values.get("shrink") is True or placed.kind == "table":
        changed["min_size"] = points
    return {"element": placed.id, "set": changed or {name: points}}


def _symbols(laid: Laid) -> Sequence[Symbol]:
    return [mark for mark in laid.marks if isinstance(mark, Symbol)]


def _small_modules(laid: Laid, shown: Mapping[str, Placed], template: Template, dpi: int) -> Iterator[Warning]:
    per_mm = DOTS_PER_MM[dpi]
    for symbol in _symbols(laid):
        least = LEAST_BAR_MM if symbol.matrix.linear else LEAST_MODULE_MM
        if symbol.module / per_mm >= least:
            continue
        placed, wanted = shown[symbol.element], int(least * per_mm) + 1
        params = {
            "element": placed.name, "module": f"{symbol.module / per_mm:.2f}", "dots": symbol.module,
            "least": f"{wanted / per_mm:.2f}", "least_dots": wanted,
        }  # fmt: skip
        yield Warning(symbol.element, "label_check_module_small", params, _wider(symbol, placed, wanted, template, dpi))


def _wider(symbol: Symbol, placed: Placed, wanted: int, template: Template, dpi: int) -> dict[str, Any] | None:
    """Let the modules be larger, and the box if it has to be, as long as that stays on the label."""
    per_mm = DOTS_PER_MM[dpi]
    grown = (wanted - symbol.module) / per_mm
    left, right, above, below = symbol.matrix.quiet
    columns = len(symbol.matrix.rows[0]) + left + right
    rows = 0 if symbol.matrix.linear else len(symbol.matrix.rows) * symbol.matrix.row_modules + above + below
    across = placed.rotation in {90, 270}
    w = placed.w + grown * (rows if across else columns)
    h = placed.h + grown * (columns if across else rows)
    changed = {"module_mm": round(wanted / per_mm, 3)}
    if placed.x + w > template.width_mm or placed.y + h > template.height_mm:
        return None
    changed |= {"w": round(w + 0.05, 1)} if w > placed.w else {}
    changed |= {"h": round(h + 0.05, 1)} if h > placed.h else {}
    return {"element": placed.id, "set": changed}


def _narrow_quiet(laid: Laid, shown: Mapping[str, Placed], dpi: int) -> Iterator[Warning]:
    """Find symbols whose template wants a narrower quiet zone than the standard's."""
    per_mm = DOTS_PER_MM[dpi]
    for symbol in _symbols(laid):
        placed = shown[symbol.element]
        wanted, standard = placed.values.get("quiet_mm", 0), max(symbol.matrix.quiet) * symbol.module / per_mm
        if isinstance(wanted, (int, float)) and 0 < wanted < standard - 1 / per_mm:
            params = {
                "element": placed.name, "quiet": f"{wanted:g}", "least": f"{standard:.2f}",
                "modules": max(symbol.matrix.quiet),
            }  # fmt: skip
            fix = {"element": placed.id, "set": {"quiet_mm": 0}}
            yield Warning(symbol.element, "label_check_quiet_narrow", params, fix)
