"""What a batch is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mazhi.kernel.master_data.model import LONGEST_CODE, Checks


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """A batch (批次): goods of one product made together. Its code is unique within the product."""

    id: int = 0
    product_id: int = 0
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


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch as people see it: with the codes of its product and its supplier."""

    batch: Batch
    product: str
    supplier: str | None

    def facts(self) -> dict[str, Any]:
        """Write what a user may set as plain data, for the audit trail."""
        batch = self.batch
        return {
            "product": self.product,
            "code": batch.code,
            "made_on": batch.made_on,
            "expires_on": batch.expires_on,
            "supplier_batch": batch.supplier_batch,
            "supplier": self.supplier,
        }


def last_day(made_on: date | None, shelf_life_days: int | None) -> date | None:
    """Return the last good day of what was made then; None where either is not known, or no calendar has it."""
    if made_on is None or shelf_life_days is None:
        return None
    if shelf_life_days > (date.max - made_on).days:
        return None
    return made_on + timedelta(days=shelf_life_days)


def check_batch(batch: Batch, checks: Checks) -> None:
    """Note everything that is wrong with a batch in itself."""
    checks.code("/code", batch.code)
    checks.text("/supplier_batch", batch.supplier_batch or "", limit=LONGEST_CODE)
    checks.in_order("/expires_on", batch.made_on, batch.expires_on)
