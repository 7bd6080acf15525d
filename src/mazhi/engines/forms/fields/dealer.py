"""A dealer (经销商): a partner of that kind."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import partner_of
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="dealer",
    zh="经销商",
    en="Dealer",
    zh_hint="往来单位里的经销商。",
    en_hint="A partner that is a dealer.",
    group="link",
    icon="Shop",
    example=({}, "D-1"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=partner_of("dealer", "form_unknown_dealer"),
)
