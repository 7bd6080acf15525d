"""What a bill of materials says, and whether what is to be built in fits it. No database here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mazhi.kernel.errors import Problem

MILLION = 1_000_000
MOST_LINES = 1_000
MOST_SUBSTITUTES = 50


@dataclass(frozen=True, slots=True)
class BomLine:
    """One line: a component, how much of it goes into one unit (millionths), and what may stand in for it (替代料)."""

    component_id: int
    quantity: int
    substitutes: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Bom:
    """One version of a product's bill of materials; a version never changes."""

    product_id: int
    version: int
    lines: tuple[BomLine, ...]
    note: str = ""
    published_at: int = 0
    actor: str = ""


@dataclass(frozen=True, slots=True)
class NamedLine:
    """A line as a user writes it, in codes."""

    component: str
    quantity: Decimal
    substitutes: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class BomView:
    """A version with its codes, for a reader."""

    product: str
    bom: Bom
    codes: Mapping[int, str]

    def facts(self) -> dict[str, Any]:
        """Write it as plain data, quantities as text with no useless zeros."""
        return {
            "product": self.product,
            "version": self.bom.version,
            "note": self.bom.note,
            "lines": [
                {
                    "component": self.codes.get(line.component_id, ""),
                    "quantity": _plain(line.quantity),
                    "substitutes": [self.codes.get(one, "") for one in line.substitutes],
                    "note": line.note,
                }
                for line in self.bom.lines
            ],
        }


def _plain(millionths: int) -> int | float:
    return millionths // MILLION if millionths % MILLION == 0 else millionths / MILLION


class Fitting:
    """How much room one unit has left on each line; what is inside already takes its room first."""

    def __init__(self, lines: Sequence[BomLine], inside: Mapping[int, int]) -> None:
        self._lines = lines
        self._left = [line.quantity for line in lines]
        for product_id, quantity in sorted(inside.items()):
            self._fill(product_id, quantity)

    def take(self, product_id: int, quantity: int) -> Problem | None:
        """Give a component room, or say why there is none; ``product_id`` stays in the problem for its name."""
        places = self._places(product_id)
        if not places:
            return Problem("wrong_product", {"product_id": product_id, "why": "not_in_bom"})
        left = sum(self._left[place] for place in places)
        if left < quantity:
            most = sum(self._lines[place].quantity for place in places)
            return Problem(
                "over_quantity",
                {"left": _text(left), "wanted": _text(quantity), "most": _text(most), "limit": "bom"},
            )
        self._fill(product_id, quantity)
        return None

    def _places(self, product_id: int) -> list[int]:
        """Return the lines that a product may stand on, its own before those where it stands in."""
        own = [place for place, line in enumerate(self._lines) if line.component_id == product_id]
        return own + [
            place
            for place, line in enumerate(self._lines)
            if product_id in line.substitutes and line.component_id != product_id
        ]

    def _fill(self, product_id: int, quantity: int) -> None:
        for place in self._places(product_id):
            amount = min(self._left[place], quantity)
            self._left[place] -= amount
            quantity -= amount


def _text(millionths: int) -> str:
    return format((Decimal(millionths) / MILLION).normalize(), "f")
