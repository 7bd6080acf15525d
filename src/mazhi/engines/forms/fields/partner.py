"""A customer, dealer, supplier or person (往来单位)."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.options import settling
from mazhi.engines.forms.references import by_table

KIND = FieldKind(
    name="partner",
    zh="往来单位",
    en="Partner",
    holds="value",
    example=({}, "D-GD-01"),
    columns=(Column("reference"),),
    settle=settling(),
    can_be_unique=True,
    reference=by_table("partner", "unknown_partner"),
)
