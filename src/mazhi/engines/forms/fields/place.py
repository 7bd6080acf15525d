"""A place (库位)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import PLACE
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="place",
    zh="库位",
    en="Place",
    zh_hint="仓库、库区或库位，可以扫码。",
    en_hint="A warehouse, zone or bin; it can be scanned.",
    group="serial",
    icon="Environment",
    example=({}, "WH1"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=PLACE,
)
