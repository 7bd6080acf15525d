"""Several users of the system (多个成员)."""

from __future__ import annotations

from mazhi.engines.forms.kernel_references import MEMBER, several
from mazhi.engines.forms.model import Column, FieldKind

KIND = FieldKind(
    name="members",
    zh="多个成员",
    en="Members",
    zh_hint="系统里的几个用户。",
    en_hint="Several users of the system.",
    group="link",
    icon="Team",
    example=({}, ["chen", "sun"]),
    columns=(Column("json"),),
    reference=several(MEMBER),
)
