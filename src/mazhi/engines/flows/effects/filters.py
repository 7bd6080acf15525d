"""Filters whose values are worked out: ``{"field", "is", "formula"}`` beside those of lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mazhi.engines.flows.effects.values import WAYS, Around
from mazhi.kernel.errors import invalid

ASKS = frozenset({"empty", "filled"})
"""Comparisons without a value."""


def compiled(around: Around, raw: object) -> Any:
    """Return a filter with what its values come to; one that compares with nothing lets nothing through."""
    if not isinstance(raw, Mapping):
        raise invalid("/options/filter", "filter_not_a_condition")
    for word in ("and", "or"):
        if raw.keys() == {word} and isinstance(raw[word], list):
            return {word: [compiled(around, one) for one in raw[word]]}
    code, comparison = raw.get("field"), raw.get("is")
    if comparison in ASKS:
        return {"field": code, "is": comparison}
    value = around.take({**{name: raw[name] for name in WAYS if name != "field" and name in raw}, **_from(raw)})
    if value is None or value in ("", []):
        return {"and": [{"field": code, "is": "empty"}, {"field": code, "is": "filled"}]}
    return {"field": code, "is": comparison, "value": value}


def _from(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {"field": raw["from"]} if "from" in raw else {}
