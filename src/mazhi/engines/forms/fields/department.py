"""A department (部门)."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.references import by_table

KIND = FieldKind(
    name="department",
    zh="部门",
    en="Department",
    zh_hint="一个部门。",
    en_hint="A department.",
    group="common",
    icon="Apartment",
    example=({}, "QC"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=by_table("department", "unknown_department"),
)
