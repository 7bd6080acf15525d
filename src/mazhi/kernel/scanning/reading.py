"""What a scan is answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mazhi.kernel.barcodes.gs1.meaning import Meaning
from mazhi.kernel.errors import Problem

Kind = Literal["item", "package", "product", "batch", "place", "partner", "unknown"]


@dataclass(slots=True)
class Reading:
    """One way in which a scan can be meant, and what it stands for here.

    Attributes:
        kind: What it stands for; ``unknown``: nothing that the system has.
        via: How it was read: identifier, code, gs1, digital_link, gtin, …, near_miss, raw.
        value: The code in its canonical spelling.
        elements: Its parts; those of GS1 by application identifier.
        parts: The same, explained.
        problems: What is wrong or doubtful, the worst first.
        carries: How fine the code itself is: serial, batch, product, package; None where it does not say.
        symbology: The symbology, where it is known.
        namespaces: Those in which the code is an identifier of the item.
        item_id: The item behind it.
        item: The item as ``GET /items/{identifier}`` shows it.
        product: Code of the product.
        batch: Code of the batch.
        place: Code of the place.
        partner: Code of the partner.
        name: Name of the product, place or partner.
        rank: Its place in the answer, 1 first.
    """

    kind: Kind
    via: str
    value: str
    elements: Mapping[str, str] = field(default_factory=dict)
    parts: list[Meaning] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    carries: str | None = None
    symbology: str | None = None
    namespaces: tuple[str, ...] = ()
    item_id: int | None = None
    item: dict[str, Any] | None = None
    product: str | None = None
    batch: str | None = None
    place: str | None = None
    partner: str | None = None
    name: str | None = None
    rank: int = 0

    @property
    def target(self) -> tuple[object, ...]:
        """What it stands for; two readings with the same target say the same."""
        return (self.kind, self.item_id, self.product, self.batch, self.place, self.partner)
