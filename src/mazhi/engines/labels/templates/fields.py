"""Which fields and pictures a template needs, so that only they are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mazhi.engines.formula.errors import FormulaError
from mazhi.engines.formula.interpolating import parse_formula, parse_text
from mazhi.engines.labels.model import Placed, Template, element_kinds


@dataclass(frozen=True, slots=True)
class Needed:
    """What a template needs: names of fields, dotted or Chinese, and ids of pictures."""

    names: frozenset[str]
    images: frozenset[str]


def needs_of(template: Template) -> Needed:
    """Return what the visible elements of a template read."""
    seen = [one for one in template.elements if not one.hidden]
    names = frozenset(name for one in seen for name in _of(one))
    images = frozenset(
        str(value)
        for one in seen
        for prop in element_kinds[one.kind].properties
        if prop.type == "image" and (value := one.values.get(prop.name))
    )
    return Needed(names, images)


def _of(element: Placed) -> Iterator[str]:
    for prop in element_kinds[element.kind].properties:
        value = element.values.get(prop.name)
        if not value:
            continue
        if prop.type == "text":
            yield from _read(str(value))
        elif prop.type == "formula":
            yield from parse_formula(str(value)).names
        elif prop.type == "field":
            yield str(value)
        elif prop.type == "rows" and isinstance(value, list):
            yield from (name for row in value for cell in row for name in _read(str(cell)))
    source: Any = element.values.get("source")
    if isinstance(source, str) and source:
        yield source


def _read(text: str) -> frozenset[str]:
    try:
        return parse_text(text).names
    except FormulaError:
        return frozenset()
