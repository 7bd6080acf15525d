"""A customer (客户): a partner of that kind."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import partner_of
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="customer",
    zh="客户",
    en="Customer",
    zh_hint="往来单位里的客户。",
    en_hint="A partner that is a customer.",
    group="link",
    icon="CustomerService",
    example=({}, "C-1"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=partner_of("customer", "form_unknown_customer"),
)
