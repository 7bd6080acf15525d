"""Several items (多个序列号)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import ITEM, several
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="items",
    zh="多个序列号",
    en="Serial numbers",
    zh_hint="几个物品；成百上千的用批量扫描框。",
    en_hint="A few items.",
    group="serial",
    icon="Barcode",
    example=({}, ["RO-000001", "RO-000002"]),
    columns=(Column("json"),),
    reference=several(ITEM),
)
