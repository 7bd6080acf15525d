"""A product (产品)."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.options import settling
from mazhi.engines.forms.references import by_table

KIND = FieldKind(
    name="product",
    zh="产品",
    en="Product",
    holds="value",
    example=({}, "WM-20"),
    columns=(Column("reference"),),
    settle=settling(),
    can_be_unique=True,
    reference=by_table("product", "unknown_product"),
)
