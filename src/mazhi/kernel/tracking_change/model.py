"""The rules of a change of tracking: which way it goes, what is carried over, and what stands against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from mazhi.kernel.errors import Problem
from mazhi.kernel.posting.model import BUILT_IN, MILLION
from mazhi.kernel.posting.quantities import StockKey
from mazhi.kernel.products.model import Product, Tracking

FINENESS: dict[str, int] = {"sku": 0, "batch": 1, "serial": 2}
"""From coarse to fine; going to the finer carries stock over, going back needs an empty house."""
MOST_UNITS = 100_000

Way = Literal["plain", "batch", "rule", "scan"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants a product to become.

    Attributes:
        batch: The opening batch (期初批) of what has none yet.
        per_place: Give each place an opening batch of its own: the code, a dash, the place's code.
        rule: The code rule that makes a code for each unit.
        scan: Codes are bound while counting.
    """

    to: Tracking
    batch: str | None = None
    per_place: bool = False
    rule: str | None = None
    scan: bool = False
    reason: str = ""
    client_key: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One balance that is carried over; ``number`` names it to whoever counts."""

    number: int
    key: StockKey
    quantity: int

    @property
    def units(self) -> int:
        """How many pieces it is."""
        return self.quantity // MILLION


def carried(to: str, balances: Mapping[StockKey, int]) -> list[StockKey]:
    """Say which balances are carried over, in the order of their keys.

    Pieces must be somewhere to get a code: what has no place (shipped, sold) stays a quantity. What is built in
    follows its parent.
    """
    return sorted(
        key
        for key, quantity in balances.items()
        if quantity
        and key.state != BUILT_IN
        and (key.batch_id == 0 if to == "batch" else to == "serial" and key.place_id != 0)
    )


def direction(product: Product, wish: Wish, lines: Sequence[Line], *, stocked: bool) -> tuple[Way, list[Problem]]:
    """Say how the change is made, and everything that is wrong with the wish."""
    problems: list[Problem] = []
    if wish.to == product.tracking and not lines:
        return "plain", [Problem("tracking_is_so", {"product": product.code, "to": wish.to}, "/to")]
    if FINENESS[wish.to] < FINENESS[product.tracking]:
        return "plain", [Problem("still_in_stock", {"product": product.code}, "/to")] if stocked else []
    if not lines:
        return "plain", []
    if wish.to == "batch":
        return "batch", [] if wish.batch else [Problem("opening_batch_needed", {}, "/batch")]
    if (wish.rule is None) != wish.scan:
        problems.append(Problem("rule_or_scan", {}, "/rule"))
    if wish.to == "serial" and product.capture.outbound_only:
        problems.append(Problem("born_when_shipped", {"product": product.code}, "/to"))
    return "scan" if wish.scan else "rule", [*problems, *unfit(lines)]


def unfit(lines: Sequence[Line]) -> list[Problem]:
    """Name the balances that cannot be turned into pieces."""
    problems: list[Problem] = []
    for line in lines:
        pointer = f"/lines/{line.number - 1}"
        if line.quantity % MILLION:
            problems.append(Problem("half_units", {"line": line.number, "quantity": line.quantity / MILLION}, pointer))
        if line.key.blocked:
            problems.append(Problem("held_stock", {"line": line.number}, pointer))
    if sum(line.units for line in lines) > MOST_UNITS:
        problems.append(Problem("too_many_units", {"most": MOST_UNITS}, "/to"))
    return problems
