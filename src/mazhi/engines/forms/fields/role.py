"""A role (角色)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import ROLE
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="role",
    zh="角色",
    en="Role",
    zh_hint="一个角色，如 质检员。",
    en_hint="A role, such as inspector.",
    group="link",
    icon="Crown",
    example=({}, "inspector"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=ROLE,
)
