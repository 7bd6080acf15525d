"""Several users of the system (多个成员)."""

from __future__ import annotations

from mazhi.engines.forms.model import Column, FieldKind
from mazhi.engines.forms.options import settling
from mazhi.engines.forms.references import by_table

KIND = FieldKind(
    name="members",
    zh="多个成员",
    en="Members",
    holds="value",
    example=({}, ["chen", "sun"]),
    columns=(Column("json"),),
    settle=settling(),
    can_be_unique=False,
    reference=by_table("user_account", "unknown_user", key="username", many=True),
)
