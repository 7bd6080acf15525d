"""What a package type allows. No database here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mazhi.kernel.errors import Problem
from mazhi.kernel.master_data.model import Checks

MOST_INSIDE = 100_000
HIGHEST_LEVEL = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageType:
    """A package type (包装规格).

    Attributes:
        level: 1 for what holds single pieces, higher for what holds packages (中盒, 外箱, 托盘).
        capacity: How many things go directly into one; None: as many as fit.
        mixed_products: Several products may be in one (混装).
        mixed_batches: Several batches of a product may be in one.
    """

    id: int = 0
    code: str
    name: str
    level: int = 1
    capacity: int | None = None
    mixed_products: bool = True
    mixed_batches: bool = True
    active: bool = True
    version: int = 1

    def facts(self) -> dict[str, Any]:
        """Write what a user may set as plain data."""
        return {name: getattr(self, name) for name in self.__slots__ if name not in {"id", "version"}}


def check_type(found: PackageType, checks: Checks) -> None:
    """Note everything that is wrong with a package type."""
    checks.code("/code", found.code)
    checks.text("/name", found.name, needed=True)
    if not 1 <= found.level <= HIGHEST_LEVEL:
        checks.fault("/level", "number_out_of_range", value=found.level, least=1, most=HIGHEST_LEVEL)
    if found.capacity is not None and not 1 <= found.capacity <= MOST_INSIDE:
        checks.fault("/capacity", "number_out_of_range", value=found.capacity, least=1, most=MOST_INSIDE)


Content = tuple[int, int]
"""What a piece is, to a rule about mixing: its product and batch."""


class Room:
    """What may still go into one package of a type, beside what is in it already."""

    def __init__(self, kind: PackageType, count: int, inside: set[Content], nested: Mapping[int, Nested]) -> None:
        self._kind = kind
        self._count = count
        self._inside = inside
        self._nested = nested

    def take(self, item_id: int, content: Content) -> Problem | None:
        """Let one more thing in, or say why it may not."""
        nested = self._nested.get(item_id)
        contents = {content} if nested is None else nested.contents
        problem = self._full() or self._too_large(nested) or self._mixed(self._inside | contents)
        if problem is None:
            self._count += 1
            self._inside |= contents
        return problem

    def _full(self) -> Problem | None:
        capacity = self._kind.capacity
        if capacity is None or self._count < capacity:
            return None
        return Problem("over_quantity", {"left": "0", "wanted": "1", "most": str(capacity), "limit": "capacity"})

    def _too_large(self, nested: Nested | None) -> Problem | None:
        if nested is None or nested.level is None or nested.level < self._kind.level:
            return None
        return Problem("wrong_product", {"product": self._kind.code, "why": "level"})

    def _mixed(self, contents: set[Content]) -> Problem | None:
        if not self._kind.mixed_products and len({product for product, _ in contents}) > 1:
            return Problem("wrong_product", {"product": self._kind.code, "why": "mixed_products"})
        if not self._kind.mixed_batches and len(contents) > len({product for product, _ in contents}):
            return Problem("wrong_product", {"product": self._kind.code, "why": "mixed_batches"})
        return None


@dataclass(frozen=True, slots=True)
class Nested:
    """A package that is to go into another: its level (None: of no type) and all that is in it."""

    level: int | None
    contents: set[Content]
