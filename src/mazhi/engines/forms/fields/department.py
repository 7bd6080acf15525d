"""A department (部门)."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.options import settling
from mazhi.engines.forms.references import by_table

KIND = FieldKind(
    name="department",
    zh="部门",
    en="Department",
    holds="value",
    example=({}, "QC"),
    columns=(Column("reference"),),
    settle=settling(),
    can_be_unique=True,
    reference=by_table("department", "unknown_department"),
)
