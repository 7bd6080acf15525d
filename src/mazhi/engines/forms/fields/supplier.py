"""A supplier (供应商): a partner of that kind."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import partner_of
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="supplier",
    zh="供应商",
    en="Supplier",
    zh_hint="往来单位里的供应商。",
    en_hint="A partner that is a supplier.",
    group="link",
    icon="Truck",
    example=({}, "S-1"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=partner_of("supplier", "form_unknown_supplier"),
)
