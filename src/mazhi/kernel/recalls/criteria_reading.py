"""Reading the criteria of a recall: every fault found, each at its pointer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.kernel.db import Tx
from mazhi.kernel.errors import InvalidInputError, Problem
from mazhi.kernel.products import store as products
from mazhi.kernel.recalls import criteria
from mazhi.kernel.recalls.criterion import Asked, Criterion
from mazhi.kernel.recalls.model import MOST_CRITERIA, Seeds
from mazhi.kernel.registry import Registry

criterion_kinds: Registry[Criterion] = Registry(criteria)
POINTER = "/criteria/any"


def read_criteria(tx: Tx, wanted: Mapping[str, Any]) -> tuple[list[Seeds], frozenset[int] | None]:
    """Look up what the criteria name, and which products are recalled (None: whatever is affected).

    Raises:
        InvalidInputError: Some criteria are wrong; all faults are listed.
    """
    problems: list[Problem] = []
    listed = wanted.get("any")
    if not isinstance(listed, list) or not 1 <= len(listed) <= MOST_CRITERIA:
        raise InvalidInputError(
            "invalid_input", problems=[Problem("criteria_needed", {"most": MOST_CRITERIA}, POINTER)]
        )
    problems += [
        Problem("criterion_field_unknown", {"field": name}, f"/criteria/{name}")
        for name in wanted
        if name not in {"any", "products"}
    ]
    found = [_seeds(tx, fields, f"{POINTER}/{place}", problems) for place, fields in enumerate(listed)]
    recalled = _products(tx, wanted.get("products"), problems)
    if problems:
        raise InvalidInputError("invalid_input", problems=problems)
    return [one for one in found if one is not None], recalled


def _seeds(tx: Tx, fields: object, pointer: str, problems: list[Problem]) -> Seeds | None:
    kind = kind_of(fields) if isinstance(fields, dict) else None
    if kind is None or not isinstance(fields, dict):
        known = ", ".join(one.name for one in criterion_kinds)
        problems.append(Problem("criterion_unknown", {"known": known}, pointer))
        return None
    asked = Asked(fields, pointer)
    for name, value in fields.items():
        if name not in {*kind.needed, *kind.optional, "only_now"}:
            asked.fault(name, "criterion_field_unknown", field=name)
        elif not _fits(name, value):
            asked.fault(name, "criterion_field_wrong", field=name)
    for name in kind.needed:
        if not fields.get(name):
            asked.fault(name, "field_needed", field=name)
    seeds = kind.find(tx, asked) if not asked.problems else None
    problems += asked.problems
    return seeds


def kind_of(fields: Mapping[str, Any]) -> Criterion | None:
    """Tell which kind of criterion this is; a product alone is a window only where nothing else is named."""
    ordered = sorted(criterion_kinds, key=lambda kind: kind.key == "product")
    return next((kind for kind in ordered if kind.key in fields), None)


def _fits(name: str, value: object) -> bool:
    if name == "only_now":
        return isinstance(value, bool)
    return name == "codes" or value is None or _is_text(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 200 and "\0" not in value


def _products(tx: Tx, wanted: object, problems: list[Problem]) -> frozenset[int] | None:
    if wanted is None:
        return None
    if not isinstance(wanted, list) or not wanted or not all(_is_text(code) for code in wanted):
        problems.append(Problem("criterion_field_wrong", {"field": "products"}, "/criteria/products"))
        return None
    known = products.by_codes(tx, wanted)
    problems += [
        Problem("unknown_product", {"item": code}, f"/criteria/products/{place}", code)
        for place, code in enumerate(wanted)
        if code not in known
    ]
    return frozenset(one.id for one in known.values())
