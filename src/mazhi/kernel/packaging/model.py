"""What a package type allows. No database here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
