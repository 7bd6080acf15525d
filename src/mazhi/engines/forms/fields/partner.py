"""A partner of any kind (往来单位)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import PARTNER
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="partner",
    zh="往来单位",
    en="Partner",
    zh_hint="任何一种往来单位。",
    en_hint="A partner of any kind.",
    group="link",
    icon="Solution",
    example=({}, "D-1"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=PARTNER,
)
