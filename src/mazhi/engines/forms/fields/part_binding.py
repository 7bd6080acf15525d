"""The parts that are built into an item (部件绑定), compared with the bill of materials as it is now."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import ITEM, several
from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="part_binding",
    zh="部件绑定",
    en="Parts of an item",
    zh_hint="先扫整机，再一个个扫部件；对照物料清单，缺什么、扫错什么当场显示。",
    en_hint="Parts are scanned one after the other and compared with the bill of materials of the item.",
    group="serial",
    icon="Partition",
    example=({}, ["RO-000001", "RO-000002"]),
    options=(
        Option(
            "source", "整机是哪个字段", "The item", "field", "", kinds=("item", "asset"),
            zh_hint="不填就把第一个扫的当整机。", en_hint="Empty: the first one scanned is the item.",
        ),
    ),
    columns=(Column("json"),),
    reference=several(ITEM),
)  # fmt: skip
