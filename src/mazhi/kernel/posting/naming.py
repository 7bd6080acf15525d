"""How a request names components: an item, or a quantity of batch or SKU goods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from mazhi.kernel.posting.model import ItemRef, QuantityLine

_LINE = ("product", "batch", "owner", "quality", "state")


@dataclass(frozen=True, slots=True)
class Component:
    """One component as named: an item, or a quantity (None: all of it that is there)."""

    pointer: str
    item: ItemRef | None = None
    line: QuantityLine | None = None
    whole: bool = False
    source: str | None = None
    """The place that it must be at, or be drawn from."""


def read_item(value: object) -> ItemRef | None:
    """Read an item's naming: its code, or ``{"identifier", "namespace"}``; None if it is neither."""
    if isinstance(value, str):
        return ItemRef(value) if value else None
    if not isinstance(value, Mapping) or not value.keys() <= {"identifier", "namespace"}:
        return None
    identifier, namespace = value.get("identifier"), value.get("namespace")
    if not isinstance(identifier, str) or not identifier or not isinstance(namespace, str | None):
        return None
    return ItemRef(identifier, namespace)


def read_component(value: object, pointer: str) -> Component | None:
    """Read one component; None if it cannot be one."""
    plain = read_item(value)
    if plain is not None:
        return Component(pointer, plain)
    if not isinstance(value, Mapping):
        return None
    source = value.get("from")
    if not isinstance(source, str | None):
        return None
    if "item" in value:
        item = read_item(value["item"])
        if item is None or not value.keys() <= {"item", "from"}:
            return None
        return Component(pointer, item, source=source)
    return _quantity(value, pointer, source)


def _quantity(value: Mapping[str, Any], pointer: str, source: str | None) -> Component | None:
    if not value.keys() <= {*_LINE, "quantity", "from"} or not isinstance(value.get("product"), str):
        return None
    words = {name: value.get(name) for name in _LINE}
    if any(not isinstance(word, str | None) for word in words.values()):
        return None
    whole = value.get("quantity") is None
    amount = Decimal(1) if whole else _decimal(value["quantity"])
    if amount is None:
        return None
    # ``words`` holds nothing but checked texts under the line's own field names.
    return Component(pointer, None, QuantityLine(quantity=amount, **words), whole, source)  # type: ignore[arg-type]


def _decimal(value: object) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def components(data: Mapping[str, Any], name: str) -> list[Component]:
    """Return the components that a field of ``data`` names: a list of them, or a single one."""
    value = data.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        one = read_component(value, f"/data/{name}")
        return [one] if one else []
    found = [read_component(each, f"/data/{name}/{index}") for index, each in enumerate(value)]
    return [one for one in found if one is not None]
