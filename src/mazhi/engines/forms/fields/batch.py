"""A batch (批次)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import BATCH
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="batch",
    zh="批次",
    en="Batch",
    zh_hint="批号；几个产品同号时写成 批号@产品。",
    en_hint="A batch; where products share its code it is code@product.",
    group="serial",
    icon="Appstore",
    example=({}, "B2611"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=BATCH,
)
