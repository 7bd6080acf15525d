"""Fields side by side (多列)."""

from __future__ import annotations

from mazhi.engines.forms.model import FieldKind
from mazhi.engines.options import Option

KIND = FieldKind(
    name="columns",
    zh="多列",
    en="Columns",
    zh_hint="把字段并排放，手机上还是一列。",
    en_hint="Puts fields side by side; on a phone one below the other.",
    group="layout",
    icon="Table",
    holds="layout",
    contains=True,
    example=({}, None),
    options=(Option("count", "几列", "Columns", "whole", 2, 2, 4),),
)
