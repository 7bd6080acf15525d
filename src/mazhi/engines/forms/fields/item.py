"""An item by any of its codes (序列号); its state stays with the kernel."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import ITEM
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="item",
    zh="序列号",
    en="Serial number",
    zh_hint="扫任何一个码都认得：序列号、IMEI、资产号、箱码。",
    en_hint="Any of its codes will do: serial number, IMEI, asset tag, box.",
    group="serial",
    icon="Barcode",
    example=({}, "RO-000001"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=ITEM,
)
