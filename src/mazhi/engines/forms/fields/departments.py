"""Several departments (多个部门)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import DEPARTMENT, several
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="departments",
    zh="多个部门",
    en="Departments",
    zh_hint="几个部门。",
    en_hint="Several departments.",
    group="link",
    icon="Apartment",
    example=({}, ["QC", "WH"]),
    columns=(Column("json"),),
    reference=several(DEPARTMENT),
)
