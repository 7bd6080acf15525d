"""A user of the system (成员)."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.references import by_table

KIND = FieldKind(
    name="member",
    zh="成员",
    en="Member",
    zh_hint="系统里的一个用户。",
    en_hint="A user of the system.",
    group="common",
    icon="User",
    example=({}, "chen"),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=by_table("user_account", "unknown_user", key="username"),
)
