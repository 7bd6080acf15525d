"""Several users of the system (多个成员)."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.references import by_table

KIND = FieldKind(
    name="members",
    zh="多个成员",
    en="Members",
    zh_hint="系统里的几个用户。",
    en_hint="Several users of the system.",
    group="common",
    icon="Team",
    example=({}, ["chen", "sun"]),
    columns=(Column("json"),),
    reference=by_table("user_account", "unknown_user", key="username", many=True),
)
