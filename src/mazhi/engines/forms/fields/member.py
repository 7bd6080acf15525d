"""A user of the system (成员)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import MEMBER
from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="member",
    zh="成员",
    en="Member",
    zh_hint="系统里的一个用户。",
    en_hint="A user of the system.",
    group="common",
    icon="User",
    example=({}, "chen"),
    options=(Option("me", "新增时填自己", "Oneself when new", "flag", False),),
    columns=(Column("reference"),),
    can_be_unique=True,
    reference=MEMBER,
)
