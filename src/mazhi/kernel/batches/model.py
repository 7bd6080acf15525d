"""What a batch is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch (批次): goods of one product made together. Its code is unique within the product."""

    id: int
    product_id: int
    code: str
    made_on: date | None = None
    expires_on: date | None = None
    supplier_batch: str | None = None
    supplier_id: int = 0
    used: bool = False
    version: int = 1

    def is_expired(self, today: date) -> bool:
        """Tell whether its shelf life (效期) is over; the last day itself is still good."""
        return self.expires_on is not None and self.expires_on < today
