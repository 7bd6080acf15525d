"""A customer, dealer, supplier or person (往来单位)."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.references import by_table

KIND = FieldKind(
    name="partner",
    zh="往来单位",
    en="Partner",
    zh_hint="任何一种往来单位。",
    en_hint="A partner of any kind.",
    group="link",
    icon="Solution",
    example=({}, "D-GD-01"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=by_table("partner", "unknown_partner"),
)
