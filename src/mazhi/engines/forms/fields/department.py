"""A department (部门)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import DEPARTMENT
from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="department",
    zh="部门",
    en="Department",
    zh_hint="一个部门。",
    en_hint="A department.",
    group="common",
    icon="Apartment",
    example=({}, "QC"),
    options=(Option("mine", "新增时填自己的部门", "One's own when new", "flag", False),),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=DEPARTMENT,
)
