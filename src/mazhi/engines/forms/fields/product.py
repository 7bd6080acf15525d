"""A product (产品)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import PRODUCT
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="product",
    zh="产品",
    en="Product",
    zh_hint="产品档案里的一个产品。",
    en_hint="A product of the master data.",
    group="serial",
    icon="Product",
    example=({}, "WM-20"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=PRODUCT,
)
